// The decision: the only place that walks the rows of the table.
import type { Action } from './action.js';
import type { Citation } from './citation.js';
import { type Condition, type ConditionName, conditions } from './condition.js';
import { denialOf } from './denial.js';
import type { Facts } from './facts.js';
import { type Impact, impactOf } from './impact.js';
import { type Learned, learnedFrom } from './learned.js';
import { lookUp } from './look-up.js';
import { giveUp, plan } from './plan.js';
import type { RetryPolicy, Rule, RuleId } from './rule.js';

/** What to do next, and why. */
export interface Decision {
  readonly action: Action;
  /** What the response destroys (RFC 5057 §5.1); nothing beyond its transaction as long as the request goes on. */
  readonly impact: Impact;
  /** What is left to clear up after giving up inside a dialog. */
  readonly aftermath: Aftermath;
  /** What the next request should know. */
  readonly learned?: Learned;
  readonly rule: RuleId;
  /** The sections that this follows; never empty. */
  readonly cite: readonly Citation[];
  readonly status: number;
  /** The code of the entry that was used: an unknown 431 is treated as 400 (RFC 3261 §8.1.3.2). */
  readonly treatedAs: number;
  /** The conditions looked at, in order, and how each came out. */
  readonly trace: readonly ConditionOutcome[];
}

export type Aftermath = 'none' | 'sendBye' | 'dropSubscription';

export interface ConditionOutcome {
  readonly condition: ConditionName;
  readonly held: boolean;
}

/**
 * The next action of the UAC for one final response, timeout or transport error.
 *
 * Pure and total: no clock, no chance, and nothing that a peer sent makes it throw. The same policy and facts always
 * give the same decision.
 *
 * @example
 * import { decide, factsOf, rfcPolicy } from 'sip-retry';
 *
 * const request = { method: 'INVITE', uri: 'sip:bob@example.com', headers: [], body: '' };
 * const busy = { status: 486, reason: 'Busy Here', headers: [['Retry-After', '60']], body: '' } as const;
 * const { action, rule, cite } = decide(rfcPolicy, factsOf(request, busy));
 * console.log(action.type, rule, cite[0]); // → wait 486#3 RFC 3261 §21.4.24
 */
export function decide(policy: RetryPolicy, facts: Facts): Decision {
  const { key, entry, treatedAs } = lookUp(policy, facts.request.method, facts.status);
  const trace: ConditionOutcome[] = [];
  const row = entry.rules.findIndex(
    ({ when }) => when === undefined || holds(policy, when, facts, entry.impact, trace),
  );
  const rule: Rule = entry.rules[row] ?? noRowLeft;
  const planned = plan(rule, facts);
  const denial = planned === undefined ? undefined : denialOf(planned, facts);
  const action = denial?.action ?? planned ?? giveUp('cannotCorrect', facts, { wanted: rule.do });
  const impact = endsRequest(action) ? impactOf(entry.impact, facts) : 'transaction';
  const learned = learnedFrom(facts);
  const decision: { -readonly [K in keyof Decision]: Decision[K] } = {
    action,
    impact,
    aftermath: action.type === 'giveUp' ? aftermathOf(impact, facts) : 'none',
    rule: `${key}#${row + 1}`,
    cite: denial === undefined ? [rule.cite] : [rule.cite, denial.cite],
    status: facts.status,
    treatedAs,
    trace,
  };
  if (learned !== undefined) decision.learned = learned;
  return decision;
}

/** Whether nothing more is sent, as far as this library knows: what the response destroys is destroyed then (§5.1 note 10). */
function endsRequest({ type }: Action): boolean {
  return type === 'giveUp' || type === 'custom';
}

/** The types demand a last row without conditions; a policy from elsewhere may lack it and still gets an answer. */
const noRowLeft: Rule = { do: 'giveUp', because: 'refused', cite: 'local: the entry has no last row' };

function holds(
  policy: RetryPolicy,
  names: readonly ConditionName[],
  facts: Facts,
  column: Impact,
  trace: ConditionOutcome[],
): boolean {
  for (const condition of names) {
    const held = conditionOf(policy, condition)(facts, column);
    trace.push({ condition, held });
    if (!held) return false;
  }
  return true;
}

/** The predicate behind a name: the policy's own where it has one. */
export function conditionOf(policy: RetryPolicy, name: ConditionName): Condition {
  return policy.conditions?.[name] ?? conditions[name];
}

// RFC 3261 §12.2.1.2: the UAC SHOULD terminate the dialog, for INVITE by a BYE; RFC 5057 §5.2 narrows it to the usage.
function aftermathOf(impact: Impact, { request }: Facts): Aftermath {
  if (impact === 'transaction' || request.method === 'BYE') return 'none';
  return request.method === 'SUBSCRIBE' || request.method === 'NOTIFY' ? 'dropSubscription' : 'sendBye';
}
