// What a run shows, in one or two sentences: who storms, and when everyone is back.
import type { CohortSummary } from '../summary.js';
import type { DrawnFleet } from './drawn-fleet.js';
import { countInWords, durationInWords, shareInWords } from './in-words.js';

/** How many times as much as the others makes a storm. */
const STORM = 3;

export function findingsOf({ summary, plan }: DrawnFleet): readonly string[] {
  const { cohorts, all } = summary;
  const capacity = plan.registrars.reduce((sum, { perSecond }) => sum + perSecond, 0);
  const times = all.peak.perSecond / capacity;
  const peak = `At its peak the fleet sends ${countInWords(all.peak.perSecond)} requests a second, ${timesInWords(times)} what the registrars can answer; ${shareInWords(all.wastedShare)} of all requests could not succeed.`;
  return [peak, ...stormOf(cohorts), ...backOf(all, cohorts)];
}

function stormOf(cohorts: readonly CohortSummary[]): readonly string[] {
  const [first, ...others] = [...cohorts].sort((one, other) => other.sentPerClient - one.sentPerClient);
  const calmest = others.at(-1);
  if (first === undefined || calmest === undefined || first.sentPerClient < STORM * calmest.sentPerClient) return [];
  const ratio = first.sentPerClient / calmest.sentPerClient;
  return [
    `Each client of “${first.name}” sends ${countInWords(ratio)} times as much as one of “${calmest.name}”: ${countInWords(first.sentPerClient)} requests against ${countInWords(calmest.sentPerClient)}.`,
  ];
}

function backOf(all: CohortSummary, cohorts: readonly CohortSummary[]): readonly string[] {
  const last = all.recoveries.at(-1);
  if (last === undefined) return [];
  const latest = cohorts.map((cohort) => ({ name: cohort.name, seconds: cohort.recoveries.at(-1)?.nearlyAll ?? null }));
  const each =
    cohorts.length < 2
      ? ''
      : ` (${latest.map(({ name, seconds }) => `${name}: ${durationInWords(seconds)}`).join('; ')})`;
  if (last.nearlyAll === null) return [`99 % are not registered before the run ends${each}.`];
  return [
    `99 % are registered ${durationInWords(last.nearlyAll)} after the ${last.from === 0 ? 'beginning' : 'end of the outage'}${each}.`,
  ];
}

function timesInWords(times: number): string {
  return times < 0.1 ? 'less than a tenth of' : `${Number(times.toPrecision(2))} times`;
}
