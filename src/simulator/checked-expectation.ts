// One expectation of a scenario in words, and what it was instead where it did not hold.
import type { Expectation } from './scenario.js';
import type { DecisionEvent } from './transcript.js';

/** One expectation, and whether it held. */
export interface CheckedExpectation {
  readonly held: boolean;
  /** `the outcome of "register" is accepted`, and what it is instead where it does not hold. */
  readonly sentence: string;
}

type ExpectedDecision = NonNullable<Expectation['decisions']>[number];
type Amount = NonNullable<Expectation['attempts']>;

export function matches(wanted: ExpectedDecision, found: DecisionEvent): boolean {
  const { status, action, reason, rule, delay, request } = wanted;
  const foundReason = found.action.type === 'giveUp' ? found.action.reason : undefined;
  if (status !== undefined && status !== found.status) return false;
  if (action !== undefined && action !== found.action.type) return false;
  if (reason !== undefined && reason !== foundReason) return false;
  if (rule !== undefined && rule !== found.rule) return false;
  if (delay !== undefined && !isWithin(delay, found.delayMs)) return false;
  return request === undefined || request === found.request;
}

export function wantedWords(wanted: ExpectedDecision): string {
  return Object.entries(wanted)
    .map(([name, value]) => `${name} ${typeof value === 'object' ? JSON.stringify(value) : value}`)
    .join(', ');
}

export function decisionWords({ status, action, rule, delayMs }: DecisionEvent): string {
  const reason = action.type === 'giveUp' ? ` ${action.reason}` : '';
  return `status ${status}, action ${action.type}${reason}, rule ${rule}${delayMs > 0 ? `, delay ${delayMs} ms` : ''}`;
}

function isWithin(wanted: Amount, found: number): boolean {
  if (typeof wanted === 'number') return found === wanted;
  return found >= (wanted.atLeast ?? -Infinity) && found <= (wanted.atMost ?? Infinity);
}

export function checkedAmount(what: string, wanted: Amount, found: number | undefined): CheckedExpectation {
  const { atLeast, atMost } = typeof wanted === 'number' ? { atLeast: wanted, atMost: wanted } : wanted;
  const words =
    atLeast === atMost
      ? `${what}: ${String(atLeast)}`
      : `${what}:${atLeast === undefined ? '' : ` at least ${atLeast}`}${atMost === undefined ? '' : ` at most ${atMost}`}`;
  return checked(words, found !== undefined && isWithin(wanted, found), found);
}

export function inMs(ms: number | undefined): string | undefined {
  return ms === undefined ? undefined : `${ms} ms`;
}

export function checked(
  sentence: string,
  held: boolean,
  found: string | number | null | undefined,
): CheckedExpectation {
  return held ? { held, sentence } : { held, sentence: `${sentence}; it is ${String(found ?? 'missing')}` };
}
