// What the transports of a user agent client do for it.
import type { SipRequest, SipResponse } from '../sip/message.js';
import type { Discarded, DiscardReason, Received, Source } from './inbox.js';
import type { LaterFailure, LocalAddress, NotSent, Responded, SendResult } from './sent.js';
import type { ServerAddress } from './server-address.js';

/** What the transports tell. */
export interface TransportEvents {
  readonly message: Received;
  readonly failure: LaterFailure;
  readonly discard: Discarded;
}

/** The transports of one user agent. */
export interface Transports {
  /**
   * Sends a request to a server, with transport, sent-by and `rport` of its topmost Via filled in. What a network or a
   * peer does never rejects: it is a result, or later an event `failure`. A connection that closes after the request
   * went out is neither: the timers of the transaction decide.
   * @throws SipRetryError `badRequest` when the request has no Via with a branch.
   */
  send(request: SipRequest, to: ServerAddress): Promise<SendResult>;
  on<K extends keyof TransportEvents>(type: K, listener: (event: TransportEvents[K]) => void): () => void;
  /** Answers a request that came in. `source` is the very object that came with it: it knows the connection. */
  respond(response: SipResponse, source: Source): Promise<Responded>;
  /** What would stand in the Via of a request to this server: for the Contact, too. TCP and TLS connect for it. */
  localAddress(to: ServerAddress): Promise<LocalAddress>;
  /** Opens the ports that `listen` names and the UDP socket, before the first request does; says which ports. */
  listen(): Promise<ListeningPorts | NotSent>;
  /** How much that arrived was dropped, by reason. */
  readonly discarded: Readonly<Record<DiscardReason, number>>;
  /** Closes every socket. What is sent afterwards fails with `closed`. */
  close(): Promise<void>;
}

/** The local ports that are open. */
export interface ListeningPorts {
  readonly kind: 'listening';
  readonly udp: number;
  readonly tcp?: number;
  readonly tls?: number;
}
