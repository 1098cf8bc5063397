// An answer that is waited for so long, and no longer.
import type { Clock } from '../timing/clock.js';

/** The answer, or this instead of it when it has not come after `ms` milliseconds. */
export function inTime<T>(answer: Promise<T>, ms: number, instead: T, clock: Clock): Promise<T> {
  let disarm = (): void => undefined;
  const late = new Promise<T>((resolve) => {
    disarm = clock.at(clock.now() + ms, () => resolve(instead));
  });
  return Promise.race([answer, late]).finally(() => disarm());
}
