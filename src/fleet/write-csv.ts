// The series of a run as CSV (RFC 4180): a row for each bucket and cohort.
import type { FleetSeries } from './summary.js';
import { tallied } from './tally.js';

const COLUMNS = [...tallied, 'registered'] as const;

/** The text, in parts of some thousand rows: a long run has hundreds of thousands of them. */
export function* csvOf(series: FleetSeries, cohorts: readonly string[]): Generator<string> {
  yield `${['seconds', 'cohort', ...COLUMNS].join(',')}\r\n`;
  const values = cohorts.map((_, cohort) => COLUMNS.map((what) => series.of(what, cohort)));
  let rows = '';
  for (let bucket = 0; bucket < series.buckets; bucket += 1) {
    for (const [cohort, name] of cohorts.entries()) {
      const counts = (values[cohort] ?? []).map((column) => column[bucket] ?? 0);
      rows += `${[(bucket * series.bucketMs) / 1_000, quoted(name), ...counts].join(',')}\r\n`;
    }
    if (bucket % 1_000 === 999) {
      yield rows;
      rows = '';
    }
  }
  yield rows;
}

/** What a spreadsheet would take for a formula stays text. */
function quoted(text: string): string {
  const harmless = /^[=+\-@\t]/.test(text) ? `'${text}` : text;
  return /[",]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
