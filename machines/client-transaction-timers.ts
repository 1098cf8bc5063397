// The timers of client transactions (RFC 3261 Table 4, RFC 6026): the values that they are made of, and how long each waits.
import { SipRetryError } from '../src/sip/sip-retry-error.js';

/** What the timers are made of, in milliseconds. */
export interface TimerValues {
  /** An estimate of the round-trip time. */
  readonly t1: number;
  /** The longest interval between retransmissions of a request that is no INVITE. */
  readonly t2: number;
  /** How long a message stays in the network. */
  readonly t4: number;
  /** How long an INVITE transaction acknowledges retransmissions of a refusal; 32 000 at least. */
  readonly timerD: number;
}

/** A timer by its letter in the RFC: A, B, D and M of an INVITE transaction, E, F and K of any other. */
export type TimerName = 'A' | 'B' | 'D' | 'M' | 'E' | 'F' | 'K';

/** How long each timer waits when it is started next, in milliseconds; one of 0 is not waited for. */
export type TimerWaits = { readonly [name in TimerName]: number };

/** The values of RFC 3261, Table 4. */
export const defaultTimerValues: TimerValues = { t1: 500, t2: 4_000, t4: 5_000, timerD: 32_000 };

/** RFC 6026 §8.4: "an absolute minimum of 32 s is used instead of basing Timer D on T1". */
const SHORTEST_TIMER_D = 32_000;

/**
 * The default values with these changes.
 * @throws SipRetryError `badOptions` for a value that is no positive number, or a timer D below 32 seconds.
 */
export function withTimerValues(changes: Partial<TimerValues> = {}): TimerValues {
  const values = { ...defaultTimerValues, ...changes };
  for (const [name, ms] of Object.entries(values)) {
    if (typeof ms !== 'number' || !Number.isFinite(ms) || ms <= 0) {
      throw new SipRetryError('badOptions', `timers.${name} is not a positive number of milliseconds; give one.`);
    }
  }
  if (values.timerD < SHORTEST_TIMER_D) {
    throw new SipRetryError('badOptions', 'timers.timerD is below 32000 milliseconds, which RFC 6026 §8.4 demands.');
  }
  return values;
}

/** What each timer waits at first. A reliable transport neither loses nor repeats a message: A, D, E and K are 0. */
export function timerWaits({ t1, t4, timerD }: TimerValues, reliable: boolean): TimerWaits {
  return {
    A: reliable ? 0 : t1,
    B: 64 * t1,
    D: reliable ? 0 : timerD,
    M: 64 * t1,
    E: reliable ? 0 : t1,
    F: 64 * t1,
    K: reliable ? 0 : t4,
  };
}
