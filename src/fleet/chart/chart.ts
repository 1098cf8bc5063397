// The chart of a fleet as SVG: who storms, and when everyone is back.
import { tableHeight, tableOf } from './cohort-table.js';
import { chartStyle, type DrawnFleet } from './drawn-fleet.js';
import { findingsOf } from './finding.js';
import { loadColumns, loadPanel, registeredColumns, registeredPanel, type Column, type Place } from './panels.js';
import { element, escaped, label } from './svg-text.js';
import { outagesBehind, timeScale, timeTicks } from './time-axis.js';

const WIDTH = 1_040;
const LEFT = 76;
const RIGHT = WIDTH - 24;
/** About one column of points for each pixel. */
const COLUMNS = 900;

/** A chart, and what a page needs to read values from it. */
export interface DrawnChart {
  readonly svg: string;
  readonly load: readonly Column[];
  readonly registered: readonly Column[];
  /** In units of the SVG. */
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** The chart alone. */
export function chartOf(drawn: DrawnFleet): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${drawChart(drawn).svg}\n`;
}

export function drawChart(drawn: DrawnFleet): DrawnChart {
  const { plan, summary } = drawn;
  const findings = findingsOf(drawn);
  const lines = findings.flatMap((finding) => wrapped(finding));
  const load: Place = { left: LEFT, right: RIGHT, top: 96 + 20 * lines.length, bottom: 356 + 20 * lines.length };
  const registered: Place = { left: LEFT, right: RIGHT, top: load.bottom + 66, bottom: load.bottom + 216 };
  const tableTop = registered.bottom + 44;
  const height = tableTop + tableHeight(summary.cohorts.length) + 10;
  const time = timeScale(plan.untilMs, LEFT, RIGHT);
  const [loads, shares] = [loadColumns(drawn, COLUMNS), registeredColumns(drawn, COLUMNS)];
  const parts = [
    element('title', {}, escaped(plan.name)),
    element('desc', {}, escaped(findings.join(' '))),
    `<style>${chartStyle}</style>`,
    element('rect', { width: WIDTH, height, class: 'paper' }),
    label(24, 36, plan.name + (summary.isComplete ? '' : ' (stopped before its end)'), 'title'),
    ...lines.map((text, index) => label(24, 62 + 20 * index, text, 'finding')),
    label(24, load.top - 14, 'Requests a second, retransmissions included, by who sends them', 'panel'),
    outagesBehind(plan, time, load.top, load.bottom),
    loadPanel(drawn, load, time, loads),
    element('line', { x1: LEFT, x2: RIGHT, y1: load.bottom, y2: load.bottom, class: 'axis' }),
    timeTicks(plan.untilMs, time, load.bottom),
    label(24, registered.top - 16, 'Registered', 'panel'),
    label(
      112,
      registered.top - 16,
      'part of each cohort with a binding; a dot where 99 % are; shaded: the registrar is down',
      'soft',
    ),
    outagesBehind(plan, time, registered.top, registered.bottom),
    registeredPanel(drawn, registered, time, shares),
    element('line', { x1: LEFT, x2: RIGHT, y1: registered.bottom, y2: registered.bottom, class: 'axis' }),
    timeTicks(plan.untilMs, time, registered.bottom),
    tableOf(summary.cohorts, 24, RIGHT, tableTop),
  ];
  const svg = element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      viewBox: `0 0 ${WIDTH} ${height}`,
      width: WIDTH,
      height,
      class: 'fleet',
      role: 'img',
    },
    ...parts,
  );
  return { svg, load: loads, registered: shares, left: LEFT, right: RIGHT, top: load.top, bottom: registered.bottom };
}

/** Lines of so many characters, broken between words. */
function wrapped(text: string): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + word.length >= 138) {
      lines.push(line);
      line = '';
    }
    line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
