import { describe, expect, it } from 'vitest';
import { timerWaits, withTimerValues } from '../../machines/client-transaction-timers.js';

describe('the timers of client transactions', () => {
  it('are those of RFC 3261, Table 4, and timer M of RFC 6026', () => {
    expect(timerWaits(withTimerValues(), false)).toEqual({
      A: 500,
      B: 32_000,
      D: 32_000,
      M: 32_000,
      E: 500,
      F: 32_000,
      K: 5_000,
    });
  });

  it('do not wait for retransmissions on a reliable transport (RFC 3261 §17.1.1.2, §17.1.2.2)', () => {
    expect(timerWaits(withTimerValues(), true)).toEqual({ A: 0, B: 32_000, D: 0, M: 32_000, E: 0, F: 32_000, K: 0 });
  });

  it('scale with T1, but timer D stays at 32 seconds or more (RFC 6026 §8.4)', () => {
    const slow = timerWaits(withTimerValues({ t1: 1_000, t4: 7_000, timerD: 64_000 }), false);
    expect(slow).toEqual({ A: 1_000, B: 64_000, D: 64_000, M: 64_000, E: 1_000, F: 64_000, K: 7_000 });
    expect(timerWaits(withTimerValues({ t1: 100 }), false).D).toBe(32_000);
  });

  it.each([{ t1: 0 }, { t2: -1 }, { t4: Number.NaN }, { timerD: Infinity }])('refuses %j', (changes) => {
    expect(() => withTimerValues(changes)).toThrow(
      expect.objectContaining({ code: 'badOptions', message: expect.stringContaining('positive number') as unknown }),
    );
  });

  it('refuses a timer D below 32 seconds (RFC 6026 §8.4)', () => {
    expect(() => withTimerValues({ timerD: 31_999 })).toThrow(/RFC 6026/);
  });
});
