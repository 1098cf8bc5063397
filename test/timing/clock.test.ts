// The system's clock: never early, long waits chained, NaN refused.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LONGEST_TIMEOUT_MS, systemClock } from '../../src/timing/clock.js';

describe('systemClock', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] });
  });
  afterEach(() => {
    vi.unstubAllGlobals();
    vi.useRealTimers();
  });

  it('reads the monotonic clock and the date', () => {
    vi.setSystemTime(1_700_000_000_000);
    const clock = systemClock();
    const before = clock.now();
    vi.advanceTimersByTime(250);
    expect(clock.now() - before).toBe(250);
    expect(clock.date()).toBe(1_700_000_000_250);
  });

  it('calls once, when the moment has come', () => {
    const clock = systemClock();
    const fn = vi.fn();
    clock.at(clock.now() + 100, fn);
    vi.advanceTimersByTime(99);
    expect(fn).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(fn).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(10_000);
    expect(fn).toHaveBeenCalledTimes(1);
  });

  it('waits longer than setTimeout can: 2^31 ms do not fire at once', () => {
    const clock = systemClock();
    const fn = vi.fn();
    const sixtyDays = 60 * 86_400_000;
    clock.at(clock.now() + sixtyDays, fn);
    vi.advanceTimersByTime(LONGEST_TIMEOUT_MS + 1);
    expect(fn).not.toHaveBeenCalled();
    vi.advanceTimersByTime(sixtyDays - LONGEST_TIMEOUT_MS - 2);
    expect(fn).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(fn).toHaveBeenCalledTimes(1);
  });

  it('arms anew when the timer fires before the clock has reached the moment', () => {
    let now = 0;
    vi.stubGlobal('performance', { now: () => now });
    const fn = vi.fn();
    systemClock().at(100.4, fn);
    now = 100.3;
    vi.advanceTimersByTime(101);
    expect(fn).not.toHaveBeenCalled();
    now = 100.4;
    vi.advanceTimersByTime(1);
    expect(fn).toHaveBeenCalledTimes(1);
  });

  it('calls for a moment that has passed as soon as possible, but not from within at()', () => {
    const clock = systemClock();
    const fn = vi.fn();
    clock.at(-Infinity, fn);
    expect(fn).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(fn).toHaveBeenCalledTimes(1);
  });

  it('never calls for Infinity, and holds no timer for it', () => {
    const cancel = systemClock().at(Infinity, () => expect.unreachable());
    cancel();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('can be cancelled, also between two parts of a long wait', () => {
    const clock = systemClock();
    const fn = vi.fn();
    const cancelShort = clock.at(clock.now() + 10, fn);
    const cancelLong = clock.at(clock.now() + LONGEST_TIMEOUT_MS + 10, fn);
    cancelShort();
    vi.advanceTimersByTime(LONGEST_TIMEOUT_MS + 1);
    cancelLong();
    vi.advanceTimersByTime(1000);
    expect(fn).not.toHaveBeenCalled();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('refuses NaN, which setTimeout would take for "at once"', () => {
    expect(() => systemClock().at(NaN, () => undefined)).toThrow(expect.objectContaining({ code: 'badOptions' }));
  });

  it('lets the process end when told so', () => {
    const unref = vi.fn();
    vi.stubGlobal('setTimeout', () => ({ unref }));
    systemClock().at(1, () => undefined);
    expect(unref).not.toHaveBeenCalled();
    systemClock({ unref: true }).at(1, () => undefined);
    expect(unref).toHaveBeenCalledTimes(1);
  });

  it('accepts the numbers that browsers give for timers', () => {
    const cleared = vi.fn();
    vi.stubGlobal('setTimeout', () => 7);
    vi.stubGlobal('clearTimeout', cleared);
    systemClock({ unref: true }).at(1, () => undefined)();
    expect(cleared).toHaveBeenCalledWith(7);
  });
});
