// The summary of a run for a terminal: one table, a row for each cohort.
import type { CohortSummary, FleetSummary } from '../../fleet/index.js';
import type { Io } from '../io.js';
import { paletteFor, type Palette } from '../palette.js';
import { visible } from '../../sip/visible.js';
import { countInWords, durationInWords, shareInWords } from '../../fleet/chart/in-words.js';

export function summaryInWords(summary: FleetSummary, io: Io): string {
  const colours = paletteFor(io.stdout, io);
  const { cohorts, all, name, seed } = summary;
  const rows = cohorts.length > 1 ? [...cohorts, all] : cohorts;
  const calmest = Math.min(...cohorts.map(({ sentPerClient }) => sentPerClient));
  const cells = [HEADS, ...rows.map(cellsOf)];
  const widths = HEADS.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  const lines = cells.map((row, index) => {
    const line = row.map((cell, column) => padded(cell, widths[column] ?? 0, column === 0)).join('  ');
    const cohort = rows[index - 1];
    return cohort === undefined ? colours.dim(line) : stormy(cohort, calmest, line, colours);
  });
  return `${colours.bold(visible(name))} ${colours.dim(`(seed ${seed})`)}\n${lines.join('\n')}\n`;
}

const HEADS = ['', 'clients', 'per client', 'wasted', 'peak/s', '50 % back', '95 % back', '99 % back', 'stopped'];

function cellsOf(cohort: CohortSummary): readonly string[] {
  const { name, clients, sentPerClient, wastedShare, peak, recoveries, stopped } = cohort;
  const last = recoveries.at(-1);
  const back = (seconds: number | null | undefined): string => (seconds === undefined ? '-' : durationInWords(seconds));
  return [
    visible(name),
    countInWords(clients),
    countInWords(sentPerClient),
    shareInWords(wastedShare),
    countInWords(peak.perSecond),
    back(last?.half),
    back(last?.most),
    back(last?.nearlyAll),
    countInWords(stopped),
  ];
}

/** Ten times as much as the calmest is a storm. */
function stormy(cohort: CohortSummary, calmest: number, line: string, colours: Palette): string {
  return cohort.behaviour !== 'all' && cohort.sentPerClient > 10 * calmest ? colours.red(line) : line;
}

function padded(cell: string, width: number, isFirst: boolean): string {
  return isFirst ? cell.padEnd(width) : cell.padStart(width);
}
