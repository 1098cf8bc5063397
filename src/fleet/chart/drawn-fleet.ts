// What a chart is drawn of, and the colours of its cohorts.
import type { FleetPlan } from '../fleet-plan.js';
import type { FleetSeries, FleetSummary } from '../summary.js';

export interface DrawnFleet {
  readonly plan: FleetPlan;
  readonly summary: FleetSummary;
  readonly series: FleetSeries;
}

/** On light paper and on dark; neighbours differ in lightness too, so that they can be told apart without colour. */
const COLOURS: readonly { readonly light: string; readonly dark: string }[] = [
  { light: '#1f6fb4', dark: '#6cb2f0' },
  { light: '#d9650c', dark: '#ff9a4d' },
  { light: '#a3175f', dark: '#f28ac0' },
  { light: '#0d7f6c', dark: '#4fd1b8' },
  { light: '#6d4bb0', dark: '#b79cf5' },
  { light: '#7a6500', dark: '#e2c84a' },
];

/** Every colour but those of cohorts, by where it stands: on light paper and on dark. */
const INKS: readonly (readonly [selector: string, property: 'fill' | 'stroke', light: string, dark: string])[] = [
  ['.paper', 'fill', '#ffffff', '#12161d'],
  ['text', 'fill', '#1d2430', '#e8ecf2'],
  ['.soft', 'fill', '#5b6575', '#9aa5b5'],
  ['.grid', 'stroke', '#d8dde5', '#2c3440'],
  ['.axis', 'stroke', '#5b6575', '#9aa5b5'],
  ['.down', 'fill', '#eceef2', '#1f2630'],
  ['.limit', 'stroke', '#b3261e', '#ff8a80'],
  ['.bad', 'fill', '#b3261e', '#ff8a80'],
];

/** The style of the chart: it follows the reader's choice of light or dark; a viewer without one shows it light. */
export const chartStyle = `
.fleet text { font-family: system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; font-size: 13px; }
.fleet .title { font-size: 20px; font-weight: 650; }
.fleet .finding { font-size: 14px; }
.fleet .soft, .fleet .small { font-size: 12px; }
.fleet .panel { font-weight: 650; }
.fleet .number { font-variant-numeric: tabular-nums; }
.fleet .limit { stroke-width: 1.5; stroke-dasharray: 6 4; }
${inksOn('light')}
@media (prefers-color-scheme: dark) {
${inksOn('dark')}
}
`;

/** The class of what is filled, or drawn as a line, in the colour of a cohort. */
export function colourOf(cohort: number, as: 'fill' | 'stroke'): string {
  return `${as}-${cohort % COLOURS.length}`;
}

/** The colours of cohorts for a page, as `--cohort-0` and so on. */
export function cohortColours(scheme: 'light' | 'dark'): string {
  return COLOURS.map((colour, index) => `--cohort-${index}: ${colour[scheme]};`).join(' ');
}

function inksOn(scheme: 'light' | 'dark'): string {
  const inks = INKS.map(([selector, property, light, dark]) => {
    return `.fleet ${selector} { ${property}: ${scheme === 'light' ? light : dark}; }`;
  });
  const cohorts = COLOURS.flatMap((colour, index) =>
    (['fill', 'stroke'] as const).map((as) => `.fleet .${colourOf(index, as)} { ${as}: ${colour[scheme]}; }`),
  );
  return [...inks, ...cohorts].join('\n');
}
