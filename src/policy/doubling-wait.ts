// A wait that doubles with every failure in a row, and is drawn by chance so that clients do not return together.

/**
 * RFC 5626 §4.5: W = min(max-time, base-time · 2^consecutive-failures); the wait is uniform between 50 and 100 % of W.
 * @param random from 0 up to 1.
 * @returns milliseconds, rounded up.
 */
export function doublingWaitMs(baseMs: number, maxMs: number, failures: number, random: number): number {
  return Math.ceil(Math.min(maxMs, baseMs * 2 ** failures) * (0.5 + random / 2));
}
