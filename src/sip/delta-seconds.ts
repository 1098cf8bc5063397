// delta-seconds (RFC 3261 §25.1): 1*DIGIT, a number of seconds without any upper bound.

/** The largest value given back: larger ones saturate here, so that milliseconds stay exact integers. */
export const MAX_DELTA_SECONDS = 9_007_199_254_740;

/** Seconds, or undefined for anything but digits (`-5`, `abc`, nothing). LWS round the digits is ignored. */
export function readDeltaSeconds(text: string): number | undefined {
  const digits = text.trim();
  if (!/^[0-9]+$/.test(digits)) return undefined;
  return Math.min(Number(digits), MAX_DELTA_SECONDS);
}
