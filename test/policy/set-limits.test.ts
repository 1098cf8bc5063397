import { describe, expect, it } from 'vitest';
import { defaultLimits } from '../../src/policy/limits.js';
import { limitDefects, withLimits } from '../../src/policy/set-limits.js';

describe('withLimits', () => {
  it('changes some of the defaults, or of other limits', () => {
    const few = withLimits({ maxAttempts: 3 });
    expect(few).toEqual({ ...defaultLimits, maxAttempts: 3 });
    expect(withLimits({ spread: 0 }, few)).toEqual({ ...few, spread: 0 });
  });

  it('throws for a value that is no usable number, and says what is', () => {
    expect(() => withLimits({ maxAttempts: 0 })).toThrow('limits.maxAttempts is 0; use a whole number from 1.');
  });
});

describe('limitDefects', () => {
  it('finds nothing wrong in the defaults', () => {
    expect(limitDefects({ ...defaultLimits, maxElapsedMs: 0, maxWaitMs: 0, maxStale: 0 })).toEqual([]);
  });

  it.each([
    { maxAttempts: 1.5 },
    { maxAttempts: '8' },
    { maxAttempts: 2 ** 53 },
    { maxRoundsPerRealm: 0 },
    { maxElapsedMs: -1 },
    { maxElapsedMs: NaN },
    { maxElapsedMs: Infinity },
    { minWaitMs: '1' },
    { maxWaitMs: null },
    { maxWaitMs: 'long' },
    { maxWaitMs: { INVITE: 1 } },
    { maxWaitMs: { default: 1, INVITE: '2' } },
    { maxWaitMs: { default: 1, invite: 2 } },
    { spread: 1.1 },
    { spread: -0.1 },
    { spread: '0' },
    { maxIntervalSeconds: 0 },
    { ceilingPerMinute: 0 },
  ])('finds one defect in %j', (limits) => {
    expect(limitDefects(limits).map(({ path }) => path)).toEqual(Object.keys(limits));
  });

  it.each([null, 8, 'many', [8]])('takes no %j for limits', (value) => {
    expect(limitDefects(value)).toMatchObject([{ path: '', allowed: 'an object of limits' }]);
  });

  it('knows no other names', () => {
    const [tries, method] = limitDefects({ maxTries: 3, toString: 1 });
    expect([tries?.path, method?.path]).toEqual(['maxTries', 'toString']);
    expect(tries?.allowed).toMatch(/^one of maxAttempts, .*ceilingPerMinute$/);
  });
});
