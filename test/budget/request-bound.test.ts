import { describe, expect, it } from 'vitest';
import { requestBound } from '../../src/budget/request-bound.js';
import { defaultLimits } from '../../src/policy/limits.js';

const T1 = 500;
const T2 = 4_000;

/** When timer E (or, without a cap, timer A) sends again, until 64·T1. */
function transmissions(cap: number): readonly number[] {
  const moments = [0];
  for (let wait = T1, at = T1; at < 64 * T1; wait = Math.min(2 * wait, cap), at += wait) moments.push(at);
  return moments;
}

describe('requestBound', () => {
  it('is the ceiling, and 11 datagrams for each transaction (RFC 3261 §17.1.2.2)', () => {
    expect(transmissions(T2)).toHaveLength(11);
    expect(transmissions(Infinity)).toHaveLength(7);
    expect(requestBound(defaultLimits)).toEqual({ transactionsPerMinute: 30, datagramsPerMinute: 330 });
    expect(requestBound({ ceilingPerMinute: 2 })).toEqual({ transactionsPerMinute: 2, datagramsPerMinute: 22 });
  });

  it('holds for datagrams wherever the minute begins', () => {
    const starts = [0, 0, 59_999, 60_000, 60_000, 119_999];
    const inAnyMinute = starts.filter((start) => starts.filter((at) => at >= start && at < start + 60_000).length > 3);
    expect(inAnyMinute).toEqual([]);
    const sent = starts.flatMap((start) => transmissions(T2).map((offset) => start + offset));
    const most = Math.max(...sent.map((from) => sent.filter((at) => at >= from && at < from + 60_000).length));
    expect(most).toBe(requestBound({ ceilingPerMinute: 3 }).datagramsPerMinute);
  });
});
