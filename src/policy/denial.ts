// What our limits deny, whatever the row says: rows speak SIP, limits are ours.
import { type Action, actionCosts, type ActionOf } from './action.js';
import { challengeRejects } from './challenge-choice.js';
import type { Citation } from './citation.js';
import { notBeforeOf } from './delay.js';
import type { Facts } from './facts.js';
import { maxWaitOf } from './limits.js';
import { methodDenialOf } from './method-denial.js';
import { giveUp } from './plan.js';
import type { GiveUpReason } from './reason.js';

/** A refusal of ours: why, and where the limit comes from. */
export interface Denial {
  readonly action: ActionOf<'giveUp'>;
  readonly cite: Citation;
}

/** Why this action is not taken; `undefined` when nothing stands against it. */
export function denialOf(action: Action, facts: Facts): Denial | undefined {
  const byMethod = deniedByMethod(action, facts);
  if (byMethod !== undefined) return byMethod;
  if (actionCosts[action.type] === 'none') return undefined;
  return (
    deniedByRejection(action, facts) ??
    deniedByCount(action, facts) ??
    (action.type === 'wait' ? deniedByTime(action, facts) : undefined) ??
    deniedByShare(action, facts)
  );
}

function deniedByMethod({ type }: Action, facts: Facts): Denial | undefined {
  const denial = methodDenialOf(type, facts.request);
  if (denial === undefined) return undefined;
  const detail = type === 'giveUp' ? {} : { wanted: type };
  return { action: giveUp(denial.reason, facts, detail), cite: denial.cite };
}

// RFC 3261 §22.1: credentials that were just rejected MUST NOT be sent again, and every further request would carry them.
function deniedByRejection(action: Action, facts: Facts): Denial | undefined {
  if (!challengeRejects(facts)) return undefined;
  return { action: giveUp('credentialsRejected', facts, { wanted: action.type }), cite: 'RFC 3261 §22.1' };
}

function deniedByCount(action: Action, facts: Facts): Denial | undefined {
  const limit = countReached(action, facts);
  return limit === undefined ? undefined : refuse('attemptsExhausted', action, facts, limit, facts.limits[limit]);
}

/** The limit on a number of times that leaves no room for this action. */
function countReached(action: Action, { history, limits, response }: Facts): CountLimit | undefined {
  const { attempts, taken, waits } = history;
  if (attempts >= limits.maxAttempts) return 'maxAttempts';
  switch (action.type) {
    case 'authenticate':
    case 'agreeSecurity':
      return response.challenges.some(({ verdict }) => verdict === 'staleTooOften') ? 'maxStale' : undefined;
    case 'raiseInterval':
      return (taken.raiseInterval ?? 0) >= limits.maxRaises ? 'maxRaises' : undefined;
    case 'tryOtherTarget':
      return (taken.tryOtherTarget ?? 0) >= limits.maxRedirects ? 'maxRedirects' : undefined;
    case 'wait':
      return action.basis === 'glare' && waits.glare >= limits.maxGlareRounds ? 'maxGlareRounds' : undefined;
    default:
      return undefined;
  }
}

type CountLimit = 'maxAttempts' | 'maxStale' | 'maxRaises' | 'maxRedirects' | 'maxGlareRounds';

function deniedByTime(action: ActionOf<'wait'>, facts: Facts): Denial | undefined {
  const { limits, elapsedMs, request } = facts;
  const longest = maxWaitOf(limits, request.method);
  if (action.delayMs > longest) {
    const reason = (notBeforeOf(facts) ?? 0) > longest ? 'retryAfterTooLong' : 'deadlinePassed';
    return refuse(reason, action, facts, 'maxWaitMs', longest, action.delayMs);
  }
  const end = elapsedMs + action.delayMs;
  return limits.maxElapsedMs !== undefined && end > limits.maxElapsedMs
    ? refuse('deadlinePassed', action, facts, 'maxElapsedMs', limits.maxElapsedMs, end)
    : undefined;
}

/** The ceiling is counted over this long, in milliseconds: what counts now has left the window then. */
export const CEILING_WINDOW_MS = 60_000;

/** Corrections are free, and so is a wait that the server asked for; what adds load of our own accord is not. */
function deniedByShare(action: Action, facts: Facts): Denial | undefined {
  const { limits, budgetBalance, ceilingLeft, elapsedMs } = facts;
  if (limits.maxElapsedMs !== undefined && elapsedMs > limits.maxElapsedMs) {
    return refuse('deadlinePassed', action, facts, 'maxElapsedMs', limits.maxElapsedMs, elapsedMs);
  }
  if (budgetBalance !== undefined && budgetBalance < 1 && isChargeable(action)) {
    return refuse('budgetExhausted', action, facts, 'budgetBalance', 1, budgetBalance);
  }
  return ceilingLeft !== undefined && ceilingLeft < 1 && isUnderCeiling(action)
    ? refuse('ceilingReached', action, facts, 'ceilingPerMinute', limits.ceilingPerMinute, ceilingLeft)
    : undefined;
}

/** Whether what the ceiling counts now, for the server in use, stands against an action. */
function isUnderCeiling(action: Action): boolean {
  if (action.type === 'wait') return action.delayMs < CEILING_WINDOW_MS;
  // Another server has a ceiling of its own. A redirection may lead back to this one.
  return action.type !== 'tryOtherServer';
}

/** Whether an action is paid for from the retry budget that requests share. */
export function isChargeable(action: Action): boolean {
  return action.type === 'wait' ? action.basis === 'backoff' : actionCosts[action.type] === 'budgeted';
}

function refuse(
  reason: GiveUpReason,
  action: Action,
  facts: Facts,
  limit: string,
  value: number,
  found?: number,
): Denial {
  const detail = { wanted: action.type, limit, value, ...(found === undefined ? {} : { found }) };
  return { action: giveUp(reason, facts, detail), cite: `local: the limit ${limit}` };
}
