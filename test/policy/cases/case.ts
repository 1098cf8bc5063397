// One recorded expectation: what was sent, what came back, and the whole decision. The entry tests and the mutation test share them.
import type { Action, ActionOf } from '../../../src/policy/action.js';
import type { Aftermath } from '../../../src/policy/decide.js';
import type { Client, Facts } from '../../../src/policy/facts.js';
import { factsOf, type LocalOutcome } from '../../../src/policy/facts-of.js';
import { emptyHistory, type History } from '../../../src/policy/history.js';
import type { Impact } from '../../../src/policy/impact.js';
import type { Learned } from '../../../src/policy/learned.js';
import { defaultLimits, type Limits } from '../../../src/policy/limits.js';
import type { GiveUpDetail, GiveUpReason } from '../../../src/policy/reason.js';
import type { RuleId } from '../../../src/policy/rule.js';
import type { SipRequest, SipResponse } from '../../../src/sip/message.js';
import { readMessage } from '../../../src/sip/read-message.js';

/** Two messages as text, or what happened instead of an answer, and what went before. */
export interface Exchange {
  readonly sent: string;
  readonly got: string;
  readonly history?: Partial<History>;
  readonly client?: Client;
  readonly limits?: Partial<Limits>;
  readonly elapsedMs?: number;
  /** 0 unless a case is about chance: the earliest moment. */
  readonly random?: number;
  readonly now?: number;
  readonly budgetBalance?: number;
  readonly ceilingLeft?: number;
}

/** An exchange and the decision on it. */
export interface Case extends Exchange {
  /** What the UAC does, with the section that it obeys. */
  readonly says: string;
  readonly rule: RuleId;
  /** The action with all of its payload. */
  readonly then: Action;
  /** `transaction` by default, and `none`, and nothing: those are compared too. */
  readonly impact?: Impact;
  readonly aftermath?: Aftermath;
  readonly learned?: Learned;
}

/** The cases of a file of the table, by what they are about: `'423'`, `'OPTIONS 480'`, `'4xx'`. */
export type Cases = Readonly<Record<string, readonly Case[]>>;

/** The facts of an exchange, read from its messages. */
export function factsOfCase(one: Exchange): Facts {
  const { sent, got, history, client = {}, limits, elapsedMs = 0, random = 0, now, budgetBalance, ceilingLeft } = one;
  return factsOf(
    readRequest(sent),
    isLocal(got) ? got : readResponse(got),
    { ...emptyHistory, ...history },
    {
      client,
      limits: { ...defaultLimits, ...limits },
      elapsedMs,
      random,
      ...(now === undefined ? {} : { now }),
      ...(budgetBalance === undefined ? {} : { budgetBalance }),
      ...(ceilingLeft === undefined ? {} : { ceilingLeft }),
    },
  );
}

/** A request that must be readable: a broken test is no result. */
export function readRequest(text: string): SipRequest {
  const read = readMessage(text);
  if (read.kind !== 'request') throw new Error(`no request: ${text}`);
  return read.request;
}

/** A response that must be readable. */
export function readResponse(text: string): SipResponse {
  const read = readMessage(text);
  if (read.kind !== 'response') throw new Error(`no response: ${JSON.stringify(read)}`);
  return read.response;
}

/** Giving up, for the expectations. */
export function giveUp(reason: GiveUpReason, detail?: GiveUpDetail): ActionOf<'giveUp'> {
  return detail === undefined ? { type: 'giveUp', reason } : { type: 'giveUp', reason, detail };
}

/** Waiting for what Retry-After says, for the expectations. */
export function waitFor(delayMs: number, reorigination: 'retry' | 'fresh' = 'retry'): ActionOf<'wait'> {
  return { type: 'wait', delayMs, basis: 'retryAfter', reorigination };
}

/** Waiting because nobody says how long. */
export function backOff(delayMs: number): ActionOf<'wait'> {
  return { type: 'wait', delayMs, basis: 'backoff', reorigination: 'retry' };
}

/** Two servers, the first one in use. */
export const twoServers: Client = { servers: ['sip:a.example.com', 'sip:b.example.com'] };

/** Going to the second of them. */
export function otherServer(reorigination: 'failover' | 'retry'): ActionOf<'tryOtherServer'> {
  return { type: 'tryOtherServer', server: 'sip:b.example.com', reorigination };
}

function isLocal(got: string): got is LocalOutcome {
  return got === 'timeout' || got === 'transportError' || got === 'restart';
}
