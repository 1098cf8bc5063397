import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sentenceOf } from '../../src/policy/defect.js';
import { parsePolicy } from '../../src/policy/parse-policy.js';
import { policyToJson } from '../../src/policy/policy-json.js';
import { rfcPolicy } from '../../src/policy/table/index.js';
import { giveUpReasons } from '../../src/policy/reason.js';
import { actionTypes, conditionNames } from '../../src/policy/vocabulary.js';
import { arbitraryPolicy } from './arbitrary-policy.js';

const busy = [{ do: 'giveUp', because: 'busy', cite: 'local' }];
const classes = { '2xx': [{ do: 'accept', cite: 'local' }], '3xx': busy, '4xx': busy, '5xx': busy, '6xx': busy };

const sentences = (value: unknown): readonly string[] => {
  const parsed = parsePolicy(value);
  return parsed.ok ? [] : parsed.defects.map((defect) => sentenceOf(defect));
};

/** The sentences about one entry in an otherwise good policy. */
const about = (entry: unknown): readonly string[] => sentences({ extends: 'rfc', entries: { 486: entry } });
const aboutRule = (rule: unknown): readonly string[] => about([rule]);

describe('parsePolicy', () => {
  describe('reads', () => {
    it('a policy that extends the table of the RFCs, each entry replacing the one with its key', () => {
      const parsed = parsePolicy({
        name: 'mine',
        extends: 'rfc',
        entries: { 486: busy, 'REGISTER 403': busy, 499: busy },
      });
      expect(parsed).toEqual({
        ok: true,
        policy: {
          name: 'mine',
          entries: {
            ...rfcPolicy.entries,
            486: { ...rfcPolicy.entries['486'], rules: busy },
            'REGISTER 403': { ...rfcPolicy.entries['403'], rules: busy },
            499: { ...rfcPolicy.entries['4xx'], rules: busy },
          },
        },
      });
    });

    it('a policy of its own, in which every class has an entry (RFC 3261 §8.1.3.2)', () => {
      const parsed = parsePolicy({ $schema: 'policy.schema.json', entries: classes });
      expect(parsed).toMatchObject({ ok: true, policy: { name: 'unnamed' } });
      expect(parsed.ok && Object.keys(parsed.policy.entries)).toEqual(['2xx', '3xx', '4xx', '5xx', '6xx']);
      expect(parsed.ok && parsed.policy.entries['4xx']).toEqual({ ...rfcPolicy.entries['4xx'], rules: busy });
    });

    it('a name by default after its base', () => {
      expect(parsePolicy({ extends: 'rfc', entries: {} })).toEqual({
        ok: true,
        policy: { name: 'rfc, extended', entries: rfcPolicy.entries },
      });
    });

    it('a whole entry, a rule with conditions, and a custom action with its name', () => {
      const entry = {
        phrase: 'Busy',
        definedIn: 'local: ours',
        impact: 'usage',
        rules: [
          { when: ['isInDialog', 'hasRetryAfter'], do: 'custom', name: 'askDesk', cite: 'local' },
          { do: 'custom', cite: 'RFC 3261 §21.4.24' },
        ],
      };
      const parsed = parsePolicy({ extends: 'rfc', entries: { 486: entry } });
      expect(parsed.ok && parsed.policy.entries['486']).toEqual(entry);
    });

    it('a whole entry under the registered phrase and section', () => {
      const entry = { impact: 'usage', rules: busy };
      const parsed = parsePolicy({ extends: 'rfc', entries: { 486: entry } });
      expect(parsed.ok && parsed.policy.entries['486']).toEqual(entry);
    });

    it('what it wrote itself: the table of the RFCs', () => {
      const json: unknown = JSON.parse(JSON.stringify(policyToJson(rfcPolicy)));
      expect(parsePolicy(json)).toEqual({ ok: true, policy: policyToJson(rfcPolicy) });
    });

    it('what it wrote itself: any policy', () => {
      fc.assert(
        fc.property(arbitraryPolicy, (policy) => {
          const json: unknown = JSON.parse(JSON.stringify(policyToJson(policy)));
          expect(parsePolicy(json)).toEqual({ ok: true, policy: policyToJson(policy) });
        }),
        { numRuns: 200 },
      );
    });
  });

  describe('says in one sentence', () => {
    it.each([
      [undefined, 'the policy is missing; use an object with "entries".'],
      [null, 'the policy is null; use an object with "entries".'],
      ['rfc', 'the policy is "rfc"; use an object with "entries".'],
      [[], 'the policy is []; use an object with "entries".'],
      [{}, 'entries is missing; use an object of entries by key.'],
      [{ extends: 'rfc', entries: [] }, 'entries is []; use an object of entries by key.'],
      [{ extends: 'rcf', entries: {} }, 'extends is "rcf"; use "rfc".'],
      [{ extends: 'rfc', name: '', entries: {} }, 'name is ""; use a name on one line.'],
      [
        { extends: 'rfc', nam: 'x', entries: {} },
        'nam is an unknown key (did you mean "name"?); use one of $schema, name, extends, entries.',
      ],
    ])('that %j is no policy', (value, sentence) => {
      expect(sentences(value)).toEqual([sentence]);
    });

    it('which classes are missing, each for itself', () => {
      const others = { '2xx': classes['2xx'], '4xx': busy, '5xx': busy };
      const allowed = 'use rules for the codes of this class that have no entry of their own, or "extends": "rfc".';
      expect(sentences({ entries: others })).toEqual([
        `entries.3xx is missing; ${allowed}`,
        `entries.6xx is missing; ${allowed}`,
      ]);
      for (const key of ['2xx', '3xx', '4xx', '5xx', '6xx']) {
        const entries = Object.fromEntries(Object.entries(classes).filter(([one]) => one !== key));
        expect(sentences({ entries })).toEqual([`entries.${key} is missing; ${allowed}`]);
        expect(sentences({ entries: { ...classes, [key]: [] } })).toHaveLength(1);
      }
    });

    it('that a key names no final response', () => {
      const allowed =
        'use a status code from 200 to 699 such as "486", a method and a code such as "REGISTER 403", or one of the classes 2xx, 3xx, 4xx, 5xx, 6xx.';
      expect(sentences({ extends: 'rfc', entries: { 700: busy } })).toEqual([
        `entries.700 is an unknown key; ${allowed}`,
      ]);
      expect(sentences({ extends: 'rfc', entries: { 'foo 4xx': busy } })).toEqual([
        `entries["foo 4xx"] is an unknown key; ${allowed}`,
      ]);
      expect(sentences({ extends: 'rfc', entries: { 'register 403': busy } })).toEqual([
        `entries["register 403"] is an unknown key (did you mean "REGISTER 403"?); ${allowed}`,
      ]);
      expect(sentences({ extends: 'rfc', entries: { '180': busy } })).toEqual([
        `entries.180 is an unknown key; ${allowed}`,
      ]);
    });

    it('that a member of the prototype is no key', () => {
      const value: unknown = JSON.parse('{"extends":"rfc","entries":{"__proto__":[],"constructor":[]}}');
      expect(sentences(value).map((sentence) => sentence.split(';')[0])).toEqual([
        'entries.__proto__ is an unknown key',
        'entries.constructor is an unknown key',
      ]);
    });

    it.each([
      [3, 'is 3; use a list of rules, or an object with phrase, definedIn, impact, rules.'],
      [null, 'is null; use a list of rules, or an object with phrase, definedIn, impact, rules.'],
      [[], 'is []; use a list of rules, of which the last has no "when".'],
    ])('that %j is no entry', (entry, sentence) => {
      expect(about(entry)).toEqual([`entries.486 ${sentence}`]);
    });

    it('what a whole entry lacks, and what it does not know', () => {
      expect(about({ phrase: 'a\nb', definedIn: '§1', impact: 'dialogue', rules: busy, impct: 'dialog' })).toEqual([
        'entries.486.impct is an unknown key (did you mean "impact"?); use one of phrase, definedIn, impact, rules.',
        'entries.486.phrase is "a\\nb"; use a reason phrase on one line.',
        'entries.486.definedIn is "§1"; use "RFC 3261 §21.4.17", "local", or "local: " and the reason.',
        'entries.486.impact is "dialogue" (did you mean "dialog"?); use one of transaction, usage, dialog.',
      ]);
      expect(about({})).toEqual([
        'entries.486.impact is missing; use one of transaction, usage, dialog.',
        'entries.486.rules is missing; use a list of rules, of which the last has no "when".',
      ]);
    });

    it('that an entry is refused for a member alone that it does not know', () => {
      const entry = { phrase: 'a', definedIn: 'local', impact: 'usage', rules: busy, note: 'x' };
      expect(about(entry)).toEqual([
        'entries.486.note is an unknown key; use one of phrase, definedIn, impact, rules.',
      ]);
    });

    it('that a rule is none', () => {
      expect(aboutRule('giveUp')).toEqual([
        'entries.486[0] is "giveUp"; use a rule: an object with when, do, because, name, cite.',
      ]);
      expect(aboutRule(undefined)).toEqual([
        'entries.486[0] is missing; use a rule: an object with when, do, because, name, cite.',
      ]);
      expect(about({ phrase: 'a', definedIn: 'local', impact: 'usage', rules: [7] })).toEqual([
        'entries.486.rules[0] is 7; use a rule: an object with when, do, because, name, cite.',
      ]);
    });

    it('that an action is unknown, and which was probably meant', () => {
      expect(aboutRule({ do: 'giveup', cite: 'local' })).toEqual([
        `entries.486[0].do is "giveup" (did you mean "giveUp"?); use one of ${actionTypes.join(', ')}.`,
      ]);
      expect(aboutRule({ cite: 'local' })).toEqual([
        `entries.486[0].do is missing; use one of ${actionTypes.join(', ')}.`,
      ]);
      expect(aboutRule({ do: 'retry', cite: 'local' })).toEqual([
        `entries.486[0].do is "retry"; use one of ${actionTypes.join(', ')}.`,
      ]);
      expect(aboutRule({ do: 'toString', cite: 'local' })).toHaveLength(1);
    });

    it('that a condition is unknown, and which was probably meant', () => {
      const rules = [{ when: ['isInDialog', 'hasRetryAftr'], do: 'wait', cite: 'local' }, ...busy];
      expect(about(rules)).toEqual([
        `entries.486[0].when[1] is "hasRetryAftr" (did you mean "hasRetryAfter"?); use one of ${conditionNames.join(', ')}.`,
      ]);
    });

    it.each([['hasRetryAfter'], [[]], [null], [{}]])('that %j is no list of conditions', (when) => {
      const [sentence = ''] = about([{ when, do: 'wait', cite: 'local' }, ...busy]);
      expect(sentence).toMatch(
        /^entries\.486\[0\]\.when is .*; use a list of conditions such as \["hasRetryAfter"\], or no "when"\.$/,
      );
    });

    it('that a reason is unknown, missing or out of place', () => {
      expect(aboutRule({ do: 'giveUp', because: 'busi', cite: 'local' })).toEqual([
        `entries.486[0].because is "busi" (did you mean "busy"?); use one of ${giveUpReasons.join(', ')}.`,
      ]);
      expect(aboutRule({ do: 'giveUp', cite: 'local' })).toEqual([
        `entries.486[0].because is missing; use one of ${giveUpReasons.join(', ')}.`,
      ]);
      expect(aboutRule({ do: 'wait', because: 'busy', cite: 'local' })).toEqual([
        'entries.486[0].because is "busy"; use it only where "do" is "giveUp".',
      ]);
    });

    it('that a name is empty or out of place', () => {
      expect(aboutRule({ do: 'custom', name: '', cite: 'local' })).toEqual([
        'entries.486[0].name is ""; use the name of an action of your own, on one line.',
      ]);
      expect(aboutRule({ do: 'giveUp', because: 'busy', name: 'x', cite: 'local' })).toEqual([
        'entries.486[0].name is "x"; use it only where "do" is "custom".',
      ]);
    });

    it('nothing about reason and name being out of place where the action itself is unknown', () => {
      expect(aboutRule({ do: 'foo', because: 'busy', name: 'x', cite: 'local' })).toHaveLength(1);
      expect(aboutRule({ do: 'foo', because: 'bsy', name: '', cite: 'local' })).toHaveLength(3);
    });

    it('that a citation is none', () => {
      expect(aboutRule({ do: 'accept', cite: 'RFC3261 21' })).toEqual([
        'entries.486[0].cite is "RFC3261 21"; use "RFC 3261 §21.4.17", "local", or "local: " and the reason.',
      ]);
    });

    it('that a rule has a member that it does not know', () => {
      expect(aboutRule({ do: 'accept', cite: 'local', whn: ['fromWire'] })).toEqual([
        'entries.486[0].whn is an unknown key (did you mean "when"?); use one of when, do, because, name, cite.',
      ]);
    });

    it('that the last rule has conditions', () => {
      expect(aboutRule({ when: ['fromWire'], do: 'accept', cite: 'local' })).toEqual([
        'entries.486[0].when is ["fromWire"]; use no "when" in the last rule, which is taken when no earlier one was.',
      ]);
    });

    it('that a rule before the last has none', () => {
      expect(about([...busy, ...busy])).toEqual([
        'entries.486[0].when is missing; use conditions here or no rule after this one, because without conditions it is always taken.',
      ]);
    });

    it('each of several defects', () => {
      expect(sentences({ name: 1, entries: { 486: [{ do: 'x' }], 700: 1 }, extra: 1 })).toHaveLength(10);
    });
  });

  describe('never throws', () => {
    it('for anything at all', () => {
      fc.assert(
        fc.property(fc.anything({ withBigInt: true, withNullPrototype: true, withSparseArray: true }), (value) => {
          expect(parsePolicy(value).ok).toBe(false);
        }),
        { numRuns: 500 },
      );
    });

    it('for anything in any place of a policy', () => {
      const part = fc.anything({ withBigInt: true, withNullPrototype: true, withSparseArray: true });
      const rule = fc.record({ when: part, do: part, because: part, name: part, cite: part }, { requiredKeys: [] });
      const entry = fc.oneof(part, fc.array(fc.oneof(part, rule)), fc.record({ phrase: part, rules: part }));
      const entries = fc.dictionary(fc.oneof(fc.constantFrom('486', '4xx', 'INVITE 600'), fc.string()), entry, {
        minKeys: 1,
      });
      fc.assert(
        fc.property(entries, (table) => {
          const parsed = parsePolicy({ extends: 'rfc', entries: table });
          expect(parsed.ok || parsed.defects.length > 0).toBe(true);
        }),
        { numRuns: 500 },
      );
    });

    it('for members that are inherited: only those of its own count', () => {
      const rule: unknown = Object.create({ do: 'accept', cite: 'local' });
      expect(aboutRule(rule)).toHaveLength(2);
      expect(sentences(Object.create({ extends: 'rfc', entries: {} }))).toHaveLength(1);
    });

    it('for an object that throws when it is read', () => {
      const trap = {
        get entries(): unknown {
          throw new Error('no');
        },
      };
      expect(sentences(trap)).toEqual(['the policy is an object that cannot be read; use plain JSON.']);
      const { proxy, revoke } = Proxy.revocable({}, {});
      revoke();
      expect(sentences(proxy)).toEqual(['the policy is an object that cannot be read; use plain JSON.']);
    });

    it('for a value a hundred thousand levels deep', () => {
      let deep: unknown = [];
      for (let level = 0; level < 100_000; level += 1) deep = [deep];
      expect(about(deep)).toHaveLength(1);
      expect(sentences(deep)).toHaveLength(1);
    });

    it('and stops after a hundred defects, however many there are', () => {
      const many = Array.from({ length: 200_000 }, () => ({ do: 'x', cite: 'y' }));
      expect(about(many)).toHaveLength(100);
      expect(about([{ when: many, do: 'accept', cite: 'local' }])).toHaveLength(100);
      const keys = Object.fromEntries(many.map((rule, index) => [`a${index}`, rule]));
      expect(about(keys)).toHaveLength(102);
      expect(sentences({ extends: 'rfc', entries: keys })).toHaveLength(100);
      const holes: unknown[] = [];
      holes.length = 2 ** 32 - 1;
      expect(about(holes)).toHaveLength(100);
    });

    it('for a policy that is large and right', () => {
      const rules = [
        ...Array.from({ length: 100_000 }, () => ({ when: ['fromWire'], do: 'wait', cite: 'local' })),
        ...busy,
      ];
      expect(about(rules)).toEqual([]);
    });
  });

  it('keeps nothing of the value it read', () => {
    const value = { extends: 'rfc', entries: { 486: [{ ...busy[0] }] } };
    const parsed = parsePolicy(value);
    const [rule] = value.entries[486];
    if (rule !== undefined) rule.because = 'gone';
    expect(parsed.ok && parsed.policy.entries['486']?.rules).toEqual(busy);
  });
});
