import { describe, expect, it } from 'vitest';
import { VirtualClock } from '../../src/timing/virtual-clock.js';
import { NamedTimers } from '../../src/transaction/named-timers.js';

describe('NamedTimers', () => {
  const timed = () => {
    const clock = new VirtualClock({ now: 1_000 });
    const fired: string[] = [];
    const timers = new NamedTimers<'A' | 'B'>(clock, (name) => fired.push(`${clock.now()} ${name}`));
    return { clock, fired, timers };
  };

  it('fires each name once, after its milliseconds', () => {
    const { clock, fired, timers } = timed();
    timers.start('B', 300);
    timers.start('A', 200);
    clock.advance(1_000);
    expect([fired, clock.pending]).toEqual([['1200 A', '1300 B'], 0]);
  });

  it('waits for a name at most once: what is started again begins anew', () => {
    const { clock, fired, timers } = timed();
    timers.start('A', 200);
    clock.advance(100);
    timers.start('A', 200);
    expect(clock.pending).toBe(1);
    clock.advance(1_000);
    expect(fired).toEqual(['1300 A']);
  });

  it('stops a name that waits, and minds none that does not', () => {
    const { clock, fired, timers } = timed();
    timers.stop('A');
    timers.start('A', 200);
    timers.stop('A');
    timers.stop('A');
    clock.advance(1_000);
    expect([fired, clock.pending]).toEqual([[], 0]);
  });
});
