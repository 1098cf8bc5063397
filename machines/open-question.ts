// The question that a request has open, if any: the keyring answers for credentials, the application for everything else.
import type { Action, AskFor } from '../src/policy/action.js';
import type { GiveUpReason } from '../src/policy/reason.js';
import type { Answer } from '../src/request/materials.js';
import type { AskFailure, DriverEvents, Question } from './driver-event.js';
import type { AnswerFunction } from './driver-means.js';
import { requireAnswer } from './given-answer.js';
import type { Listeners } from './listeners.js';
import type { Finding, RequestCredentials } from './request-credentials.js';

/** What is asked, of whomever. */
interface AnyQuestion {
  readonly for: AskFor;
  readonly action: Action;
  readonly until: number;
}

/** What comes back: an answer (for credentials an empty one: they stay outside), or a refusal and what it means. */
export type Reply = { readonly answer: Answer } | { readonly because?: GiveUpReason };

const refusal: Reply = {};

const replies: { readonly [K in Finding]: Reply } = {
  found: { answer: {} },
  none: refusal,
  rejected: { because: 'credentialsRejected' },
};

export class OpenQuestion {
  readonly #credentials: RequestCredentials;
  readonly #listeners: Listeners<DriverEvents>;
  readonly #answer: AnswerFunction | undefined;
  readonly #failed: (failure: AskFailure) => void;
  readonly #replied: (reply: Reply) => void;
  #open: AnyQuestion | undefined;

  constructor(
    credentials: RequestCredentials,
    listeners: Listeners<DriverEvents>,
    answer: AnswerFunction | undefined,
    failed: (failure: AskFailure) => void,
    replied: (reply: Reply) => void,
  ) {
    this.#credentials = credentials;
    this.#listeners = listeners;
    this.#answer = answer;
    this.#failed = failed;
    this.#replied = replied;
  }

  ask(question: AnyQuestion): void {
    this.#open = question;
    const { action } = question;
    if (!isForApplication(question)) {
      const challenges = 'challenges' in action ? action.challenges : [];
      this.#await(
        question,
        () => this.#credentials.find(challenges),
        (finding) => replies[finding],
      );
      return;
    }
    this.#listeners.tell('ask', question);
    if (this.#open !== question) return;
    const answer = this.#answer;
    if (answer !== undefined) {
      this.#await(question, () => answer(question), replyWith);
      return;
    }
    // Nobody is there to answer.
    if (!this.#listeners.hears('ask')) this.refuse();
  }

  /** The application answers; only it can, and only what it was asked. @throws SipRetryError `badOptions` */
  answer(answer: Answer): void {
    requireAnswer(answer);
    if (this.#open !== undefined && isForApplication(this.#open)) this.#reply({ answer });
  }

  refuse(): void {
    if (this.#open !== undefined) this.#reply(refusal);
  }

  /** The request went on without a reply: one that comes later is not heard. */
  close(): void {
    this.#open = undefined;
  }

  /** Replies now or later. Who fails instead of answering has refused. */
  #await<T>(question: AnyQuestion, ask: () => T | Promise<T>, replyOf: (given: T) => Reply): void {
    const reply = (given: Reply): void => {
      if (this.#open === question) this.#reply(given);
    };
    const fail = (cause: unknown): void => {
      if (this.#open === question) this.#failed({ for: question.for, cause });
      reply(refusal);
    };
    const take = (value: T): void => {
      const read = attempted(() => replyOf(value));
      if ('cause' in read) fail(read.cause);
      else reply(read.value);
    };
    const asked = attempted(ask);
    if ('cause' in asked) fail(asked.cause);
    else if (asked.value instanceof Promise) void asked.value.then(take, fail);
    else take(asked.value);
  }

  #reply(reply: Reply): void {
    this.#open = undefined;
    this.#replied(reply);
  }
}

function isForApplication(question: AnyQuestion): question is Question {
  return question.for !== 'credentials';
}

/** @throws SipRetryError `badOptions` for an answer that is none. */
function replyWith(given: Answer | undefined): Reply {
  return given === undefined ? refusal : { answer: requireAnswer(given) };
}

function attempted<T>(call: () => T): { readonly value: T } | { readonly cause: unknown } {
  try {
    return { value: call() };
  } catch (cause) {
    return { cause };
  }
}
