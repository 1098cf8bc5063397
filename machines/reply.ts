// Who answers what a request asks: the keyring for credentials, the application for everything else.
import type { Action, AskFor } from '../src/policy/action.js';
import type { GiveUpReason } from '../src/policy/reason.js';
import type { Answer } from '../src/request/materials.js';
import type { Question } from './driver-event.js';
import type { Finding, RequestCredentials } from './request-credentials.js';

/** What is asked, of whomever. */
export interface AnyQuestion {
  readonly for: AskFor;
  readonly action: Action;
  readonly until: number;
}

/** What comes back: an answer (for credentials an empty one: they stay outside), or a refusal and what it means. */
export type Reply = { readonly answer: Answer } | { readonly because: GiveUpReason | undefined };

export const refusal: Reply = { because: undefined };

/** Asks the keyring for the credentials that the action needs. */
export function askKeyring({ action }: AnyQuestion, credentials: RequestCredentials): Reply | Promise<Reply> {
  return whenKnown(credentials.find('challenges' in action ? action.challenges : []), (finding) => replies[finding]);
}

/** Asks the application; `undefined` from it refuses. */
export function askApplication(
  question: Question,
  answer: (question: Question) => Answer | undefined | Promise<Answer | undefined>,
): Reply | Promise<Reply> {
  return whenKnown(answer(question), (given) => (given === undefined ? refusal : { answer: given }));
}

/** Whether only the application can answer. */
export function isForApplication(question: AnyQuestion): question is Question {
  return question.for !== 'credentials';
}

const replies: { readonly [K in Finding]: Reply } = {
  found: { answer: {} },
  none: refusal,
  rejected: { because: 'credentialsRejected' },
};

function whenKnown<T, R>(value: T | Promise<T>, then: (value: T) => R): R | Promise<R> {
  return value instanceof Promise ? value.then(then) : then(value);
}
