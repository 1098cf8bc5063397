// The door for a UAC: one logical request that shares a core with all others.
import { requireRequest } from '../../machines/given-message.js';
import type { DriveRetryOptions } from '../../machines/drive-retry.js';
import type { StateName } from '../../machines/retry-snapshot.js';
import type { Answer } from '../request/materials.js';
import type { SipRequest, SipResponse } from '../sip/message.js';
import type { Environment } from '../timing/environment.js';
import type { BeforeSend } from './before-send.js';
import type { Remark } from './apply-learned.js';
import { CoreRequest } from './core-request.js';
import { keyringOf } from './driver-options.js';
import { prepared } from './prepared.js';
import type { RequestStore } from './request-store.js';
import { coreOf, type UacCore } from './uac-core.js';
import type { UacEvents } from './uac-event.js';
import type { UacOutcome } from './uac-outcome.js';
import { requireRequestOptions } from './uac-shape.js';
import { readUacSnapshot, type UacSnapshot } from './uac-snapshot.js';

/** What a UAC says of one request; everything has a default. */
export interface UacRequestOptions extends Omit<
  DriveRetryOptions,
  'request' | 'snapshot' | 'circumstances' | 'gate' | 'unsent' | 'environment'
> {
  /** What requests share. Default: the core of the environment. */
  readonly core?: UacCore;
  /** Chooses the core where none is given. Default: the environment of the program. */
  readonly environment?: Environment;
  /**
   * `client.servers` are those of an outbound proxy, and stay wherever the request is redirected. Default: false; they
   * are those of the first hop, and forgotten when the request goes to another one.
   */
  readonly throughProxy?: boolean;
  /** Cancels the request, also when it is aborted already. */
  readonly signal?: AbortSignal;
  /**
   * Called before every attempt that comes after a wait or a hold; without credentials, which are added afterwards. May
   * replace the request – method, CSeq, branch and Call-ID must stay – or veto it with `undefined`. When it throws, rejects
   * or changes what must stay, nothing is sent: `beforeSendFailure` and `done` are told, and `start` rejects with the cause.
   */
  readonly beforeSend?: BeforeSend;
  /** How long a call may ring, in milliseconds from the first provisional response of an INVITE. Default: 180 000. */
  readonly ringMs?: number;
  /** What the store calls the request. Default: a token. */
  readonly id?: string;
  /** Keeps the request while it is on its way; it is written before each attempt is sent. */
  readonly store?: RequestStore;
  /** When the store fails: `goOn` (default) or `end`. It is told either way. */
  readonly onStoreFailure?: 'goOn' | 'end';
}

/** One logical request on its way: tell it what happened, do what it emits. */
export interface UacRequest {
  on<K extends keyof UacEvents>(type: K, listener: (event: UacEvents[K]) => void): () => void;
  /**
   * Sends the request, or goes on where the snapshot left off. The same promise however often it is called. What a peer
   * does never rejects it. It rejects, once the request has ended, with what a provider of credentials, `answer` or
   * `beforeSend` has failed with, or with the `SipRetryError` given to `transportError`; and with what a condition of the policy throws.
   */
  start(): Promise<UacOutcome>;
  /**
   * A response of the transaction in progress, provisional or final; ignored when there is none, and dropped when its
   * CSeq is another one: then it came twice or late (RFC 3261 §8.2.6.2). A stack that counts on its own gives `nextCSeq`.
   * @throws SipRetryError `badRequest` for what is no response.
   */
  receive(response: SipResponse): void;
  /** Timer B or F has fired (RFC 3261 §17.1). */
  timeout(): void;
  /**
   * The request could not be sent (RFC 3261 §17.1.4). A `SipRetryError` is a mistake of the program, which no server and no
   * wait puts right: it ends the request, and `start` rejects with it. What else `error` is decides nothing.
   */
  transportError(error?: unknown): void;
  /**
   * The server set of the first hop that the last `send` went to, which was sent to the first of these: to be told when a
   * `send` names no server, because a redirection has led to another hop (RFC 3261 §8.1.2) or nobody knew the set before.
   */
  useServers(servers: readonly string[]): void;
  /** The answer to the open question; ignored when there is none. @throws SipRetryError `badOptions` for what is no answer. */
  answer(answer: Answer): void;
  refuse(): void;
  cancel(): void;
  /**
   * Nobody sends any more, as at the end of a process: nothing goes out, not even a CANCEL, and `start` resolves with
   * `cancelled` because of `stopped`. In its store it stays, for the next process. Other requests that must not overlap with
   * it wait until its transaction is over for certain, 64·T1 (RFC 3261 §17.1.2.2).
   */
  stop(): void;
  /** Everything that another process needs to go on, as JSON without secrets. */
  persist(): UacSnapshot;
  readonly id: string;
  readonly state: StateName;
  /** What earlier requests have learned about this one, and what no change of it puts right. */
  readonly remarks: readonly Remark[];
}

/**
 * One request under the limits that it shares with others, and with what they have learned: a longer interval, extensions
 * that are not supported, where an address has moved to, credentials that were accepted. It learns for those that come
 * after it. What is to be done comes by `on`; nothing happens before
 * `start`, and with nothing to hold it the request is sent within that call.
 *
 * A listener that throws harms nothing: everything settles first, then the exception leaves the call that caused it.
 *
 * @throws SipRetryError `badRequest`, `badOptions`, `badCredentials`, `badLimits`
 */
export function createUacRequest(request: SipRequest, options: UacRequestOptions = {}): UacRequest {
  requireRequest(request);
  requireRequestOptions(options);
  const core = options.core ?? coreOf(options.environment);
  return new CoreRequest(prepared(request, core, keyringOf(options, core)), { ...options, core });
}

/**
 * Goes on with a request that an earlier process had begun. One that was held is sent; one that was in flight goes again
 * where that does no harm (REGISTER, OPTIONS, SUBSCRIBE, PUBLISH), else its outcome is unknown. Its allowance under the
 * ceiling counts as used up at this moment.
 *
 * @throws SipRetryError `badOptions` when the snapshot is none of this version; `badCredentials`, `badLimits`.
 */
export function resumeUacRequest(snapshot: UacSnapshot, options: UacRequestOptions = {}): UacRequest {
  requireRequestOptions(options);
  return new CoreRequest({ snapshot: readUacSnapshot(snapshot) }, options);
}
