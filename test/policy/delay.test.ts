import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { notBeforeOf, planWait, retryAfterTooLong } from '../../src/policy/delay.js';
import { denialOf } from '../../src/policy/denial.js';
import { type FactsOverrides, factsWith } from './arbitrary-facts.js';

const delay = (overrides: FactsOverrides) => planWait(factsWith(overrides)).delayMs;
const retryAfter = (seconds: number, durationSeconds?: number) => ({
  retryAfter: { seconds, ...(durationSeconds === undefined ? {} : { durationSeconds }) },
});
const latest = 0.999_999_999;

describe('planWait after Retry-After', () => {
  it('adds a spread of a tenth, never taking anything away (RFC 3261 §20.33)', () => {
    expect(delay({ status: 503, random: 0, response: retryAfter(60) })).toBe(60_000);
    expect(delay({ status: 503, random: latest, response: retryAfter(60) })).toBe(66_000);
  });

  it('spreads over half a minute at most', () => {
    expect(delay({ status: 503, random: latest, response: retryAfter(3_000), request: { method: 'REGISTER' } })).toBe(
      3_030_000,
    );
  });

  it('spreads over no more than the duration that the called party is there (RFC 3261 §20.33)', () => {
    expect(delay({ status: 486, random: latest, response: retryAfter(60, 2) })).toBe(62_000);
    expect(delay({ status: 486, random: latest, response: retryAfter(60, 0) })).toBe(60_000);
  });

  it('does not spread beyond the longest wait, nor shorten a wait to it', () => {
    expect(delay({ status: 503, random: latest, response: retryAfter(299) })).toBe(300_000);
    expect(delay({ status: 503, random: latest, response: retryAfter(301) })).toBe(301_000);
  });

  it('waits a second where less is asked for (RFC 5626 §4.2.1)', () => {
    expect(delay({ status: 503, random: 0, response: retryAfter(0) })).toBe(1_000);
  });

  it('rounds up', () => {
    expect(delay({ status: 503, random: 0.000_1, response: retryAfter(60) })).toBe(60_001);
  });

  it('keeps whole numbers for a wait of ages', () => {
    const ages = delay({ status: 503, random: latest, response: retryAfter(9_007_199_254_740) });
    expect(ages).toBe(9_007_199_254_740_000);
  });

  it('is the basis where the code is one that Retry-After belongs to, or the row asks for it (RFC 3261 Table 3)', () => {
    const answer = { response: retryAfter(60) };
    expect(planWait(factsWith({ status: 486, ...answer })).basis).toBe('retryAfter');
    expect(planWait(factsWith({ status: 599, ...answer })).basis).toBe('backoff');
    expect(planWait(factsWith({ status: 599, ...answer }), ['hasRetryAfter']).basis).toBe('retryAfter');
    expect(planWait(factsWith({ status: 486 }), ['hasRetryAfter']).basis).toBe('backoff');
  });
});

describe('planWait for glare', () => {
  const glare = { status: 491, request: { inDialog: true } } as const;

  it.each([
    [true, 2_100, 4_000],
    [false, 0, 2_000],
    [undefined, 0, 4_000],
  ])('waits, Call-ID of our own: %s, from %i to %i in steps of 10 (RFC 3261 §14.1)', (ownsCallId, least, most) => {
    const client = ownsCallId === undefined ? {} : { ownsCallId };
    expect(delay({ ...glare, client, random: 0 })).toBe(least);
    expect(delay({ ...glare, client, random: latest })).toBe(most);
    expect(delay({ ...glare, client, random: 0.123_456 }) % 10).toBe(0);
  });

  it('is no glare outside a dialog', () => {
    expect(planWait(factsWith({ status: 491 })).basis).toBe('backoff');
  });
});

describe('planWait without any time', () => {
  it.each([
    ['REGISTER', 0, 30_000, 60_000],
    ['REGISTER', 1, 60_000, 120_000],
    ['REGISTER', 5, 900_000, 1_800_000],
    ['REGISTER', 5_000, 900_000, 1_800_000],
    ['OPTIONS', 0, 2_000, 4_000],
    ['OPTIONS', 1, 4_000, 8_000],
    ['OPTIONS', 3, 16_000, 32_000],
    ['OPTIONS', 9, 16_000, 32_000],
  ])(
    'backs off a %s after %i waits from %i to %i (RFC 5626 §4.5, RFC 3261 §21.5.1)',
    (method, backoff, least, most) => {
      const facts = { status: 503, request: { method }, history: { waits: { backoff } } };
      expect(delay({ ...facts, random: 0 })).toBe(least);
      expect(delay({ ...facts, random: latest })).toBe(most);
    },
  );

  it('jumps with the CSeq number where the row says that it may be low (RFC 3261 §12.2.2)', () => {
    const facts = factsWith({ status: 500, request: { inDialog: true, cseq: 7 } });
    expect(planWait(facts, ['cseqMayBeLow']).nextCSeq).toBe(1_007);
    expect(planWait(facts, ['isRepeatable'])).not.toHaveProperty('nextCSeq');
  });

  it.each([2 ** 31 - 1_000, 2 ** 31 - 1, 2 ** 32 - 1])('does not jump from %i (RFC 3261 §8.1.1.5)', (cseq) => {
    expect(planWait(factsWith({ request: { cseq } }), ['cseqMayBeLow'])).not.toHaveProperty('nextCSeq');
  });
});

describe('planWait: whose request it is then', () => {
  it.each([
    [486, 'INVITE', 'fresh'],
    [480, 'MESSAGE', 'fresh'],
    [404, 'REFER', 'fresh'],
    [600, 'INVITE', 'fresh'],
    [699, 'INVITE', 'fresh'],
    [480, 'SUBSCRIBE', 'retry'],
    [503, 'INVITE', 'retry'],
    [413, 'INVITE', 'retry'],
  ])('after %i a %s is a %s one (RFC 3261 §8.1.1.4)', (status, method, reorigination) => {
    expect(planWait(factsWith({ status, request: { method } })).reorigination).toBe(reorigination);
  });

  it('keeps the Call-ID inside a dialog, and where the application wants it', () => {
    expect(planWait(factsWith({ status: 480, request: { inDialog: true } })).reorigination).toBe('retry');
    expect(planWait(factsWith({ status: 486, client: { redial: 'sameCallId' } })).reorigination).toBe('retry');
    expect(planWait(factsWith({ status: 486, client: { redial: true } })).reorigination).toBe('fresh');
  });
});

describe('notBeforeOf', () => {
  it('is what the server said, without floor and spread', () => {
    expect(notBeforeOf(factsWith({ response: retryAfter(0) }))).toBe(0);
    expect(notBeforeOf(factsWith())).toBeUndefined();
  });
});

describe('retryAfterTooLong', () => {
  const tooLong = (overrides: FactsOverrides) => retryAfterTooLong(factsWith({ status: 503, ...overrides }));

  it('compares Retry-After with the longest wait for the method (RFC 3261 §20.33)', () => {
    expect(tooLong({ response: retryAfter(300), random: latest })).toBe(false);
    expect(tooLong({ response: retryAfter(301), random: 0 })).toBe(true);
    expect(tooLong({ response: retryAfter(301), request: { method: 'REGISTER' } })).toBe(false);
  });

  it('counts the wait into the time for all attempts, where there is such a limit', () => {
    const limits = { maxElapsedMs: 70_000 };
    expect(tooLong({ response: retryAfter(60), random: 0, limits, elapsedMs: 10_000 })).toBe(false);
    expect(tooLong({ response: retryAfter(60), random: 0, limits, elapsedMs: 10_001 })).toBe(true);
  });

  it('holds for no response without Retry-After', () => {
    expect(tooLong({ limits: { maxWaitMs: 0, maxElapsedMs: 0 }, elapsedMs: 1 })).toBe(false);
  });

  it('holds exactly where the wait for Retry-After would be denied by time', () => {
    const number = (max: number) => fc.oneof(fc.nat({ max: 20 }), fc.nat({ max }));
    fc.assert(
      fc.property(
        fc.record({
          seconds: number(5_000),
          maxWait: number(5_000),
          maxElapsed: number(9_000),
          elapsed: number(9_000),
        }),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        ({ seconds, maxWait, maxElapsed, elapsed }, random) => {
          const facts = factsWith({
            status: 500,
            random,
            response: retryAfter(seconds),
            limits: { maxWaitMs: maxWait * 1_000, maxElapsedMs: maxElapsed * 1_000 },
            elapsedMs: elapsed * 1_000,
          });
          const denial = denialOf(planWait(facts, ['hasRetryAfter']), facts);
          expect(retryAfterTooLong(facts)).toBe(denial !== undefined);
        },
      ),
    );
  });
});
