import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RetryBudget, type RetryBudgetOptions } from '../../src/budget/retry-budget.js';
import { VirtualClock } from '../../src/timing/virtual-clock.js';

function budgetOf(options?: RetryBudgetOptions) {
  const clock = new VirtualClock();
  return { clock, budget: new RetryBudget(clock, options) };
}

function withdrawAll(budget: RetryBudget): number {
  let count = 0;
  while (budget.tryWithdraw()) count += 1;
  return count;
}

function depositTimes(budget: RetryBudget, times: number): void {
  for (let count = 0; count < times; count += 1) budget.deposit();
}

describe('RetryBudget', () => {
  it('has ten a minute where no requests are made, in any minute', () => {
    const { clock, budget } = budgetOf();
    expect(withdrawAll(budget)).toBe(10);
    clock.advance(59_999);
    expect(withdrawAll(budget)).toBe(0);
    clock.advance(1);
    expect(withdrawAll(budget)).toBe(10);
  });

  it('adds one retry for five requests, without rounding any away', () => {
    const { budget } = budgetOf({ minPerMinute: 0 });
    depositTimes(budget, 4);
    expect(budget.tryWithdraw()).toBe(false);
    expect(budget.balance()).toBe(0.8);
    budget.deposit();
    expect(budget.balance()).toBe(1);
    expect(withdrawAll(budget)).toBe(1);
    expect(budget.balance()).toBe(0);
    depositTimes(budget, 100);
    expect(withdrawAll(budget)).toBe(20);
  });

  it.each([0.1, 0.3, 0.7])('is exact at a ratio of %d', (ratio) => {
    const { budget } = budgetOf({ ratio, minPerMinute: 0 });
    depositTimes(budget, 10);
    expect(withdrawAll(budget)).toBe(Math.round(10 * ratio));
  });

  it('lets deposits expire, never later than after ten seconds', () => {
    const { clock, budget } = budgetOf({ minPerMinute: 0 });
    depositTimes(budget, 10);
    clock.advance(5_000);
    depositTimes(budget, 5);
    clock.advance(4_999);
    expect(budget.balance()).toBe(3);
    clock.advance(1);
    expect(budget.balance()).toBe(1);
    clock.advance(5_000);
    expect(budget.balance()).toBe(0);
    expect(budget.tryWithdraw()).toBe(false);
  });

  it('spends what expires first, over several slices of time, and the reserve last', () => {
    const { clock, budget } = budgetOf({ ratio: 0.5, minPerMinute: 1 });
    budget.deposit();
    clock.advance(1_000);
    budget.deposit();
    expect(budget.tryWithdraw()).toBe(true);
    expect(budget.explain()).toEqual({
      balance: 1,
      deposited: 0,
      reserve: 1,
      ratio: 0.5,
      minPerMinute: 1,
      ttlMs: 10_000,
    });
    expect(budget.tryWithdraw()).toBe(true);
    expect(budget.tryWithdraw()).toBe(false);
  });

  it('explains a refusal with numbers', () => {
    const { budget } = budgetOf({ minPerMinute: 0 });
    depositTimes(budget, 3);
    expect(budget.explain()).toMatchObject({ balance: 0.6, deposited: 0.6, reserve: 0, ratio: 0.2, minPerMinute: 0 });
  });

  it.each([
    { ratio: -1 },
    { ratio: NaN },
    { ratio: Infinity },
    { minPerMinute: 0.5 },
    { minPerMinute: -1 },
    { ttlMs: 0 },
  ])('tells the programmer that %j cannot be used', (options) => {
    expect(() => budgetOf(options)).toThrow(expect.objectContaining({ code: 'badOptions' }));
  });

  it('never goes below zero, and never pays out more than it was given', () => {
    const turns = fc.array(
      fc.record({
        wait: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 3_000 }), fc.integer({ min: 0, max: 90_000 })),
        deposits: fc.integer({ min: 0, max: 30 }),
        wanted: fc.integer({ min: 0, max: 30 }),
      }),
      { maxLength: 60 },
    );
    fc.assert(
      fc.property(turns, fc.constantFrom(0, 0.1, 0.2, 0.5, 2), fc.integer({ min: 0, max: 5 }), (list, ratio, least) => {
        const { clock, budget } = budgetOf({ ratio, minPerMinute: least });
        let deposits = 0;
        let withdrawn = 0;
        for (const { wait, deposits: more, wanted } of list) {
          clock.advance(wait);
          depositTimes(budget, more);
          deposits += more;
          for (let count = 0; count < wanted; count += 1) {
            const before = budget.balance();
            const paid = budget.tryWithdraw();
            expect(paid).toBe(before >= 1);
            expect(budget.balance()).toBeCloseTo(paid ? before - 1 : before, 6);
            expect(budget.balance()).toBeGreaterThanOrEqual(0);
            withdrawn += paid ? 1 : 0;
          }
          const minutesBegun = Math.floor(clock.now() / 60_000) + 1;
          expect(withdrawn).toBeLessThanOrEqual(deposits * ratio + least * minutesBegun + 1e-6);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('holds the ratio in the long run when everything fails', () => {
    const { clock, budget } = budgetOf();
    let retries = 0;
    for (let request = 0; request < 100_000; request += 1) {
      budget.deposit();
      retries += budget.tryWithdraw() ? 1 : 0;
      clock.advance(10);
    }
    const minutes = clock.now() / 60_000;
    expect(retries).toBeGreaterThanOrEqual(0.2 * 100_000);
    expect(retries).toBeLessThanOrEqual(0.2 * 100_000 + 10 * (minutes + 1));
  });
});
