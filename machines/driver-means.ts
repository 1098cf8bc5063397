// What a driver is made of: where its request begins, and what it works with.
import type { Keyring } from '../src/digest/keyring.js';
import type { Client } from '../src/policy/facts.js';
import type { Limits } from '../src/policy/limits.js';
import type { RetryPolicy } from '../src/policy/rule.js';
import type { Answer } from '../src/request/materials.js';
import type { SipRequest } from '../src/sip/message.js';
import type { Environment } from '../src/timing/environment.js';
import type { Question } from './driver-event.js';
import type { RetrySnapshot } from './retry-snapshot.js';

/** Where a driven request begins: anew, or where a snapshot left off. */
export type Beginning = { readonly request: SipRequest } | { readonly snapshot: RetrySnapshot };

/** Answers a question at once or later; `undefined` refuses. */
export type AnswerFunction = (question: Question) => Answer | undefined | Promise<Answer | undefined>;

/** What is known at the moment of a decision beyond the request itself: limits that requests share, servers that may be tried. */
export interface Circumstances {
  /** The server set as it is now; default: the one that the request began with. */
  readonly servers?: readonly string[];
  /** What is left of the retry budget; below 1, actions that are paid for are denied. */
  readonly budgetBalance?: number;
  /** Transactions that may still begin in this minute; below 1, none is added. */
  readonly ceilingLeft?: number;
}

/** Tells the circumstances of a decision on this request, which went to this server. */
export type CircumstancesFunction = (request: SipRequest, server: string | undefined) => Circumstances;

/** One attempt that is about to go out; its credentials are computed once it does. */
export interface Departure {
  readonly request: SipRequest;
  readonly server: string | undefined;
  readonly attempt: number;
}

/** Lets an attempt go: calls `go` at once, later or never, with the request as it is or as the application changed it. */
export type GateFunction = (departure: Departure, go: (request: SipRequest) => void) => void;

/** What a driver works with. */
export interface DriverMeans {
  readonly policy: RetryPolicy;
  readonly client: Client;
  readonly limits: Limits;
  readonly environment: Environment;
  readonly keyring: Keyring;
  readonly answer: AnswerFunction | undefined;
  readonly circumstances: CircumstancesFunction | undefined;
  readonly gate: GateFunction | undefined;
  /** Whether the attempt of the snapshot never went out. */
  readonly unsent: boolean;
  readonly nextCSeq: ((last: SipRequest) => number) | undefined;
  readonly inspect: ((event: { readonly type: string }) => void) | undefined;
}
