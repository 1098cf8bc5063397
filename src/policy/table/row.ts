// The three kinds of rows that the table is written in: stop, stop if, act if.
import type { ActionType } from '../action.js';
import type { Citation } from '../citation.js';
import type { FinalRule, GuardedRule } from '../rule.js';
import type { GiveUpReason } from '../reason.js';

/** The last row of an entry: whatever else holds, the UAC stops. */
export function giveUp(because: GiveUpReason, cite: Citation): FinalRule {
  return { do: 'giveUp', because, cite };
}

/** A row that stops the UAC when all these conditions hold. */
export function giveUpWhen(when: GuardedRule['when'], because: GiveUpReason, cite: Citation): GuardedRule {
  return { when, do: 'giveUp', because, cite };
}

/** A row that acts when all these conditions hold. */
export function when(when: GuardedRule['when'], action: Exclude<ActionType, 'giveUp'>, cite: Citation): GuardedRule {
  return { when, do: action, cite };
}
