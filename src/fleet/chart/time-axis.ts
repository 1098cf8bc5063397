// The time axis that all panels share: outages shaded, ticks at round times.
import { scaleLinear, type ScaleLinear } from 'd3-scale';
import type { FleetPlan } from '../fleet-plan.js';
import { element, label } from './svg-text.js';

export type TimeScale = ScaleLinear<number, number>;

export function timeScale(untilMs: number, left: number, right: number): TimeScale {
  return scaleLinear([0, untilMs], [left, right]);
}

/** The times in which a registrar does not work, behind a panel. */
export function outagesBehind(
  { registrars, untilMs }: FleetPlan,
  time: TimeScale,
  top: number,
  bottom: number,
): string {
  return registrars
    .flatMap(({ outages }) => outages)
    .map(({ fromMs, forMs }) => {
      const x = time(Math.min(fromMs, untilMs));
      const width = Math.max(1.5, time(Math.min(fromMs + forMs, untilMs)) - x);
      return element('rect', { x, y: top, width, height: bottom - top, class: 'down' });
    })
    .join('');
}

export function timeTicks(untilMs: number, time: TimeScale, y: number): string {
  const step = STEPS_MS.find((one) => untilMs / one <= 9) ?? 86_400_000;
  const ticks: string[] = [];
  for (let moment = 0; moment <= untilMs; moment += step) {
    const x = time(moment);
    ticks.push(
      element('line', { x1: x, x2: x, y1: y, y2: y + 5, class: 'axis' }),
      label(x, y + 19, clockOf(moment), 'soft', 'middle'),
    );
  }
  return ticks.join('');
}

/** `0:00`, `1:30`: hours and minutes; with seconds where a run is brief. */
export function clockOf(ms: number): string {
  const seconds = Math.round(ms / 1_000);
  const two = (number: number): string => String(number).padStart(2, '0');
  const base = `${Math.floor(seconds / 3_600)}:${two(Math.floor(seconds / 60) % 60)}`;
  return seconds % 60 === 0 ? base : `${base}:${two(seconds % 60)}`;
}

const STEPS_MS = [
  1_000, 5_000, 10_000, 30_000, 60_000, 300_000, 600_000, 900_000, 1_800_000, 3_600_000, 7_200_000, 14_400_000,
  21_600_000, 43_200_000, 86_400_000, 172_800_000, 432_000_000,
];
