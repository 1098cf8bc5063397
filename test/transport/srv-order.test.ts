import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../src/timing/random.js';
import { orderSrvRecords, type SrvRecord } from '../../src/transport/srv-order.js';

const record = (target: string, priority: number, weight: number): SrvRecord => ({
  target,
  priority,
  weight,
  port: 5060,
});

describe('orderSrvRecords', () => {
  it('tries lower priorities first (RFC 2782)', () => {
    const records = [record('c', 20, 100), record('a', 0, 0), record('b', 10, 0)];
    expect(orderSrvRecords(records, () => 0.99).map(({ target }) => target)).toEqual(['a', 'b', 'c']);
  });

  it('puts a record first as often as its weight says (RFC 2782)', () => {
    const random = seededRandom('weights');
    const records = [record('one', 0, 10), record('two', 0, 30), record('three', 0, 60)];
    const first = new Map<string, number>();
    for (let i = 0; i < 20_000; i += 1) {
      const [chosen] = orderSrvRecords(records, random);
      first.set(chosen!.target, (first.get(chosen!.target) ?? 0) + 1);
    }
    // Of 101 numbers, 0 to 100, the first record in the list has one more than its weight.
    expect(first.get('one')! / 20_000).toBeCloseTo(11 / 101, 1);
    expect(Math.abs(first.get('two')! / 20_000 - 30 / 101)).toBeLessThan(0.015);
    expect(Math.abs(first.get('three')! / 20_000 - 60 / 101)).toBeLessThan(0.015);
  });

  it('gives weight 0 "a very small chance of being selected" before the others (RFC 2782)', () => {
    const random = seededRandom('zero');
    let zeroFirst = 0;
    for (let i = 0; i < 20_000; i += 1) {
      const [chosen] = orderSrvRecords([record('heavy', 0, 99), record('zero', 0, 0)], random);
      if (chosen!.target === 'zero') zeroFirst += 1;
    }
    expect(zeroFirst).toBeGreaterThan(0);
    expect(zeroFirst / 20_000).toBeLessThan(0.02);
  });

  it('loses and doubles nothing, whatever chance says', () => {
    const records = fc.array(fc.tuple(fc.nat(3), fc.nat(65_535)), { maxLength: 20 });
    fc.assert(
      fc.property(records, fc.string(), (parts, seed) => {
        const list = parts.map(([priority, weight], index) => record(String(index), priority, weight));
        const ordered = orderSrvRecords(list, seededRandom(seed));
        expect([...ordered].sort(byTarget)).toEqual([...list].sort(byTarget));
        const priorities = ordered.map(({ priority }) => priority);
        expect(priorities).toEqual([...priorities].sort((a, b) => a - b));
      }),
    );
  });
});

function byTarget(a: SrvRecord, b: SrvRecord): number {
  return Number(a.target) - Number(b.target);
}
