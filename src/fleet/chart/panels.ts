// The two panels of a chart: what is sent, stacked by cohort, and how many are registered.
import { scaleLinear } from 'd3-scale';
import { area, curveLinear, line } from 'd3-shape';
import { summed, wire } from '../summary.js';
import { colourOf, type DrawnFleet } from './drawn-fleet.js';
import { countInWords } from './in-words.js';
import { element, label } from './svg-text.js';
import type { TimeScale } from './time-axis.js';

/** Where a panel stands. */
export interface Place {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Points of one column of pixels: the busiest second in it, so that no storm is averaged away. */
export interface Column {
  readonly moment: number;
  readonly values: readonly number[];
}

/** Requests a second by cohort, in as many columns as can be seen. */
export function loadColumns({ summary, series }: DrawnFleet, columns: number): readonly Column[] {
  const sent = summary.cohorts.map((_, cohort) => summed(series, wire, [cohort]));
  const perSecond = 1_000 / series.bucketMs;
  return columnsOf(series.buckets, series.bucketMs, columns, (from, to) => {
    let busiest = from;
    for (let bucket = from; bucket < to; bucket += 1) {
      if (total(sent, bucket) > total(sent, busiest)) busiest = bucket;
    }
    return sent.map((counts) => (counts[busiest] ?? 0) * perSecond);
  });
}

/** The part of each cohort that is registered. */
export function registeredColumns({ summary, series }: DrawnFleet, columns: number): readonly Column[] {
  return columnsOf(series.buckets, series.bucketMs, columns, (from) =>
    summary.cohorts.map(({ clients }, cohort) => (series.of('registered', cohort)[from] ?? 0) / clients),
  );
}

export function loadPanel(drawn: DrawnFleet, place: Place, time: TimeScale, columns: readonly Column[]): string {
  const capacity = drawn.plan.registrars.reduce((sum, { perSecond }) => sum + perSecond, 0);
  const highest = Math.max(...columns.map(({ values }) => values.reduce((sum, value) => sum + value, 0)), 1);
  // A capacity that is never needed would only press the rest flat.
  const shown = capacity <= 4 * highest ? Math.max(highest, capacity) : highest;
  const load = scaleLinear([0, 1.08 * shown], [place.bottom, place.top]);
  const shapes = drawn.summary.cohorts.map((_, cohort) => {
    const below = ({ values }: Column): number => values.slice(0, cohort).reduce((sum, value) => sum + value, 0);
    const shape = area<Column>()
      .x(({ moment }) => time(moment))
      .y0((column) => load(below(column)))
      .y1((column) => load(below(column) + (column.values[cohort] ?? 0)))
      .curve(curveLinear);
    return element('path', { d: shape(columns) ?? '', class: colourOf(cohort, 'fill'), 'fill-opacity': '0.85' });
  });
  const limit =
    capacity > 1.08 * shown
      ? label(place.right, place.top - 8, `capacity ${countInWords(capacity)}/s, beyond this scale`, 'bad small', 'end')
      : element('line', { x1: place.left, x2: place.right, y1: load(capacity), y2: load(capacity), class: 'limit' }) +
        label(place.right, load(capacity) - 5, `capacity ${countInWords(capacity)}/s`, 'bad small', 'end');
  return [grid(load.ticks(5), (value) => load(value), place, countInWords), ...shapes, limit].join('');
}

export function registeredPanel(drawn: DrawnFleet, place: Place, time: TimeScale, columns: readonly Column[]): string {
  const part = scaleLinear([0, 1], [place.bottom, place.top]);
  const lines = drawn.summary.cohorts.map((_, cohort) => {
    const shape = line<Column>()
      .x(({ moment }) => time(moment))
      .y(({ values }) => part(values[cohort] ?? 0));
    return element('path', {
      d: shape(columns) ?? '',
      fill: 'none',
      class: colourOf(cohort, 'stroke'),
      'stroke-width': '2.25',
    });
  });
  const dots = drawn.summary.cohorts.map(({ recoveries }, cohort) => {
    const last = recoveries.at(-1);
    if (last === undefined || last.nearlyAll === null) return '';
    const cx = time(1_000 * (last.from + last.nearlyAll));
    return element('circle', {
      cx,
      cy: part(0.99),
      r: 5,
      class: colourOf(cohort, 'fill'),
    });
  });
  const ticks = [0, 0.25, 0.5, 0.75, 1];
  return [
    grid(
      ticks,
      (value) => part(value),
      place,
      (value) => `${100 * value} %`,
    ),
    ...lines,
    ...dots,
  ].join('');
}

function grid(
  ticks: readonly number[],
  y: (value: number) => number,
  { left, right }: Place,
  write: (value: number) => string,
): string {
  return ticks
    .map(
      (tick) =>
        element('line', { x1: left, x2: right, y1: y(tick), y2: y(tick), class: 'grid' }) +
        label(left - 8, y(tick) + 4, write(tick), 'soft', 'end'),
    )
    .join('');
}

function columnsOf(
  buckets: number,
  bucketMs: number,
  columns: number,
  valuesOf: (from: number, to: number) => readonly number[],
): readonly Column[] {
  const width = Math.max(1, Math.ceil(buckets / columns));
  const made: Column[] = [];
  for (let from = 0; from < buckets; from += width) {
    made.push({ moment: from * bucketMs, values: valuesOf(from, Math.min(from + width, buckets)) });
  }
  return made;
}

function total(counts: readonly ArrayLike<number>[], bucket: number): number {
  return counts.reduce((sum, each) => sum + (each[bucket] ?? 0), 0);
}
