// A policy with other rows for some codes, or with another meaning of some conditions.
import { SipRetryError } from '../sip/sip-retry-error.js';
import type { Condition, ConditionName } from './condition.js';
import { type Defect, memberPath, sentenceOf, show } from './defect.js';
import { type Entries, readEntries } from './read-entries.js';
import { type Defects, found, isLine, readMembers, readText, refuseStrangers } from './read-value.js';
import type { EntryKey, RetryPolicy, Rules, StatusEntry } from './rule.js';
import { conditionNames } from './vocabulary.js';

/**
 * Entries by `'486'`, `'REGISTER 403'` or `'4xx'`. A list of rules takes phrase, source and impact from the entry that
 * spoke for its code before.
 */
export type Overrides = { readonly [K in Exclude<EntryKey, '1xx'> | number]?: Rules | StatusEntry };

/** What may differ besides the rows. */
export interface ExtensionOptions {
  /** How the new policy is called; by default `'rfc, extended'` after its base. */
  readonly name?: string;
  /**
   * Another meaning for conditions of the vocabulary, seen wherever the policy is used. Pure and total, like those they
   * replace: a guard that throws stops the whole actor.
   */
  readonly conditions?: NonNullable<RetryPolicy['conditions']>;
}

/**
 * A new policy in which each of these entries replaces the one with the same key, whole: who reads one entry sees all of
 * it. The base stays as it is.
 *
 * @throws SipRetryError `badPolicy` for a key, an action, a condition or a rule that cannot be used.
 *
 * @example
 * import { extendPolicy, rfcPolicy } from 'sip-retry/policy/custom';
 *
 * const policy = extendPolicy(rfcPolicy, { 486: [{ do: 'giveUp', because: 'busy', cite: 'local' }] });
 * console.log(rfcPolicy.entries['486']?.rules.length, policy.entries['486']?.rules.length); // → 4 1
 */
export function extendPolicy(base: RetryPolicy, overrides: Overrides, options: ExtensionOptions = {}): RetryPolicy {
  const defects: Defects = [];
  const name = options.name ?? nameAfter(base);
  readText(name, isLine, 'a name on one line', 'options.name', defects);
  const entries = readOverrides(overrides, base, defects);
  const conditions = { ...base.conditions, ...readConditions(options.conditions, defects) };
  refuse(defects);
  return {
    name,
    entries: { ...base.entries, ...entries },
    ...(Object.keys(conditions).length === 0 ? {} : { conditions }),
  };
}

function nameAfter({ name }: RetryPolicy): string {
  return name.endsWith(', extended') ? name : `${name}, extended`;
}

function readOverrides(overrides: unknown, base: RetryPolicy, defects: Defects): Entries {
  const members = readMembers(overrides);
  if (members !== undefined) return readEntries(members, 'overrides', base, defects);
  defects.push({ path: 'overrides', found: found(overrides), allowed: 'an object of entries by key' });
  return {};
}

function readConditions(value: unknown, defects: Defects): { readonly [K in ConditionName]?: Condition } {
  if (value === undefined) return {};
  const members = readMembers(value);
  if (members === undefined) {
    defects.push({ path: 'options.conditions', found: show(value), allowed: 'an object of functions by condition' });
    return {};
  }
  refuseStrangers(members, conditionNames, 'options.conditions', defects);
  const meanings: { [K in ConditionName]?: Condition } = {};
  for (const name of conditionNames) {
    const meaning = members.get(name);
    if (isCondition(meaning)) meanings[name] = meaning;
    else if (meaning !== undefined) {
      const path = memberPath('options.conditions', name);
      defects.push({ path, found: show(meaning), allowed: 'a function from facts to true or false' });
    }
  }
  return meanings;
}

function isCondition(value: unknown): value is Condition {
  return typeof value === 'function';
}

function refuse(defects: readonly Defect[]): void {
  const [first, ...others] = defects;
  if (first === undefined) return;
  const more = others.length === 0 ? '' : ` (${others.length} more after it)`;
  throw new SipRetryError('badPolicy', `${sentenceOf(first)}${more}`);
}
