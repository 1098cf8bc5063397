// Everything that a run of a fleet gives, finished or not.
import { chartOf } from './chart/chart.js';
import { pageOf } from './chart/page.js';
import type { FleetRun } from './fleet-run.js';
import { seriesOf, summaryOf, type FleetSeries, type FleetSummary } from './summary.js';
import { csvOf } from './write-csv.js';

export interface FleetResult {
  readonly summary: FleetSummary;
  readonly series: FleetSeries;
  /** The series as CSV, in parts. */
  csv(): Iterable<string>;
  /** The chart, for a page or a viewer. */
  svg(): string;
  /** One page with the chart, its numbers, and a reading of every moment; needs no network. */
  html(): string;
}

/** The result of a run as far as it went. */
export function resultOf(run: FleetRun): FleetResult {
  const series = seriesOf(run);
  const summary = summaryOf(run, series);
  const drawn = { plan: run.plan, summary, series };
  return {
    summary,
    series,
    csv: () =>
      csvOf(
        series,
        run.plan.cohorts.map(({ name }) => name),
      ),
    svg: () => chartOf(drawn),
    html: () => pageOf(drawn),
  };
}
