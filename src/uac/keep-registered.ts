// The door for registrations: keepRegistered registers, refreshes in time, and tries again without becoming a nuisance.
import type { Answer } from '../request/materials.js';
import type { SipRequest, SipResponse } from '../sip/message.js';
import type { GrantOptions } from './granted.js';
import type { RegistrationEvents, RegistrationState } from './registration-event.js';
import { requireBinding } from './registration-request.js';
import { readRegistrationSnapshot, type RegistrationSnapshot } from './registration-snapshot.js';
import { RegistrationKeeper } from './registration.js';
import type { UacRequestOptions } from './uac-request.js';
import { requireRegistrationOptions } from './uac-shape.js';

/** What a UAC says of one registration; everything has a default. Its server set is `client.servers`. */
export interface KeepRegisteredOptions
  extends Omit<UacRequestOptions, 'keyring' | 'id' | 'store' | 'onStoreFailure' | 'ringMs'>, GrantOptions {
  /**
   * Where the server set comes from a lookup: asked before each REGISTER, in place of `client.servers`, since a registration
   * outlives what DNS says (RFC 3263 §4: "exactly once per transaction"). `undefined` where it found none; it must not reject.
   */
  readonly findServers?: (request: SipRequest) => Promise<readonly string[] | undefined>;
}

/** One registration: tell it what happened, send what it emits. */
export interface Registration {
  on<K extends keyof RegistrationEvents>(type: K, listener: (event: RegistrationEvents[K]) => void): () => void;
  /** Registers, or goes on where the snapshot left off; begins again after `stop` or `unregister`. */
  start(): void;
  /**
   * A response of the transaction in progress, provisional or final; ignored when there is none.
   * @throws SipRetryError `badRequest` for what is no response.
   */
  receive(response: SipResponse): void;
  /** Timer F has fired (RFC 3261 §17.1.2.2). */
  timeout(): void;
  /** The REGISTER could not be sent. A connection that closes while none is in progress changes nothing. */
  transportError(error?: unknown): void;
  /** The server set of the first hop that the last `send` went to, as for `UacRequest.useServers`. */
  useServers(servers: readonly string[]): void;
  answer(answer: Answer): void;
  refuse(): void;
  /**
   * Something is different: the credentials, the network, the user. Registers anew, with `request` where it is given (its
   * Call-ID and CSeq go on as before), but not before the registrar wants to be asked again.
   */
  changed(change?: { readonly request?: SipRequest }): void;
  /**
   * Removes the binding in place of whatever this registration waited for by itself. A REGISTER in flight is answered first
   * (RFC 3261 §10.2), and a server that asked for time has it (§21.5.4): the removal then goes after Retry-After. Who
   * cannot wait for so long calls `stop`; the binding then ends by itself when its interval has elapsed.
   */
  unregister(): void;
  /** Sends nothing more; the binding stays until it expires. A REGISTER in flight may still be answered. */
  stop(): void;
  /** Everything that another process needs to go on, as JSON without secrets. Save it at each `send`, before sending. */
  persist(): RegistrationSnapshot;
  readonly state: RegistrationState;
}

/**
 * Keeps an address-of-record registered (RFC 3261 §10.2, RFC 5626 §4.5). Call `start`.
 *
 * @param request the REGISTER, complete, as it would be sent first.
 * @throws SipRetryError `badRequest` when it is no REGISTER with a contact to bind; `badOptions`, `badCredentials`,
 * `badLimits`.
 */
export function keepRegistered(request: SipRequest, options: KeepRegisteredOptions = {}): Registration {
  requireRegistrationOptions(options);
  return new RegistrationKeeper({ request: requireBinding(request) }, options);
}

/**
 * Goes on with a registration of an earlier process: CSeq numbers continue, and the next request goes out when it was due,
 * or at once when that has passed; never earlier.
 * @throws SipRetryError `badOptions` when the snapshot is none of this version; `badCredentials`, `badLimits`.
 */
export function resumeRegistration(snapshot: RegistrationSnapshot, options: KeepRegisteredOptions = {}): Registration {
  requireRegistrationOptions(options);
  return new RegistrationKeeper({ snapshot: readRegistrationSnapshot(snapshot) }, options);
}
