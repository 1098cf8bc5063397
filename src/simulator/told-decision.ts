// A decision as it is told, by `decide --json`, by `send` and in a transcript: the same members, in the same order.
import type { Decision } from '../policy/decide.js';

/** What of a decision is told. */
export type ToldDecision = Pick<
  Decision,
  'status' | 'treatedAs' | 'action' | 'impact' | 'aftermath' | 'rule' | 'cite' | 'trace'
>;

export function toldDecision(decision: Decision): ToldDecision {
  const { status, treatedAs, action, impact, aftermath, rule, cite, trace } = decision;
  return { status, treatedAs, action, impact, aftermath, rule, cite, trace };
}

/** What comes next, told before the next request is there. */
export function toldNext({ action }: Decision): { readonly delayMs: number; readonly notes: readonly string[] } {
  return action.type === 'wait'
    ? { delayMs: action.delayMs, notes: ['the next request is written when the wait is over'] }
    : { delayMs: 0, notes: [] };
}
