// Durations as a scenario writes them: `50 ms`, `1.5 s`, `10 min`, `1 h`, `2 d`, or a number of milliseconds.
import { z } from 'zod';

/** No simulation is longer: some 31 years. */
export const LONGEST_MS = 1_000_000_000_000;

const FORM = /^[0-9]+(?:\.[0-9]+)? ?(?:ms|s|min|h|d)$/;

const INVALID = 'Invalid duration: use a duration such as 50 ms, 1.5 s, 10 min or 1 h';

/** A duration; it is read as milliseconds. */
export const duration = z
  .union([z.number().min(0).max(LONGEST_MS), z.string({ error: INVALID }).regex(FORM, INVALID)])
  .transform((written, context) => {
    const ms = typeof written === 'number' ? written : millisecondsOf(written);
    if (ms <= LONGEST_MS) return ms;
    context.issues.push({ code: 'custom', message: 'Invalid duration: use one of up to 11574 d', input: written });
    return z.NEVER;
  })
  .meta({ id: 'duration' });

function millisecondsOf(written: string): number {
  const [, amount = '', unit = ''] = /^([0-9.]+) ?([a-z]+)$/.exec(written) ?? [];
  return Math.round(Number(amount) * (UNITS.get(unit) ?? 1));
}

const UNITS: ReadonlyMap<string, number> = new Map([
  ['ms', 1],
  ['s', 1_000],
  ['min', 60_000],
  ['h', 3_600_000],
  ['d', 86_400_000],
]);
