// The discrete-event clock: chained timers fire at their own deadlines.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { VirtualClock } from '../../src/timing/virtual-clock.js';

describe('VirtualClock', () => {
  it('fires chained timers at their own deadlines, not at the end of the advance', () => {
    const clock = new VirtualClock();
    const fired: number[] = [];
    const again = (): void => {
      fired.push(clock.now());
      clock.at(clock.now() + 10, again);
    };
    clock.at(10, again);
    clock.advance(35);
    expect(fired).toEqual([10, 20, 30]);
    expect(clock.now()).toBe(35);
  });

  it('fires what is due at the same moment in order of arming', () => {
    const clock = new VirtualClock();
    const fired: string[] = [];
    clock.at(5, () => fired.push('first'));
    clock.at(5, () => fired.push('second'));
    clock.at(4, () => clock.at(5, () => fired.push('third')));
    clock.advance(5);
    expect(fired).toEqual(['first', 'second', 'third']);
  });

  it('moves the date along with the monotonic time', () => {
    const clock = new VirtualClock({ now: 500, date: 1_000_000 });
    expect([clock.now(), clock.date()]).toEqual([500, 1_000_000]);
    clock.advance(250);
    expect([clock.now(), clock.date()]).toEqual([750, 1_000_250]);
    expect(new Date(new VirtualClock().date()).toISOString()).toBe('2000-01-01T00:00:00.000Z');
  });

  it('calls for a moment that has passed now, without going back in time', () => {
    const clock = new VirtualClock({ now: 100 });
    const fired: number[] = [];
    clock.at(40, () => fired.push(clock.now()));
    expect(fired).toEqual([]);
    clock.advance(0);
    expect(fired).toEqual([100]);
  });

  it('jumps to the next deadline with runNext, and says when there is none', () => {
    const clock = new VirtualClock();
    const fired: number[] = [];
    clock.at(86_400_000 * 365, () => fired.push(clock.now()));
    expect(clock.nextMoment()).toBe(86_400_000 * 365);
    expect(clock.runNext()).toBe(true);
    expect(fired).toEqual([86_400_000 * 365]);
    expect(clock.runNext()).toBe(false);
    expect(clock.nextMoment()).toBeUndefined();
  });

  it('stops runAll at the limit, so that a loop in the code under test ends', () => {
    const clock = new VirtualClock();
    const again = (): void => {
      clock.at(clock.now(), again);
    };
    clock.at(0, again);
    expect(clock.runAll(1000)).toBe(1000);
    expect(clock.pending).toBe(1);
    const finite = new VirtualClock();
    finite.at(1, () => undefined);
    expect(finite.runAll(1000)).toBe(1);
  });

  it('forgets what is cancelled, also when it is cancelled by a call of the same moment', () => {
    const clock = new VirtualClock();
    const fired: string[] = [];
    const cancelled = clock.at(5, () => fired.push('cancelled'));
    clock.at(1, () => cancelled());
    const cancelLater: (() => void)[] = [];
    clock.at(7, () => cancelLater.forEach((cancel) => cancel()));
    cancelLater.push(clock.at(7, () => fired.push('cancelled at the same moment')));
    clock.advance(10);
    cancelled();
    expect(fired).toEqual([]);
    expect(clock.pending).toBe(0);
  });

  it('never calls for Infinity and refuses NaN', () => {
    const clock = new VirtualClock();
    const cancel = clock.at(Infinity, () => expect.unreachable());
    expect(clock.pending).toBe(0);
    cancel();
    expect(() => clock.at(NaN, () => undefined)).toThrow(expect.objectContaining({ code: 'badOptions' }));
    expect(() => clock.advance(NaN)).toThrow(expect.objectContaining({ code: 'badOptions' }));
  });

  it('may be advanced from within a call; time only ever grows', () => {
    const clock = new VirtualClock();
    const fired: number[] = [];
    clock.at(10, () => clock.advance(100));
    clock.at(50, () => fired.push(clock.now()));
    clock.advance(20);
    expect(fired).toEqual([50]);
    expect(clock.now()).toBe(110);
  });

  it('keeps every deadline exactly, in any pattern of timers and advances', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(1000), { maxLength: 40 }),
        fc.array(fc.nat(300), { maxLength: 20 }),
        (moments, steps) => {
          const clock = new VirtualClock();
          const fired: [number, number][] = [];
          for (const moment of moments) clock.at(moment, () => fired.push([moment, clock.now()]));
          for (const step of [...steps, 0]) clock.advance(step);
          for (const [moment, at] of fired) expect(at).toBe(moment);
          expect(fired.map(([moment]) => moment)).toEqual(
            moments.filter((moment) => moment <= clock.now()).sort((a, b) => a - b),
          );
        },
      ),
    );
  });
});
