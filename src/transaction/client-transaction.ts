// One client transaction (RFC 3261 §17.1): a request delivered reliably, and its responses without retransmissions.
import { withTimerValues, type TimerValues } from '../../machines/client-transaction-timers.js';
import type { SipRequest, SipResponse } from '../sip/message.js';
import { SipRetryError } from '../sip/sip-retry-error.js';
import type { Environment } from '../timing/environment.js';
import { HostedTransaction } from './hosted-transaction.js';

/** What a client transaction is made of. */
export interface ClientTransactionOptions {
  /** The request, complete with its top Via and branch, and with its credentials. */
  readonly request: SipRequest;
  /** TCP, TLS, SCTP or WebSocket: nothing is retransmitted. */
  readonly reliable: boolean;
  /**
   * One transmission, always to the same address, port and transport: the request, its retransmissions, and the ACK for
   * a refusal. What it throws is a transport error; one that is found out later is told to `transportError`.
   */
  readonly transmit: (request: SipRequest) => void;
  readonly environment: Environment;
  /** Milliseconds; default: the values of RFC 3261, Table 4. */
  readonly timers?: Partial<TimerValues>;
  /** Sees every step of the chart; no message is in it. */
  readonly inspect?: (event: { readonly type: string }) => void;
}

/** What a client transaction tells its TU, by name. */
export interface ClientTransactionEvents {
  /** A provisional response, the final response, or each 2xx to an INVITE, which the TU acknowledges (RFC 6026 §7.2). */
  readonly response: { readonly response: SipResponse };
  /** No final response came in time: treated as 408 (RFC 3261 §8.1.3.1). */
  readonly timeout: { readonly timer: 'B' | 'F' };
  /**
   * The transport could not send (RFC 3261 §17.1.4): treated as 503 (§8.1.3.1). When a final response came before, it
   * was the ACK that could not be sent.
   */
  readonly transportError: { readonly error: unknown };
  /** The transaction is over, and nothing more is told. Comes once, whatever ended it. */
  readonly terminated: undefined;
}

/** The states of RFC 3261 Figures 5 and 6 and of RFC 6026. */
export type ClientTransactionState = 'calling' | 'trying' | 'proceeding' | 'completed' | 'accepted' | 'terminated';

/** One client transaction. */
export interface ClientTransaction {
  /** Listens to one kind of event; returns what ends that. Listen before `start`. */
  on<K extends keyof ClientTransactionEvents>(
    type: K,
    listener: (event: ClientTransactionEvents[K]) => void,
  ): () => void;
  /** Sends the request. A second call does nothing. */
  start(): void;
  /** A response that matches. Ignored before the start, after the end, and with a status outside 100 to 699. */
  receive(response: SipResponse): void;
  /** The transport could not send what it was given. Ignored where nothing was sent that still counts. */
  transportError(error?: unknown): void;
  /** The TU wants nothing of it any more (RFC 3261 §9.1); only `terminated` is told. */
  stop(): void;
  readonly state: ClientTransactionState;
}

/**
 * A client transaction for this request, which `start` begins: one for INVITE, one for any other method.
 *
 * A listener that throws harms nothing: the transaction settles first, then the exception leaves the call that caused
 * it.
 *
 * @throws SipRetryError `badRequest` for ACK, which has no client transaction (RFC 3261 §17.1); `badOptions` for timers
 * that are none.
 */
export function createClientTransaction(options: ClientTransactionOptions): ClientTransaction {
  if (options.request.method === 'ACK') {
    throw new SipRetryError('badRequest', 'An ACK has no client transaction; pass it to the transport.');
  }
  return new HostedTransaction(options, withTimerValues(options.timers));
}
