// Where the lanes of a picture stand: as far apart as their labels want, within reason.
import type { PassingMessage } from '../../transcript.js';
import type { Ladder } from '../ladder/ladder-row.js';
import { measure } from './font.js';

/** Shared by everything that is drawn between lanes. */
export interface Geometry {
  readonly width: number;
  /** The right end of times. */
  readonly timeEnd: number;
  readonly axis: number;
  readonly lanes: readonly number[];
  readonly laneOf: (party: string) => number;
  readonly last: number;
}

const MARGIN = 20;
const HEAD_PADDING = 12;
const WIDEST_HEAD = 190;

/** What a head shows, and how wide its box is. */
export function headWidth(name: string, address: string): number {
  const text = Math.max(measure(name, 'head'), measure(address, 'address'));
  return Math.min(WIDEST_HEAD, text + 2 * HEAD_PADDING);
}

/** The span that the label of a message asks for. */
function wishOf({ summary, retransmission, lost }: PassingMessage): number {
  const suffix = retransmission ? ' (retransmission)' : lost === undefined ? '' : ' (refused)';
  return measure(`${summary}${suffix}`, 'label') + 60;
}

export function geometryOf({ lanes, rows }: Ladder, heads: readonly number[], timeWidth: number): Geometry {
  const timeEnd = MARGIN + timeWidth;
  const axis = timeEnd + 10;
  const first = axis + 12 + Math.max((heads[0] ?? 0) / 2, 24);
  const [narrowest, widest] = lanes.length <= 2 ? [480, 640] : [230, 400];
  const labels = rows.flatMap((row) => (row.kind === 'message' ? [wishOf(row.message)] : []));
  const span = Math.min(widest, Math.max(narrowest, ...labels, ...heads.map((head) => head + 16)));
  const columns = lanes.map((_, index) => first + index * span);
  const last = columns.at(-1) ?? first;
  return {
    width: Math.ceil(Math.max(last + (heads.at(-1) ?? 0) / 2 + MARGIN, 560)),
    timeEnd,
    axis,
    lanes: columns,
    laneOf: (party) => columns[lanes.findIndex(({ id }) => id === party)] ?? first,
    last,
  };
}
