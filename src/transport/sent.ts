// What came of sending a request.
import type { SipRequest } from '../sip/message.js';
import type { Endpoint, ServerAddress, TransportName } from './server-address.js';
import type { TransportFailure } from './transport-failure.js';

/** A request that went out: the system has taken its octets. */
export interface Sent {
  readonly kind: 'sent';
  /** As it went out, with its Via filled in. An ACK and a CANCEL are made from it (RFC 3261 §9.1, §17.1.1.3). */
  readonly request: SipRequest;
  /** The octets as text (`octetsOf`). It may hold credentials: keep it out of logs. */
  readonly text: string;
  /** What was really used: TCP where a request for UDP was too large for it. */
  readonly transport: TransportName;
  /** Whether the transaction need not retransmit. */
  readonly reliable: boolean;
  readonly local: Endpoint;
  readonly remote: Endpoint;
  /**
   * Sends another message of the same transaction as it is: the same request again, the ACK for a refusal, a CANCEL.
   * It goes to the same server over the same transport (RFC 3263 §4), on a new connection if the old one has closed.
   */
  readonly transmit: (request: SipRequest) => Promise<SendResult>;
}

/** A request that did not go out: a transport error for its transaction (RFC 3261 §17.1.4). */
export interface NotSent {
  readonly kind: 'failed';
  readonly failure: TransportFailure;
}

export type SendResult = Sent | NotSent;

/** UDP only: what was sent to this server since it was last heard did not arrive (RFC 3261 §18.4). */
export interface LaterFailure {
  readonly to: ServerAddress;
  readonly failure: TransportFailure;
  /** The transactions that are concerned, by branch and method (RFC 3261 §17.1.3). */
  readonly transactions: readonly { readonly branch: string; readonly method: string }[];
}

/** A local address, or why there is none. */
export type LocalAddress = ({ readonly kind: 'local' } & Endpoint) | NotSent;

/** What came of a response. */
export type Responded = { readonly kind: 'sent'; readonly text: string } | NotSent;

export function notSent(failure: TransportFailure): NotSent {
  return { kind: 'failed', failure };
}
