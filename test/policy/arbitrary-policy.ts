// Policies for property tests: every word of the vocabulary, every kind of key, valid as a whole.
import fc from 'fast-check';
import type { Citation } from '../../src/policy/citation.js';
import type { FinalRule, GuardedRule, RetryPolicy, Rules, StatusEntry } from '../../src/policy/rule.js';
import { rfcPolicy } from '../../src/policy/table/index.js';
import { giveUpReasons } from '../../src/policy/reason.js';
import { actionTypes, conditionNames, impacts } from '../../src/policy/vocabulary.js';

const line = fc.stringMatching(/^[^\0\r\n]{1,20}$/);

const cite: fc.Arbitrary<Citation> = fc.oneof(
  fc
    .tuple(fc.integer({ min: 1, max: 9999 }), fc.stringMatching(/^[1-9][0-9.]{0,8}$/))
    .map(([rfc, section]): Citation => `RFC ${rfc} §${section}`),
  fc.constant<Citation>('local'),
  fc.stringMatching(/^[a-z][a-z ,]{0,12}$/).map((why): Citation => `local: ${why}`),
);

const finalRule: fc.Arbitrary<FinalRule> = fc
  .record({
    type: fc.constantFrom(...actionTypes),
    because: fc.constantFrom(...giveUpReasons),
    name: fc.option(line, { nil: undefined }),
    cite,
  })
  .map(({ type, because, name, cite: source }) => ({
    do: type,
    ...(type === 'giveUp' ? { because } : {}),
    ...(type === 'custom' && name !== undefined ? { name } : {}),
    cite: source,
  }));

const guardedRule: fc.Arbitrary<GuardedRule> = fc
  .tuple(fc.uniqueArray(fc.constantFrom(...conditionNames), { minLength: 1, maxLength: 4 }), finalRule)
  .map(([[first = 'fromWire', ...others], rule]) => ({ ...rule, when: [first, ...others] }));

export const arbitraryRules: fc.Arbitrary<Rules> = fc
  .tuple(fc.array(guardedRule, { maxLength: 4 }), finalRule)
  .map(([guarded, last]) => [...guarded, last]);

export const arbitraryEntry: fc.Arbitrary<StatusEntry> = fc.record({
  phrase: line,
  definedIn: cite,
  impact: fc.constantFrom(...impacts),
  rules: arbitraryRules,
});

export const arbitraryKey: fc.Arbitrary<string> = fc.oneof(
  fc.integer({ min: 200, max: 699 }).map(String),
  fc
    .tuple(fc.constantFrom('INVITE', 'REGISTER', 'OPTIONS', 'FROBNICATE'), fc.integer({ min: 200, max: 699 }))
    .map(([method, status]) => `${method} ${status}`),
);

/** The table of the RFCs with other entries in some places, classes among them. */
export const arbitraryPolicy: fc.Arbitrary<RetryPolicy> = fc
  .record({
    name: line,
    entries: fc.dictionary(arbitraryKey, arbitraryEntry, { maxKeys: 6 }),
    failure: arbitraryEntry,
    success: arbitraryEntry,
  })
  .map(({ name, entries, failure, success }) => ({
    name,
    entries: { ...rfcPolicy.entries, ...entries, '4xx': failure, '2xx': success },
  }));
