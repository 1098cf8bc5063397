// Chance that can be repeated.
import { describe, expect, it } from 'vitest';
import { seededRandom, seededToken } from '../../src/timing/random.js';

describe('seededRandom', () => {
  it('repeats itself for the same seed', () => {
    const one = seededRandom(42);
    const other = seededRandom(42);
    for (let count = 0; count < 100; count += 1) expect(one()).toBe(other());
  });

  it('differs for seeds that differ in one bit, or in type of writing', () => {
    const first = new Set([0, 1, 2, 3, 'a', 'b', ''].map((seed) => seededRandom(seed)()));
    expect(first.size).toBe(7);
  });

  it('is even: mean, spread and tenths are those of [0, 1)', () => {
    const random = seededRandom('evenness');
    const tenths = new Array<number>(10).fill(0);
    let sum = 0;
    for (let count = 0; count < 100_000; count += 1) {
      const number = random();
      sum += number;
      const tenth = Math.floor(number * 10);
      tenths[tenth] = (tenths[tenth] ?? 0) + 1;
    }
    expect(sum / 100_000).toBeCloseTo(0.5, 2);
    for (const count of tenths) expect(Math.abs(count - 10_000)).toBeLessThan(500);
  });
});

describe('seededToken', () => {
  it('repeats itself for the same seed, in the form of real tokens', () => {
    const one = seededToken('run 1');
    const other = seededToken('run 1');
    const tokens = Array.from({ length: 200 }, () => one());
    expect(tokens).toEqual(Array.from({ length: 200 }, () => other()));
    expect(new Set(tokens).size).toBe(200);
    for (const token of tokens) expect(token).toMatch(/^[0-9a-z]{16}$/);
  });
});
