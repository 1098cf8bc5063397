import { describe, expect, it } from 'vitest';
import { decide } from '../../src/policy/decide.js';
import { extendPolicy, type Overrides } from '../../src/policy/extend-policy.js';
import { factsOf } from '../../src/policy/facts-of.js';
import type { RetryPolicy } from '../../src/policy/rule.js';
import { rfcPolicy } from '../../src/policy/table/index.js';
import { SipRetryError } from '../../src/sip/sip-retry-error.js';

const invite = {
  method: 'INVITE',
  uri: 'sip:bob@example.com',
  headers: [
    ['From', '<sip:alice@example.com>;tag=1'],
    ['To', '<sip:bob@example.com>'],
    ['CSeq', '1 INVITE'],
  ],
  body: '',
} as const;

const facts = (status: number, method = 'INVITE') =>
  factsOf({ ...invite, method }, { status, reason: '', headers: [['Retry-After', '10']], body: '' });

/** As a program without types may call it. */
const extendUntyped = (overrides: unknown, options?: unknown): unknown =>
  Reflect.apply(extendPolicy, undefined, [rfcPolicy, overrides, options]);

const complaint = (overrides: unknown, options?: unknown): string => {
  try {
    extendUntyped(overrides, options);
  } catch (error) {
    if (error instanceof SipRetryError && error.code === 'badPolicy') return error.message;
  }
  return 'nothing';
};

const busy = [{ do: 'giveUp', because: 'busy', cite: 'local' }] as const;
const forbidden = [
  { when: ['hasRetryAfter'], do: 'wait', cite: 'local' },
  { do: 'giveUp', because: 'forbidden', cite: 'local' },
] as const;

describe('extendPolicy', () => {
  it('replaces the entry of a code: a reader of one entry sees all of it', () => {
    const policy = extendPolicy(rfcPolicy, { 486: [{ do: 'giveUp', because: 'busy', cite: 'local' }] });
    expect(policy.entries['486']?.rules).toEqual(busy);
    expect(decide(policy, facts(486))).toMatchObject({ action: { type: 'giveUp', reason: 'busy' }, rule: '486#1' });
    expect(decide(rfcPolicy, facts(486))).toMatchObject({ action: { type: 'wait' } });
  });

  it('leaves every other entry as it is, the method entries of the code among them', () => {
    const { entries } = extendPolicy(rfcPolicy, { 486: busy });
    const others = Object.entries(rfcPolicy.entries).filter(([key]) => key !== '486');
    expect(Object.entries(entries).filter(([key]) => key !== '486')).toEqual(others);
    expect(entries['OPTIONS 486']).toBe(rfcPolicy.entries['OPTIONS 486']);
  });

  it('takes an entry for one method, which speaks for no other', () => {
    const policy = extendPolicy(rfcPolicy, { 'REGISTER 403': forbidden });
    expect(decide(policy, facts(403, 'REGISTER')).rule).toBe('REGISTER 403#1');
    expect(decide(policy, facts(403)).rule).toBe(decide(rfcPolicy, facts(403)).rule);
  });

  it('takes an entry for a class, which speaks for the codes that have none', () => {
    const policy = extendPolicy(rfcPolicy, { '4xx': forbidden });
    expect(decide(policy, facts(499))).toMatchObject({ rule: '4xx#1', treatedAs: 400 });
    expect(decide(policy, facts(400)).rule).toBe(decide(rfcPolicy, facts(400)).rule);
  });

  it('gives a list of rules the phrase, source and impact of the entry that spoke for its code before', () => {
    const { entries } = extendPolicy(rfcPolicy, {
      404: busy,
      'REGISTER 404': busy,
      'OPTIONS 486': busy,
      499: busy,
      '5xx': busy,
    });
    expect(entries['404']).toEqual({ impact: 'dialog', rules: busy });
    expect(entries['REGISTER 404']).toEqual({ impact: 'dialog', rules: busy });
    expect(entries['OPTIONS 486']).toEqual({ definedIn: 'RFC 3261 §11.2', impact: 'transaction', rules: busy });
    expect(entries['499']).toEqual({ impact: 'transaction', rules: busy });
    expect(entries['5xx']).toEqual({ impact: 'transaction', rules: busy });
    const named = { phrase: 'Full', definedIn: 'local', impact: 'usage', rules: busy } as const;
    const renamed = extendPolicy(rfcPolicy, { 486: named });
    expect(extendPolicy(renamed, { 'REGISTER 486': forbidden }).entries['REGISTER 486']).toEqual({
      ...named,
      rules: forbidden,
    });
  });

  it('takes a whole entry', () => {
    const entry = { phrase: 'Enhance Your Calm', definedIn: 'local: ours', impact: 'usage', rules: forbidden } as const;
    expect(extendPolicy(rfcPolicy, { 420: entry }).entries['420']).toEqual(entry);
  });

  it('never changes its base, and keeps nothing of what it was given', () => {
    const before = structuredClone(rfcPolicy);
    const rule = { do: 'giveUp' as const, because: 'busy' as 'busy' | 'gone', cite: 'local' as const };
    const policy = extendPolicy(rfcPolicy, { 486: [rule] });
    rule.because = 'gone';
    expect(policy.entries['486']?.rules).toEqual(busy);
    expect(rfcPolicy).toEqual(before);
  });

  it('ignores an override that is undefined', () => {
    const none: Overrides = { 486: undefined };
    expect(extendPolicy(rfcPolicy, none).entries).toEqual(rfcPolicy.entries);
  });

  it('has a name after its base, or the one given', () => {
    const extended = extendPolicy(rfcPolicy, {});
    expect(extended.name).toBe('rfc, extended');
    expect(extendPolicy(extended, {}).name).toBe('rfc, extended');
    expect(extendPolicy(rfcPolicy, {}, { name: 'mine' }).name).toBe('mine');
  });

  it('gives another meaning to a condition, wherever the policy is used', () => {
    const policy = extendPolicy(rfcPolicy, {}, { conditions: { hasRetryAfter: () => false } });
    expect(decide(policy, facts(486)).action).toMatchObject({ type: 'giveUp', reason: 'busy' });
    expect(rfcPolicy.conditions).toBeUndefined();
  });

  it('keeps the meanings that its base gave', () => {
    const first = extendPolicy(rfcPolicy, {}, { conditions: { hasRetryAfter: () => false, fromWire: () => true } });
    const second = extendPolicy(first, {}, { conditions: { fromWire: () => false } });
    expect(second.conditions?.hasRetryAfter).toBe(first.conditions?.hasRetryAfter);
    expect(second.conditions?.fromWire).not.toBe(first.conditions?.fromWire);
    expect(Object.keys(extendPolicy(rfcPolicy, {}))).toEqual(['name', 'entries']);
  });

  describe('refuses, with a sentence,', () => {
    it('a key that names no final response', () => {
      const allowed =
        'use a status code from 200 to 699 such as "486", a method and a code such as "REGISTER 403", or one of the classes 2xx, 3xx, 4xx, 5xx, 6xx.';
      expect(complaint({ 700: busy })).toBe(`overrides.700 is an unknown key; ${allowed}`);
      expect(complaint({ 'foo 4xx': busy })).toBe(`overrides["foo 4xx"] is an unknown key; ${allowed}`);
    });

    it('an unknown action, condition or reason', () => {
      expect(complaint({ 486: [{ do: 'giveup', cite: 'local' }] })).toMatch(
        /^overrides\.486\[0\]\.do is "giveup" \(did you mean "giveUp"\?\); use one of authenticate, .*custom\.$/,
      );
      expect(complaint({ 486: [{ when: ['hasRetryAftr'], do: 'wait', cite: 'local' }, ...busy] })).toMatch(
        /^overrides\.486\[0\]\.when\[0\] is "hasRetryAftr" \(did you mean "hasRetryAfter"\?\); use one of /,
      );
    });

    it('a missing last row', () => {
      expect(complaint({ 486: [{ when: ['hasRetryAfter'], do: 'wait', cite: 'local' }] })).toBe(
        'overrides.486[0].when is ["hasRetryAfter"]; use no "when" in the last rule, which is taken when no earlier one was.',
      );
      expect(complaint({ 486: [] })).toBe('overrides.486 is []; use a list of rules, of which the last has no "when".');
    });

    it('the first of several mistakes, saying how many there are', () => {
      expect(complaint({ 486: [], 487: [], 488: [] })).toMatch(
        /^overrides\.486 is \[\]; use .*\. \(2 more after it\)$/,
      );
    });

    it.each([
      [undefined, 'missing'],
      [null, 'null'],
      [[], '[]'],
    ])('overrides that are %j', (overrides, found) => {
      expect(complaint(overrides)).toBe(`overrides is ${found}; use an object of entries by key.`);
    });

    it('a name that is none', () => {
      expect(complaint({}, { name: '' })).toBe('options.name is ""; use a name on one line.');
    });

    it('a condition that is unknown, or no function', () => {
      expect(complaint({}, { conditions: { hasRetryAftr: () => true } })).toMatch(
        /^options\.conditions\.hasRetryAftr is an unknown key \(did you mean "hasRetryAfter"\?\); use one of endsUsage, /,
      );
      expect(complaint({}, { conditions: { hasRetryAfter: true } })).toBe(
        'options.conditions.hasRetryAfter is true; use a function from facts to true or false.',
      );
      expect(complaint({}, { conditions: [] })).toBe(
        'options.conditions is []; use an object of functions by condition.',
      );
    });
  });

  it('does not compile without a last row that has no conditions', () => {
    const mistakes: readonly (() => RetryPolicy)[] = [
      // @ts-expect-error the only rule has conditions
      () => extendPolicy(rfcPolicy, { 486: [{ when: ['hasRetryAfter'], do: 'wait', cite: 'local' }] }),
      // @ts-expect-error there are no rules
      () => extendPolicy(rfcPolicy, { 486: [] }),
      // @ts-expect-error a key that is none
      () => extendPolicy(rfcPolicy, { foo: [{ do: 'accept', cite: 'local' }] }),
      // @ts-expect-error an unknown action
      () => extendPolicy(rfcPolicy, { 486: [{ do: 'giveup', cite: 'local' }] }),
      // @ts-expect-error an unknown condition
      () => extendPolicy(rfcPolicy, { 486: [{ when: ['x'], do: 'wait', cite: 'local' }, ...busy] }),
      // @ts-expect-error a citation that is none
      () => extendPolicy(rfcPolicy, { 486: [{ do: 'accept', cite: 'somewhere' }] }),
    ];
    for (const mistake of mistakes) expect(mistake).toThrow(SipRetryError);
  });
});
