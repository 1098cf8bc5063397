// A user agent client on a network: the UAC core above, client transactions and transports below.
import type { TimerValues } from '../../machines/client-transaction-timers.js';
import type { SipRequest } from '../sip/message.js';
import type { UacCore } from '../uac/uac-core.js';
import type { KeepRegisteredOptions, Registration } from '../uac/keep-registered.js';
import type { UacRequest, UacRequestOptions } from '../uac/uac-request.js';
import type { Call } from './call.js';
import type { Dns } from './dns.js';
import { NetworkClient } from './network-client.js';
import type { Endpoint, TransportName } from './server-address.js';
import type { TransportFailure } from './transport-failure.js';
import type { TransportOptions } from './transport-options.js';
import type { Transports } from './transports.js';
import type { PassedMessage } from './wire.js';

export interface UserAgentClientOptions extends Omit<TransportOptions, 'environment'> {
  /** What requests share. Default: the core of the program. */
  readonly core?: UacCore;
  /** Default: UDP, TCP and TLS as these options say. */
  readonly transports?: Transports;
  /** A proxy that every request goes through, as a SIP URI. */
  readonly outboundProxy?: string;
  /** The server set as SIP URIs, instead of what DNS says of the first hop (RFC 3263). */
  readonly servers?: readonly string[];
  readonly dns?: Dns;
  /** Timers of the transactions, in milliseconds. */
  readonly timers?: Partial<TimerValues>;
  /** Sees every step of the charts; nothing in it is secret. */
  readonly inspect?: (event: { readonly type: string }) => void;
}

/** Where requests to a URI go, and from where. */
export type Way =
  | {
      readonly kind: 'open';
      /** The server set as SIP URIs. */
      readonly servers: readonly string[];
      /** What a Contact has as its host and port. */
      readonly local: Endpoint;
      readonly transport: TransportName;
    }
  | { readonly kind: 'closed'; readonly failure: TransportFailure };

/** What a user agent client tells, by name. */
export interface UserAgentClientEvents {
  /** Every message that passes. It may hold a digest response: mask it before it is shown. */
  readonly message: PassedMessage;
  /** A call was accepted. */
  readonly call: { readonly call: Call; readonly request: UacRequest };
}

/** A user agent client on a network. */
export interface UserAgentClient {
  readonly core: UacCore;
  on<K extends keyof UserAgentClientEvents>(type: K, listener: (event: UserAgentClientEvents[K]) => void): () => void;
  /** The server set of a URI (RFC 3263) and the local address towards it. */
  wayTo(uri: string): Promise<Way>;
  /** A request that finds its servers and is sent when it is started. */
  request(request: SipRequest, options?: UacRequestOptions): Promise<UacRequest>;
  /** A registration that is kept when it is started. */
  register(request: SipRequest, options?: KeepRegisteredOptions): Promise<Registration>;
  /** The call that a request has brought about. */
  callOf(request: UacRequest): Call | undefined;
  /** How much that arrived was dropped, by reason. */
  readonly discarded: Readonly<Record<string, number>>;
  /** Stops all transactions and closes all sockets. */
  close(): Promise<void>;
}

/** A user agent client that sends by itself: make a request of it, start it, await its outcome. */
export function createUserAgentClient(options: UserAgentClientOptions = {}): UserAgentClient {
  return new NetworkClient(options);
}
