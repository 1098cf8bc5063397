// What a run came to: totals, peaks, waste, and how long it took until everyone was back; per cohort and for all together.
import type { CohortPlan } from './fleet-plan.js';
import type { FleetRun } from './fleet-run.js';
import { tallied, type Tallied } from './tally.js';

/** How long after the end of an outage so many are registered, and stay so until the next one. */
export interface Recovery {
  /** When the outage ended, in seconds from the beginning; 0, the beginning itself, where there is none. */
  readonly from: number;
  /** Seconds after that until 50, 95 and 99 % are; `null`: not within the run. */
  readonly half: number | null;
  readonly most: number | null;
  readonly nearlyAll: number | null;
}

/** One cohort, or all of them. */
export interface CohortSummary {
  readonly name: string;
  readonly behaviour: CohortPlan['behaviour'] | 'all';
  readonly clients: number;
  readonly totals: { readonly [K in Tallied]: number };
  /** Everything on the wire, retransmissions included. */
  readonly sent: number;
  readonly sentPerClient: number;
  /** The part of what was sent that could not succeed. */
  readonly wastedShare: number;
  /** Requests a second, retransmissions included, in the busiest bucket, and when that began (seconds). */
  readonly peak: { readonly perSecond: number; readonly perSecondPerThousand: number; readonly at: number };
  /** Clients that send nothing more. */
  readonly stopped: number;
  readonly recoveries: readonly Recovery[];
}

export interface FleetSummary {
  readonly name: string;
  readonly seed: number;
  /** False when it was stopped before its end. */
  readonly isComplete: boolean;
  /** How far it went, and how far it was to go. Seconds. */
  readonly reached: number;
  readonly until: number;
  readonly bucketSeconds: number;
  readonly cohorts: readonly CohortSummary[];
  readonly all: CohortSummary;
}

/** What goes over the wire. */
export const wire = [
  'first',
  'refresh',
  'authenticated',
  'retry',
  'retransmission',
] as const satisfies readonly Tallied[];

/** The numbers of a run as far as it went, bucket by bucket. */
export interface FleetSeries {
  readonly bucketMs: number;
  readonly buckets: number;
  of(what: Tallied | 'registered', cohort: number): ArrayLike<number>;
}

export function seriesOf(run: FleetRun): FleetSeries {
  const { tally } = run;
  const registered = run.bindings.counts();
  const reached = run.isOver ? tally.buckets : Math.min(tally.buckets, Math.floor(run.now / tally.bucketMs));
  return {
    bucketMs: tally.bucketMs,
    buckets: reached,
    of: (what, cohort) =>
      (what === 'registered' ? (registered[cohort] ?? new Uint32Array(reached)) : tally.of(what, cohort)).subarray(
        0,
        reached,
      ),
  };
}

export function summaryOf(run: FleetRun, series: FleetSeries): FleetSummary {
  const { name, seed, untilMs, cohorts } = run.plan;
  const indices = cohorts.map((_, index) => index);
  const clients = cohorts.reduce((sum, { count }) => sum + count, 0);
  const stopped = run.stopped.reduce((sum, count) => sum + count, 0);
  return {
    name,
    seed,
    isComplete: run.isOver,
    reached: run.isOver ? untilMs / 1_000 : run.now / 1_000,
    until: untilMs / 1_000,
    bucketSeconds: series.bucketMs / 1_000,
    cohorts: cohorts.map(({ name: cohort, behaviour, count }, index) =>
      summarise(run, series, [index], { name: cohort, behaviour, clients: count, stopped: run.stopped[index] ?? 0 }),
    ),
    all: summarise(run, series, indices, { name: 'all', behaviour: 'all', clients, stopped }),
  };
}

type About = Pick<CohortSummary, 'name' | 'behaviour' | 'clients' | 'stopped'>;

function summarise(run: FleetRun, series: FleetSeries, cohorts: readonly number[], about: About): CohortSummary {
  const totals = totalsOf(series, cohorts);
  const sent = wire.reduce((sum, what) => sum + totals[what], 0);
  const { clients } = about;
  return {
    ...about,
    totals,
    sent,
    sentPerClient: sent / clients,
    wastedShare: sent === 0 ? 0 : totals.wasted / sent,
    peak: peakOf(series, cohorts, clients),
    recoveries: recoveriesOf(run, summed(series, ['registered'], cohorts), series.bucketMs, clients),
  };
}

function totalsOf(series: FleetSeries, cohorts: readonly number[]): CohortSummary['totals'] {
  const total = (what: Tallied): number => summed(series, [what], cohorts).reduce((sum, count) => sum + count, 0);
  const totals = { ...NONE };
  for (const what of tallied) totals[what] = total(what);
  return totals;
}

const NONE: { [K in Tallied]: number } = {
  first: 0,
  refresh: 0,
  authenticated: 0,
  retry: 0,
  retransmission: 0,
  accepted: 0,
  challenged: 0,
  refused: 0,
  unanswered: 0,
  wasted: 0,
};

/** The sum of some numbers over some cohorts, bucket by bucket. */
export function summed(
  series: FleetSeries,
  whats: readonly (Tallied | 'registered')[],
  cohorts: readonly number[],
): Float64Array {
  const sum = new Float64Array(series.buckets);
  for (const cohort of cohorts) {
    for (const what of whats) {
      const counts = series.of(what, cohort);
      for (let bucket = 0; bucket < sum.length; bucket += 1) sum[bucket] = (sum[bucket] ?? 0) + (counts[bucket] ?? 0);
    }
  }
  return sum;
}

function peakOf(series: FleetSeries, cohorts: readonly number[], clients: number): CohortSummary['peak'] {
  const counts = summed(series, wire, cohorts);
  let at = 0;
  for (let bucket = 1; bucket < counts.length; bucket += 1) {
    if ((counts[bucket] ?? 0) > (counts[at] ?? 0)) at = bucket;
  }
  const perSecond = ((counts[at] ?? 0) * 1_000) / series.bucketMs;
  return { perSecond, perSecondPerThousand: (1_000 * perSecond) / clients, at: (at * series.bucketMs) / 1_000 };
}

/** When the outages of all registrars ended, each once; the beginning where there are none. */
export function outageEndsOf({ plan }: Pick<FleetRun, 'plan'>): readonly number[] {
  const ends = plan.registrars.flatMap(({ outages }) => outages.map(({ fromMs, forMs }) => fromMs + forMs));
  if (ends.length === 0) return [0];
  return [...new Set(ends)].filter((end) => end < plan.untilMs).sort((one, other) => one - other);
}

function recoveriesOf(run: FleetRun, registered: Float64Array, bucketMs: number, clients: number): readonly Recovery[] {
  const starts = run.plan.registrars.flatMap(({ outages }) => outages.map(({ fromMs }) => fromMs));
  return outageEndsOf(run)
    .filter((end) => end < registered.length * bucketMs)
    .map((end) => {
      const next = Math.min(...starts.filter((start) => start >= end), registered.length * bucketMs);
      const after = (part: number): number | null =>
        secondsUntil(
          registered,
          part * clients,
          Math.floor(end / bucketMs),
          Math.floor(next / bucketMs),
          end,
          bucketMs,
        );
      return { from: end / 1_000, half: after(0.5), most: after(0.95), nearlyAll: after(0.99) };
    });
}

/** From which bucket on there are as many to the end: counted back from there. */
function secondsUntil(
  registered: Float64Array,
  wanted: number,
  from: number,
  to: number,
  end: number,
  bucketMs: number,
): number | null {
  let bucket = to;
  while (bucket > from && (registered[bucket - 1] ?? 0) >= wanted) bucket -= 1;
  if (bucket === to) return null;
  return bucket === from ? 0 : Math.max(0, ((bucket + 1) * bucketMs - end) / 1_000);
}
