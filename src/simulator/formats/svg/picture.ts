// A whole ladder as a picture: heads, rows and a legend below each other, each on lanes and a time axis of its own.
import type { Transcript } from '../../transcript.js';
import { ladderOf } from '../ladder/ladder-of.js';
import type { Ladder, LadderRow } from '../ladder/ladder-row.js';
import { momentWriter } from '../moment.js';
import { cardBlock, gapBlock, noteBlock } from './beside-shapes.js';
import { cutToFit, measure } from './font.js';
import { geometryOf, headWidth, type Geometry } from './geometry.js';
import { legendBlock } from './legend.js';
import { arrivalBlock, messageBlock } from './message-shapes.js';
import type { Block, Shape } from './shape.js';

export interface Picture {
  readonly width: number;
  readonly heads: Block;
  readonly rows: readonly PictureRow[];
  readonly legend: Block;
  readonly ladder: Ladder;
}

export interface PictureRow extends Block {
  readonly row: LadderRow;
}

export function pictureOf(transcript: Transcript, options: { readonly details?: boolean } = {}): Picture {
  const ladder = ladderOf(transcript, options);
  const moment = momentWriter(ladder.lastAt);
  const names = ladder.lanes.map(({ id, host, port }) => ({
    name: id === 'uac' ? 'UAC' : id,
    address: host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`,
  }));
  const widths = names.map(({ name, address }) => headWidth(name, address));
  const geometry = geometryOf(ladder, widths, measure(moment(ladder.lastAt), 'time'));
  let before = '';
  const rows = ladder.rows.map((row): PictureRow => {
    const block = blockOf(row, ladder, geometry);
    const time = row.kind === 'gap' ? '' : moment(row.at);
    const shown = time === before ? '' : time;
    if (time !== '') before = time;
    return {
      row,
      height: block.height,
      shapes: [...scaffold(row.kind, block.height, shown, geometry), ...block.shapes],
    };
  });
  const heads: Block = {
    height: 58,
    shapes: names.flatMap((head, index) => headShapes(head, geometry.lanes[index] ?? 0, widths[index] ?? 0)),
  };
  return { width: geometry.width, heads, rows, legend: legendBlock(ladder, geometry), ladder };
}

function blockOf(row: LadderRow, { requests }: Ladder, geometry: Geometry): Block {
  const tag = requests.length > 1 && row.request !== undefined ? `[${row.request}] ` : '';
  switch (row.kind) {
    case 'message':
      return messageBlock(row, tag, geometry);
    case 'arrival':
      return arrivalBlock(row, tag, geometry);
    case 'card':
      return cardBlock(row, tag, geometry);
    case 'note':
      return noteBlock(row, tag, geometry);
    case 'gap':
      return gapBlock(row, tag, geometry);
  }
}

/** Where the time of a row stands: beside its arrow, its mark, its title. */
const TICKS: { readonly [K in LadderRow['kind']]: number } = { message: 24, arrival: 24, card: 26, note: 12, gap: 0 };

/** The lanes and the axis of one row, and its time. */
function scaffold(
  kind: LadderRow['kind'],
  height: number,
  time: string,
  { lanes, axis, timeEnd }: Geometry,
): readonly Shape[] {
  const isGap = kind === 'gap';
  const tickAt = TICKS[kind];
  const look = isGap ? 'lane gap' : 'lane';
  const tick: readonly Shape[] =
    time === ''
      ? []
      : [
          { shape: 'text', x: timeEnd, y: tickAt + 4, text: time, font: 'time', anchor: 'end', ink: 'faint' },
          { shape: 'line', x1: axis - 4, y1: tickAt, x2: axis, y2: tickAt, look: 'axis' },
        ];
  const middle = height / 2;
  const axisLine: readonly Shape[] = isGap
    ? [
        { shape: 'line', x1: axis, y1: 0, x2: axis, y2: middle - 4, look: 'axis' },
        { shape: 'line', x1: axis - 5, y1: middle - 1, x2: axis + 5, y2: middle - 6, look: 'axis' },
        { shape: 'line', x1: axis - 5, y1: middle + 6, x2: axis + 5, y2: middle + 1, look: 'axis' },
        { shape: 'line', x1: axis, y1: middle + 4, x2: axis, y2: height, look: 'axis' },
      ]
    : [{ shape: 'line', x1: axis, y1: 0, x2: axis, y2: height, look: 'axis' }];
  return [...axisLine, ...tick, ...lanes.map((x): Shape => ({ shape: 'line', x1: x, y1: 0, x2: x, y2: height, look }))];
}

function headShapes(
  { name, address }: { readonly name: string; readonly address: string },
  x: number,
  width: number,
): readonly Shape[] {
  const room = width - 12;
  return [
    { shape: 'line', x1: x, y1: 46, x2: x, y2: 58, look: 'lane' },
    { shape: 'box', x: x - width / 2, y: 2, width, height: 44, look: 'box head' },
    { shape: 'text', x, y: 21, text: cutToFit(name, room, 'head'), font: 'head', anchor: 'middle', ink: 'ink' },
    {
      shape: 'text',
      x,
      y: 37,
      text: cutToFit(address, room, 'address'),
      font: 'address',
      anchor: 'middle',
      ink: 'faint',
    },
  ];
}
