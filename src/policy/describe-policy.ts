// The policy in words: plain rows for a table, a terminal and JSON.
import { SipRetryError } from '../sip/sip-retry-error.js';
import type { ActionType } from './action.js';
import { actionLabels } from './action-label.js';
import type { Citation } from './citation.js';
import type { ConditionName } from './condition.js';
import { conditionSentences } from './condition-sentence.js';
import { describeForMethod, impactFor } from './describe-for-method.js';
import { compareKeys, readEntryKey } from './entry-key.js';
import { titleOf } from './entry-title.js';
import type { Impact } from './impact.js';
import { lookUp } from './look-up.js';
import type { GiveUpReason } from './reason.js';
import { giveUpSentences } from './reason-sentence.js';
import type { RetryPolicy, Rule, RuleId, StatusEntry } from './rule.js';

/** One entry in words. */
export interface PolicyRow {
  /** `'486'`, `'REGISTER 403'`, `'4xx'`. */
  readonly key: string;
  readonly phrase: string;
  readonly definedIn: Citation;
  /** What the response ends inside a dialog; for an entry of one method, what it ends for that one (RFC 5057 §5.1, §5.3). */
  readonly impact: Impact;
  /** What no response in time ends, where that is more: the subscription of a NOTIFY (RFC 6665 §4.2.2). */
  readonly impactOnTimeout?: Impact;
  /** In the order in which they are tried. */
  readonly rules: readonly RuleRow[];
}

/** One rule in words. */
export interface RuleRow {
  readonly id: RuleId;
  /** What must hold, all of it; empty for the last rule. */
  readonly when: readonly { readonly name: ConditionName; readonly sentence: string }[];
  readonly do: ActionType;
  readonly label: string;
  readonly because?: GiveUpReason;
  /** The sentence of the reason. */
  readonly why?: string;
  /** The name of an action of the application's own. */
  readonly name?: string;
  readonly cite: Citation;
}

/** The entry that speaks for one status code. */
export interface EntryDescription {
  readonly status: number;
  readonly method?: string;
  /** The code that this one is treated as (RFC 3261 §8.1.3.2). */
  readonly treatedAs: number;
  readonly row: PolicyRow;
  /** The keys under which methods have an entry of their own for this code, besides the one described. */
  readonly others: readonly string[];
}

/** Every entry in words: by code, the entries of a method after their code, the classes last. */
export function describePolicy(policy: RetryPolicy): readonly PolicyRow[] {
  return Object.entries(policy.entries)
    .toSorted(([one], [other]) => compareKeys(one, other))
    .map(([key, entry]) => describeRow(key, entry));
}

/**
 * The entry that speaks for this status code, for any method or for this one.
 *
 * For a method the row says what `decide` makes of it inside a dialog: rules that the method rules out are left out, and
 * where it does not go on, the rule says why. No rule of a CANCEL goes on (RFC 3261 §9.1), no BYE waits (§15.1.1).
 *
 * @throws SipRetryError `badRequest` for anything but an integer from 200 to 699: a provisional response (RFC 3261 §7.2)
 * asks for no decision.
 *
 * @example
 * import { describeEntry, rfcPolicy } from 'sip-retry/policy/describe';
 *
 * console.log(describeEntry(rfcPolicy, 431).treatedAs); // → 400
 */
export function describeEntry(policy: RetryPolicy, status: number, method?: string): EntryDescription {
  if (!Number.isInteger(status) || status < 200 || status > 699) {
    const text = `A decision is made for a final response, and ${status} is none; use a status code from 200 to 699.`;
    throw new SipRetryError('badRequest', text);
  }
  const { key, entry, treatedAs } = lookUp(policy, method ?? '', status);
  const others = Object.keys(policy.entries)
    .filter((one) => one !== key && one.endsWith(` ${status}`))
    .toSorted(compareKeys);
  const row = describeRow(key, entry);
  if (method === undefined) return { status, treatedAs, row, others };
  return { status, method, treatedAs, row: describeForMethod(row, entry.impact, status, method), others };
}

function describeRow(key: string, entry: StatusEntry): PolicyRow {
  const { impact, rules } = entry;
  const parts = readEntryKey(key);
  return {
    key,
    ...titleOf(key, entry),
    impact: parts?.method === undefined ? impact : impactFor(impact, parts.status, parts.method),
    rules: rules.map((rule, row) => describeRule(rule, `${key}#${row + 1}`)),
  };
}

function describeRule(rule: Rule, id: RuleId): RuleRow {
  return {
    id,
    when: (rule.when ?? []).map((name) => ({ name, sentence: conditionSentences[name] })),
    do: rule.do,
    label: actionLabels[rule.do],
    ...(rule.because === undefined ? {} : { because: rule.because, why: giveUpSentences[rule.because] }),
    ...(rule.name === undefined ? {} : { name: rule.name }),
    cite: rule.cite,
  };
}
