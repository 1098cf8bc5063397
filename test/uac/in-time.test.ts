// An answer within its time, and what stands for it after that.
import { describe, expect, it } from 'vitest';
import { VirtualClock } from '../../src/timing/virtual-clock.js';
import { inTime } from '../../src/uac/in-time.js';
import { later } from './running.js';

describe('an answer that is waited for', () => {
  it('is taken when it comes in time, and the clock is not awaited any more', async () => {
    const clock = new VirtualClock();
    expect(await inTime(Promise.resolve('given'), 5_000, 'none', clock)).toBe('given');
    expect(clock.pending).toBe(0);
  });

  it('is replaced when its time is over, not earlier', async () => {
    const clock = new VirtualClock();
    let got: string | undefined;
    void inTime(new Promise<string>(() => undefined), 5_000, 'none', clock).then((answer) => (got = answer));
    clock.advance(4_999);
    await later();
    expect(got).toBeUndefined();
    clock.advance(1);
    await later();
    expect(got).toBe('none');
  });

  it('fails as it failed, and the clock is not awaited any more', async () => {
    const clock = new VirtualClock();
    await expect(inTime(Promise.reject(new Error('no')), 5_000, 'none', clock)).rejects.toThrow('no');
    expect(clock.pending).toBe(0);
  });
});
