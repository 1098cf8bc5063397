// Every row of the table counts: each mutant of it must be noticed by the cases that the entry tests are made of.
import { describe, expect, it } from 'vitest';
import { giveUpReasons } from '../../src/policy/reason.js';
import { actionTypes } from '../../src/policy/vocabulary.js';
import { decide } from '../../src/policy/decide.js';
import type { Facts } from '../../src/policy/facts.js';
import { rfcPolicy } from '../../src/policy/table/index.js';
import type { FinalRule, GuardedRule, RetryPolicy, Rule, Rules, StatusEntry } from '../../src/policy/rule.js';
import { allCases, casesWithTargetLeft } from './cases/index.js';
import { factsOfCase } from './cases/case.js';

/** What must come out; neither the number of the row nor its citation, which every change of the table would change. */
interface Expectation {
  readonly says: string;
  readonly facts: Facts;
  readonly outcome: string;
}

const expectations: Readonly<Record<string, readonly Expectation[]>> = Object.fromEntries(
  Object.entries(rfcPolicy.entries).map(([key]) => [
    key,
    [...(allCases[key] ?? []), ...casesWithTargetLeft(rfcPolicy, key)].map((one) => ({
      says: one.says,
      facts: factsOfCase(one),
      outcome: canonical({
        action: one.then,
        impact: one.impact ?? 'transaction',
        aftermath: one.aftermath ?? 'none',
      }),
    })),
  ]),
);

interface Mutant {
  readonly what: string;
  readonly key: string;
  readonly rules: readonly Rule[];
}

function mutantsOf(key: string, { rules }: StatusEntry): readonly Mutant[] {
  const name = (row: number, change: string) => `${key}#${row + 1} ${change}`;
  const replaced = (row: number, rule: Rule) => rules.map((old, at) => (at === row ? rule : old));
  return rules.flatMap((rule, row): readonly Mutant[] => [
    ...(rule.when === undefined
      ? []
      : [{ what: name(row, 'dropped'), key, rules: rules.filter((_, at) => at !== row) }]),
    ...swapOf(rules, row).map((swapped) => ({ what: name(row, `swapped with #${row + 2}`), key, rules: swapped })),
    ...weakenedForms(rule).map(([condition, weaker]) => ({
      what: name(row, `without ${condition}`),
      key,
      rules: replaced(row, weaker),
    })),
    ...actionTypes
      .filter((type) => type !== rule.do)
      .map((type) => ({ what: name(row, `does ${type}`), key, rules: replaced(row, { ...rule, do: type }) })),
    ...giveUpReasons
      .filter((reason) => rule.do === 'giveUp' && reason !== rule.because)
      .map((because) => ({ what: name(row, `because ${because}`), key, rules: replaced(row, { ...rule, because }) })),
  ]);
}

function swapOf(rules: readonly Rule[], row: number): readonly (readonly Rule[])[] {
  const [one, other] = [rules[row], rules[row + 1]];
  if (one?.when === undefined || other?.when === undefined) return [];
  return [[...rules.slice(0, row), other, one, ...rules.slice(row + 2)]];
}

function weakenedForms(rule: Rule): readonly (readonly [string, Rule])[] {
  if (rule.when === undefined) return [];
  return rule.when.map((dropped) => {
    const [first, ...others] = rule.when.filter((condition) => condition !== dropped);
    const weaker: GuardedRule | FinalRule =
      first === undefined ? withoutConditions(rule) : { ...rule, when: [first, ...others] };
    return [dropped, weaker];
  });
}

function withoutConditions({ do: action, cite, because }: GuardedRule): FinalRule {
  return { do: action, cite, ...(because === undefined ? {} : { because }) };
}

function isNoticed({ key, rules }: Mutant): boolean {
  const entry = rfcPolicy.entries[key];
  if (entry === undefined || !endsSomewhere(rules)) return true;
  const policy: RetryPolicy = { ...rfcPolicy, entries: { ...rfcPolicy.entries, [key]: { ...entry, rules } } };
  return (expectations[key] ?? []).some(({ facts, outcome }) => outcomeOf(policy, facts) !== outcome);
}

/** A mutant may have dead rows behind one without conditions, which must be noticed, too. */
function endsSomewhere(rules: readonly Rule[]): rules is Rules {
  return rules.at(-1)?.when === undefined;
}

function outcomeOf(policy: RetryPolicy, facts: Facts): string {
  const { action, impact, aftermath } = decide(policy, facts);
  return canonical({ action, impact, aftermath });
}

/** As JSON, the members of every object in one order. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, member: unknown) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([one], [other]) => (one < other ? -1 : 1)))
      : member,
  );
}

/** Neighbours whose order says nothing: the swap, and why it changes no decision. Everything else must be noticed. */
const orderSaysNothing: Readonly<Record<string, string>> = {
  '408#6 swapped with #7': 'both end with an unknown outcome',
  '415#1 swapped with #2': 'no content is left to send where none is acceptable',
  '416#2 swapped with #3': 'a SIPS URI is no tel URI',
  '420#3 swapped with #4': 'one needs an Unsupported that lists something, the other one that does not',
  '420#4 swapped with #5': 'one needs an Unsupported that lists something, the other one that does not',
  '421#1 swapped with #2': 'the first agreement has no list to compare with',
  '421#3 swapped with #4': 'both add extensions, and which header field they go into follows from the facts',
  '422#1 swapped with #2': 'both raise the session interval, by the largest Min-SE that is known',
  '423#1 swapped with #2': 'Min-Expires is either above what was sent or it is not',
  '494#1 swapped with #2': 'the first agreement has no list to compare with',
  '503#3 swapped with #4': 'both wait, for what Retry-After says where it is there',
};

const mutants = Object.entries(rfcPolicy.entries).flatMap(([key, entry]) => mutantsOf(key, entry));

describe('the table', () => {
  it('is described by its cases', () => {
    const wrong = Object.entries(expectations).flatMap(([key, list]) =>
      list.filter(({ facts, outcome }) => outcomeOf(rfcPolicy, facts) !== outcome).map(({ says }) => `${key}: ${says}`),
    );
    expect(wrong).toEqual([]);
  });

  it('has no row that could be dropped, swapped, weakened or changed unnoticed', () => {
    const survivors = mutants.filter((mutant) => !isNoticed(mutant)).map(({ what }) => what);
    expect(survivors).toEqual(Object.keys(orderSaysNothing));
  });

  it('was changed in every way', () => {
    const kinds = ['dropped', 'swapped', 'without', 'does', 'because'];
    const counts = kinds.map((kind) => mutants.filter(({ what }) => what.split(' ').includes(kind)).length);
    expect(counts.every((count) => count > 50)).toBe(true);
  });
});
