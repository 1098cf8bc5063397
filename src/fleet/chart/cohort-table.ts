// Cohorts side by side, under the panels: what each client costs, and when each cohort is back.
import type { CohortSummary } from '../summary.js';
import { colourOf } from './drawn-fleet.js';
import { countInWords, durationInWords, shareInWords } from './in-words.js';
import { element, label } from './svg-text.js';

const ROW = 22;

export function tableHeight(cohorts: number): number {
  return ROW * (cohorts + 1) + 8;
}

interface Column {
  readonly head: string;
  /** Where it ends, as a part of the width. */
  readonly at: number;
  readonly write: (cohort: CohortSummary) => string;
}

const COLUMNS: readonly Column[] = [
  { head: 'clients', at: 0.36, write: ({ clients }) => countInWords(clients) },
  { head: 'requests per client', at: 0.51, write: ({ sentPerClient }) => countInWords(sentPerClient) },
  { head: 'could not succeed', at: 0.64, write: ({ wastedShare }) => shareInWords(wastedShare) },
  { head: '50 % back', at: 0.74, write: ({ recoveries }) => back(recoveries.at(-1)?.half) },
  { head: '95 % back', at: 0.87, write: ({ recoveries }) => back(recoveries.at(-1)?.most) },
  { head: '99 % back', at: 1, write: ({ recoveries }) => back(recoveries.at(-1)?.nearlyAll) },
];

export function tableOf(cohorts: readonly CohortSummary[], left: number, right: number, top: number): string {
  const heads = COLUMNS.map(({ head, at }) => label(left + at * (right - left), top + 14, head, 'soft', 'end'));
  const calmest = Math.min(...cohorts.map(({ sentPerClient }) => sentPerClient));
  const rows = cohorts.map((cohort, index) => {
    const y = top + 14 + ROW * (index + 1);
    const isStorm = cohort.sentPerClient > 10 * calmest;
    const cells = COLUMNS.map(({ at, write }, column) =>
      label(
        left + at * (right - left),
        y,
        write(cohort),
        column === 1 && isStorm ? 'number panel bad' : 'number',
        'end',
      ),
    );
    const swatch = element('rect', {
      x: left,
      y: y - 11,
      width: 13,
      height: 13,
      rx: 2,
      class: colourOf(index, 'fill'),
    });
    return swatch + label(left + 21, y, shortened(cohort.name), 'panel') + cells.join('');
  });
  return heads.join('') + rows.join('');
}

function back(seconds: number | null | undefined): string {
  return seconds === undefined ? '–' : durationInWords(seconds);
}

function shortened(name: string): string {
  return name.length <= 30 ? name : `${name.slice(0, 29)}…`;
}
