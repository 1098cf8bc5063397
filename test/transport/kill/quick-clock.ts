// The clock of a system whose time runs faster, so that minutes of SIP pass in a test. It goes on across processes.
import type { Clock } from '../../../src/timing/clock.js';

/** So many milliseconds pass for the UAC in one of ours. */
export const SPEED = 400;

/** @param epoch when all processes began, in epoch milliseconds of the system. */
export function quickClock(epoch: number): Clock {
  const now = (): number => performance.now() * SPEED;
  return {
    now,
    date: () => epoch + (performance.timeOrigin + performance.now() - epoch) * SPEED,
    at: (moment, fn) => {
      let timeout: ReturnType<typeof setTimeout> | undefined;
      const arm = (): void => {
        timeout = setTimeout(() => (now() < moment ? arm() : fn()), Math.ceil(Math.max(moment - now(), 0) / SPEED));
      };
      arm();
      return () => clearTimeout(timeout);
    },
  };
}
