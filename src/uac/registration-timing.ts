// When a registration is refreshed, and when it is tried again after a failure. Pure: chance is an argument.
import { backoffMs } from '../policy/delay.js';

/**
 * Milliseconds from the sending of an accepted REGISTER to its refresh; at most a day, at least ten seconds.
 *
 * RFC 3261 §10.2.4: "before the expiration interval has elapsed". The moment lies by chance between a half and, with the
 * interval, three quarters to nine tenths of it:
 *
 * - Not before a half: a registrar that grants an hour does not want two requests in it.
 * - What remains is for one refresh that fails: 32 s until timer F (§17.1.2.2), 60 s of back-off at most (RFC 5626 §4.5)
 *   and 32 s again are 124 s. An interval of 496 s and more leaves them; a tenth of a longer one is more than that.
 * - The spread keeps apart the clients that an outage has brought together.
 * - Ten seconds are the floor: an interval of 1 s is answered with a gap, not with a storm.
 *
 * @param random from 0 up to 1.
 */
export function refreshAfterMs(grantedSeconds: number, random: number): number {
  const granted = Math.min(Math.max(grantedSeconds, 1), LONGEST_SECONDS);
  const earliest = granted / 2;
  const latest = Math.min(0.9 * granted, Math.max(0.75 * granted, granted - ROOM_SECONDS));
  return Math.max(Math.floor(1000 * (earliest + (latest - earliest) * random)), LEAST_GAP_MS);
}

/**
 * Milliseconds from a failure to the next try (RFC 5626 §4.5): 30 s · 2ⁿ after n failures, at most 1800 s, by chance 50
 * to 100 % of it; more where a server asked for more ("may cause the UA to wait longer").
 *
 * @param failures consecutive ones, this one included.
 */
export function probeAfterMs(failures: number, leastMs: number, random: number): number {
  return Math.min(Math.max(backoffMs('REGISTER', failures - 1, random), leastMs), LONGEST_WAIT_MS);
}

/** What a server asked for, with a spread on top as for a Retry-After within a request: never early, never together. */
export function spreadMs(notBeforeMs: number, random: number): number {
  return Math.ceil(notBeforeMs + Math.min(SPREAD * notBeforeMs, MOST_SPREAD_MS) * random);
}

/** The least time between an accepted REGISTER and the next one. */
export const LEAST_GAP_MS = 10_000;

const LONGEST_SECONDS = 86_400;
const ROOM_SECONDS = 124;
/** As in decisions/0002-never-earlier-than-retry-after.md. */
const SPREAD = 0.1;
const MOST_SPREAD_MS = 30_000;
/** Longer than any system lives, and still a date: 100 000 years. */
const LONGEST_WAIT_MS = 3_155_760_000_000_000;
