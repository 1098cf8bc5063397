// What a driven request tells its UAC.
import type { Action, ActionOf, AskFor } from '../src/policy/action.js';
import type { Citation } from '../src/policy/citation.js';
import type { Decision } from '../src/policy/decide.js';
import type { Change } from '../src/request/change.js';
import type { SipRequest } from '../src/sip/message.js';
import type { EventNames } from './listeners.js';
import type { Outcome } from './outcome.js';

/** A question that only the application can answer. */
export interface Question {
  readonly for: Exclude<AskFor, 'credentials'>;
  readonly action: Action;
  /** Epoch milliseconds: then the question counts as refused. */
  readonly until: number;
}

/** Whom a question went to has failed: the provider of credentials, or the function `answer`. */
export interface AskFailure {
  readonly for: AskFor;
  /** What it threw or rejected with; for a provider that gives no credentials, a SipRetryError `badCredentials`. */
  readonly cause: unknown;
}

/** What a driven request tells its UAC, by name. */
export interface DriverEvents {
  /** Begin a client transaction for this request, complete but for what the transport adds. */
  readonly send: {
    readonly request: SipRequest;
    /** Where to, when a server set is known; absent: where the Request-URI and Route lead. */
    readonly server: string | undefined;
    readonly attempt: number;
    readonly changes: readonly Change[];
  };
  readonly decision: { readonly decision: Decision; readonly attempt: number };
  /** Nothing happens until then (epoch milliseconds). */
  readonly wait: { readonly until: number; readonly action: ActionOf<'wait'> };
  readonly ask: Question;
  /** The question counts as refused, and `start` rejects with the cause when the request gives up for it. */
  readonly askFailure: AskFailure;
  /** Send a CANCEL for this INVITE (RFC 3261 §9.1). */
  readonly cancel: { readonly request: SipRequest };
  /** A 2xx crossed the CANCEL: acknowledge it, then send a BYE (RFC 3261 §9.1, §15). */
  readonly hangUp: { readonly status: number; readonly cite: readonly Citation[] };
  readonly done: { readonly outcome: Outcome };
}

export const driverEventNames: EventNames<DriverEvents> = {
  send: true,
  decision: true,
  wait: true,
  ask: true,
  askFailure: true,
  cancel: true,
  hangUp: true,
  done: true,
};
