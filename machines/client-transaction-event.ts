// What goes into the charts of client transactions and what comes out: no message enters them, so no credentials do.
import type { StatusClass } from '../src/sip/status-class.js';
import type { TimerName } from './client-transaction-timers.js';

/** Everything that a client transaction hears. The type of a response's event is made of its checked status code. */
export type ClientTransactionEvent =
  | { readonly type: `response.${StatusClass}.${number}` }
  | { readonly type: `timer.${TimerName}` }
  /** The transport could not send (RFC 3261 §17.1.4). */
  | { readonly type: 'transport.error' }
  /** The TU wants nothing of this transaction any more, as 64·T1 after a CANCEL (RFC 3261 §9.1). */
  | { readonly type: 'transaction.abandoned' };

/** Everything that its host must do, in this order. */
export type ClientTransactionEmitted =
  /** Pass the request to the transport, for the first time or again. */
  | { readonly type: 'transmit' }
  /** Pass the ACK for the response in hand to the transport (RFC 3261 §17.1.1.3). */
  | { readonly type: 'acknowledge' }
  /** Pass the response in hand to the TU. */
  | { readonly type: 'deliver' }
  /** Send `timer.<name>` after so many milliseconds. */
  | { readonly type: 'startTimer'; readonly timer: TimerName; readonly ms: number }
  /** Nothing is to come of this timer any more, whether or not it was started. */
  | { readonly type: 'stopTimer'; readonly timer: TimerName }
  /** Tell the TU that no final response came. */
  | { readonly type: 'timeout'; readonly timer: 'B' | 'F' }
  /** Tell the TU that the transport could not send. */
  | { readonly type: 'transportError' }
  /** Forget the transaction: "it MUST be destroyed immediately" (RFC 3261 §17.1.1.2, §17.1.2.2). */
  | { readonly type: 'terminated' };
