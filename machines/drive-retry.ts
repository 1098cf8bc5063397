// The door of one request: driveRetry gives a UAC the chart, its clock, its credentials and its answers in SIP's words.
import { Keyring, type KeyringOptions } from '../src/digest/keyring.js';
import type { Client } from '../src/policy/facts.js';
import { defaultLimits, type Limits } from '../src/policy/limits.js';
import { withLimits } from '../src/policy/set-limits.js';
import type { RetryPolicy } from '../src/policy/rule.js';
import { rfcPolicy } from '../src/policy/table/index.js';
import type { Answer } from '../src/request/materials.js';
import type { SipRequest, SipResponse } from '../src/sip/message.js';
import { SipRetryError } from '../src/sip/sip-retry-error.js';
import { systemEnvironment, type Environment } from '../src/timing/environment.js';
import type { DriverEvents } from './driver-event.js';
import type { AnswerFunction, Beginning, CircumstancesFunction, GateFunction } from './driver-means.js';
import { driveRetryShape, requireClient } from './driver-shape.js';
import { requireOptions } from './given.js';
import { requireRequest } from './given-message.js';
import type { Outcome } from './outcome.js';
import { RetryDriver } from './retry-driver.js';
import { readSnapshot, type RetrySnapshot, type StateName } from './retry-snapshot.js';

/** What a UAC says of a request that is to be driven. Everything but `request` or `snapshot` has a default. */
export interface DriveRetryOptions {
  /** The request as the UAC would send it. Its Authorization header fields count as sent and are computed anew later. */
  readonly request?: SipRequest;
  /** Instead of `request`: what `persist` gave, in this process or another. */
  readonly snapshot?: RetrySnapshot;
  /** Default: `rfcPolicy`. */
  readonly policy?: RetryPolicy;
  readonly client?: Client;
  /** Changes to the default limits. */
  readonly limits?: Partial<Limits>;
  /** Default: the clock of the system, and chance of its own. */
  readonly environment?: Environment;
  /** Credentials that requests share, with what they learned of them. */
  readonly keyring?: Keyring;
  /**
   * Instead of `keyring`: credentials for this request alone. A provider that throws, rejects, or gives what are no
   * credentials (`badCredentials`) has none: the request gives up, `askFailure` and `done` are told, and `start` rejects
   * with what went wrong. It never leaves `receive`.
   */
  readonly credentials?: NonNullable<KeyringOptions['credentials']>;
  /**
   * Answers questions at once or later; `undefined` refuses. Without it, a listener of `ask` calls `answer` or `refuse`.
   * When it throws, rejects or gives what is no answer, the request ends as with a provider of credentials that fails.
   */
  readonly answer?: AnswerFunction;
  /** Asked at each decision; default: nothing is shared with other requests. */
  readonly circumstances?: CircumstancesFunction;
  /** Asked before each attempt goes out; default: it goes at once. */
  readonly gate?: GateFunction;
  /** With a snapshot: the gate had not let the attempt go, so it is sent now. Default: it was in flight. */
  readonly unsent?: boolean;
  /** The next CSeq number where the UAC keeps the count; default: the last one + 1 (RFC 3261 §8.1.3.5). */
  readonly nextCSeq?: (last: SipRequest) => number;
  /** Sees every step of the chart; nothing in it is secret. What it throws harms nothing, as with a listener. */
  readonly inspect?: (event: { readonly type: string }) => void;
}

/** One request on its way. A response is told to it by `receive`; what it wants done comes by `on`. */
export interface DrivenRequest {
  /** Listens to one kind of event; returns what ends that. */
  on<K extends keyof DriverEvents>(type: K, listener: (event: DriverEvents[K]) => void): () => void;
  /**
   * Sends the request, or goes on where the snapshot left off. The same promise however often it is called. What a peer
   * does never rejects it; a provider of credentials or an `answer` that fails does, and a condition that throws.
   */
  start(): Promise<Outcome>;
  /**
   * A response of the transaction in progress, provisional or final. What comes after the end is ignored, and so is one
   * whose CSeq is not that of the request in flight: it came twice or late (RFC 3261 §8.2.6.2). One without a CSeq counts.
   * @throws SipRetryError `badRequest` for what is no response.
   */
  receive(response: SipResponse): void;
  /** Timer B or F has fired (RFC 3261 §17.1): treated as 408 (§8.1.3.1). */
  timeout(): void;
  /** The request could not be sent (RFC 3261 §17.1.4): treated as 503 (§8.1.3.1). */
  transportError(): void;
  /** The answer to the open question; ignored when there is none. @throws SipRetryError `badOptions` for what is no answer. */
  answer(answer: Answer): void;
  /** Nobody answers the open question. */
  refuse(): void;
  /** Nobody wants the answer any more (RFC 3261 §9.1). */
  cancel(): void;
  /** Everything that is needed to go on in another process, as JSON without secrets. Save it before sending. */
  persist(): RetrySnapshot;
  readonly state: StateName;
}

/**
 * Drives one request to its outcome.
 *
 * Tell it what happened; do what it emits. A listener that throws harms nothing: the request settles first, then the
 * exception leaves the call that caused it.
 *
 * @throws SipRetryError `badOptions` without a request or a snapshot, or with both, or for an option that is none;
 * `badRequest` for what is no request; `badCredentials`, `badLimits`.
 */
export function driveRetry(options: DriveRetryOptions): DrivenRequest {
  requireOptions(options, driveRetryShape);
  requireClient(options.client);
  const { request, snapshot, policy = rfcPolicy, limits, environment = systemEnvironment() } = options;
  const beginning = beginningOf(request, snapshot);
  const keyring = keyringOf(options);
  if (request !== undefined) keyring.noteSent(request);
  return new RetryDriver(beginning, {
    policy,
    client: clientOf(options.client ?? {}, keyring),
    limits: limits === undefined ? defaultLimits : withLimits(limits),
    environment,
    keyring,
    answer: options.answer,
    circumstances: options.circumstances,
    gate: options.gate,
    unsent: options.unsent === true,
    nextCSeq: options.nextCSeq,
    inspect: options.inspect,
  });
}

function beginningOf(request: SipRequest | undefined, snapshot: RetrySnapshot | undefined): Beginning {
  if (request === undefined) {
    if (snapshot !== undefined) return { snapshot: readSnapshot(snapshot) };
    throw new SipRetryError('badOptions', 'Give a request, or the snapshot of one.');
  }
  requireRequest(request);
  if (snapshot === undefined) return { request };
  throw new SipRetryError('badOptions', 'Give a request or a snapshot, not both: the snapshot holds its request.');
}

function keyringOf({ keyring, credentials }: DriveRetryOptions): Keyring {
  if (keyring === undefined) return new Keyring(credentials === undefined ? {} : { credentials });
  if (credentials === undefined) return keyring;
  throw new SipRetryError('badOptions', 'Give a keyring or credentials, not both: a keyring holds its credentials.');
}

/** With a list of credentials it is known at once which challenges can be answered. */
function clientOf(client: Client, keyring: Keyring): Client {
  const credentials = keyring.knownCredentials();
  return client.credentials !== undefined || credentials === undefined ? client : { ...client, credentials };
}
