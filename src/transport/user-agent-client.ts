// A user agent client on a network: the UAC core above, client transactions and transports below.
import type { TimerValues } from '../../machines/client-transaction-timers.js';
import { requireOptions, type Shape } from '../../machines/given.js';
import type { SipRequest } from '../sip/message.js';
import { coreOf, type UacCore } from '../uac/uac-core.js';
import { coreKind } from '../uac/uac-shape.js';
import type { KeepRegisteredOptions, Registration } from '../uac/keep-registered.js';
import type { RequestStore } from '../uac/request-store.js';
import type { ResumedRequests, ResumeOptions } from '../uac/resume-stored.js';
import type { UacRequest, UacRequestOptions } from '../uac/uac-request.js';
import type { Call } from './call.js';
import type { Dns } from './dns.js';
import { NetworkClient } from './network-client.js';
import type { Endpoint, TransportName } from './server-address.js';
import { systemAddress } from './own-address.js';
import { systemDns } from './system-dns.js';
import type { TransportFailure } from './transport-failure.js';
import { TransportLayer } from './transport-layer.js';
import { carryingShape } from './transport-options.js';
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
  /**
   * Offer servers to heed their overload control (RFC 7339, RFC 7415): `oc` in the topmost Via of each request. Default:
   * false. Which servers are trusted with it is an option of the core.
   */
  readonly overloadControl?: boolean;
  /** Timers of the transactions, in milliseconds. */
  readonly timers?: Partial<TimerValues>;
  /** Sees every step of the charts; nothing in it is secret. */
  readonly inspect?: (event: { readonly type: string }) => void;
}

/**
 * Where requests to a URI go, and from where. A way that is closed at the moment is none to give up: a request that is sent
 * all the same meets a transport error, and the policy decides (RFC 3261 §8.1.3.1).
 */
export type Way =
  ({ readonly kind: 'open' } & WayEnds) | ({ readonly kind: 'closed'; readonly failure: TransportFailure } & WayEnds);

/** Both ends of a way. */
export interface WayEnds {
  /** The server set as SIP URIs; empty where it could not be found out. */
  readonly servers: readonly string[];
  /** What a Contact has as its host and port; where no server is reached, the best guess. */
  readonly local: Endpoint;
  readonly transport: TransportName;
}

/** Why a request could not be sent. */
export interface SendingFailure extends Pick<TransportFailure, 'code' | 'why'> {
  /** As a SIP URI; `undefined` where no server was found. */
  readonly server: string | undefined;
}

/** What a user agent client tells, by name. */
export interface UserAgentClientEvents {
  /** Every message that passes. It may hold a digest response: mask it before it is shown. */
  readonly message: PassedMessage;
  /** A request could not be sent: what decides needs no reason (RFC 3261 §8.1.3.1), whoever looks on does. */
  readonly failure: SendingFailure;
  /** A call was accepted. */
  readonly call: { readonly call: Call; readonly request: UacRequest };
}

/** A user agent client on a network. */
export interface UserAgentClient {
  readonly core: UacCore;
  on<K extends keyof UserAgentClientEvents>(type: K, listener: (event: UserAgentClientEvents[K]) => void): () => void;
  /** The server set of a URI (RFC 3263) and the local address towards it. */
  wayTo(uri: string): Promise<Way>;
  /**
   * A request that finds its servers and is sent when it is started. It needs a Via with a branch of its own; transport,
   * host and port in it are filled in.
   *
   * Rejects with a SipRetryError: `badRequest` for what is no request, an ACK, or one without a branch; `badOptions`, also
   * when this client is closed; `badCredentials`, `badLimits`. When the branch is that of another request in progress,
   * or this client was closed meanwhile, `start` rejects.
   */
  request(request: SipRequest, options?: UacRequestOptions): Promise<UacRequest>;
  /** A registration that is kept when it is started. Its REGISTER needs a Via with a branch; it rejects as `request`. */
  register(request: SipRequest, options?: KeepRegisteredOptions): Promise<Registration>;
  /**
   * The requests that an earlier process has stored. Listen to them, then start each; create the core with
   * `restarted: true`. Rejects with what `store.load` rejects with.
   */
  resume(store: RequestStore, options?: Omit<ResumeOptions, 'core'>): Promise<ResumedRequests>;
  /** The call that a request has brought about. */
  callOf(request: UacRequest): Call | undefined;
  /** How much that arrived was dropped, by reason. */
  readonly discarded: Readonly<Record<string, number>>;
  /**
   * Stops all transactions, requests and registrations, and closes all sockets. Requests end as `cancelled` because of
   * `stopped`; those in a store stay there for the next process. Bindings stay until they expire: `unregister` first.
   */
  close(): Promise<void>;
}

/**
 * A user agent client that sends by itself: make a request of it, start it, await its outcome.
 * @throws SipRetryError `badOptions` for an option that is none, and for timers that are none.
 */
export function createUserAgentClient(options: UserAgentClientOptions = {}): UserAgentClient {
  requireOptions(options, clientShape);
  const { core = coreOf(), transports, dns = systemDns() } = options;
  return new NetworkClient({
    ...options,
    core,
    dns,
    ownAddress: systemAddress,
    transports: transports ?? new TransportLayer({ ...options, environment: core.environment }),
  });
}

const clientShape: Shape<UserAgentClientOptions> = {
  ...carryingShape,
  core: coreKind,
  transports: { send: 'function', on: 'function', close: 'function' },
  outboundProxy: 'text',
  servers: 'texts',
  dns: 'object',
  overloadControl: 'boolean',
  timers: 'object',
  inspect: 'function',
};
