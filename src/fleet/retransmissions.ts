// Timer E as a formula (RFC 3261 §17.1.2.2): when a non-INVITE request goes out over UDP, until timer F ends it.

/** T1 = 500 ms, doubled up to T2 = 4 s. Milliseconds from the first transmission; the first one is at 0. */
export const transmissionMs: readonly number[] = [
  0, 500, 1_500, 3_500, 7_500, 11_500, 15_500, 19_500, 23_500, 27_500, 31_500,
];

/** Timer F: 64·T1. */
export const TIMER_F_MS = 32_000;

/** The first transmission, counted from 0, that goes out at `ms` after the first one or later; 11 when none does. */
export function transmissionFrom(ms: number): number {
  const found = transmissionMs.findIndex((moment) => moment >= ms);
  return found < 0 ? transmissionMs.length : found;
}
