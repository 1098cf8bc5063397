// The clock that everything above is given (Clock), and the one of the system. Timers longer than a platform can hold are chained.
import { SipRetryError } from '../sip/sip-retry-error.js';

/** Time as an input: what it is now, and a call at a later moment. */
export interface Clock {
  /** Milliseconds that only ever grow; moments of `at` are on this scale. */
  now(): number;
  /** Milliseconds since 1 January 1970 (UTC), for what outlives the process. */
  date(): number;
  /**
   * Calls `fn` once when `now()` has reached `moment`: never earlier, never from within this call. A moment that has
   * passed is due at once; `Infinity` never comes. Returns what cancels it.
   * @throws SipRetryError `badOptions` when `moment` is not a number: NaN would otherwise mean "at once", a loop.
   */
  at(moment: number, fn: () => void): () => void;
}

export interface SystemClockOptions {
  /** Let a Node process end although a call is still awaited. Default: false. */
  readonly unref?: boolean;
}

/** The longest delay that setTimeout keeps; a longer one would fire at once. */
export const LONGEST_TIMEOUT_MS = 2 ** 31 - 1;

/** The clock of the system: `performance.now`, `Date.now` and chained `setTimeout`. */
export function systemClock(options: SystemClockOptions = {}): Clock {
  return {
    now: () => performance.now(),
    date: () => Date.now(),
    at: (moment, fn) => armTimeout(requireMoment(moment), fn, options.unref === true),
  };
}

/** The moment itself, if it is one. */
export function requireMoment(moment: number): number {
  if (typeof moment === 'number' && !Number.isNaN(moment)) return moment;
  throw new SipRetryError(
    'badOptions',
    'The moment to call at is not a number; give milliseconds on the scale of now().',
  );
}

function armTimeout(moment: number, fn: () => void, unref: boolean): () => void {
  let timeout: ReturnType<typeof setTimeout> | undefined;
  const arm = (): void => {
    const wait = Math.ceil(moment - performance.now());
    timeout = setTimeout(check, Math.min(Math.max(wait, 0), LONGEST_TIMEOUT_MS));
    // In a browser a timeout is a number and has nothing to unref.
    if (unref && typeof timeout === 'object') timeout.unref();
  };
  // Timers may fire a fraction of a millisecond early, and a chunk of a long wait always does: the clock decides.
  const check = (): void => (performance.now() < moment ? arm() : fn());
  if (moment !== Infinity) arm();
  return () => clearTimeout(timeout);
}
