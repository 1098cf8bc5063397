// What the strokes and colours of a picture mean: those that it uses.
import type { Ladder, Tone } from '../ladder/ladder-row.js';
import { measure } from './font.js';
import type { Geometry } from './geometry.js';
import type { Block, Shape } from './shape.js';

interface Entry {
  readonly text: string;
  /** The sample, 26 wide, around y = 0. */
  readonly sample: (x: number, y: number) => readonly Shape[];
}

const SAMPLE = 26;
const ROW = 22;

export function legendBlock(ladder: Ladder, { width }: Geometry): Block {
  const shapes: Shape[] = [];
  let [x, y] = [20, 16];
  for (const { text, sample } of entriesOf(ladder)) {
    const needed = SAMPLE + 8 + measure(text, 'note');
    if (x > 20 && x + needed > width - 20) [x, y] = [20, y + ROW];
    shapes.push(...sample(x, y - 4));
    shapes.push({ shape: 'text', x: x + SAMPLE + 8, y, text, font: 'note', anchor: 'start', ink: 'faint' });
    x += needed + 24;
  }
  return { height: y + 14, shapes };
}

function entriesOf({ rows }: Ladder): readonly Entry[] {
  const messages = rows.flatMap((row) => (row.kind === 'message' ? [row] : []));
  const tones = new Set(rows.flatMap((row) => (row.kind === 'card' ? [row.tone] : [])));
  const strokes: readonly (readonly [isUsed: boolean, text: string, sample: Entry['sample']])[] = [
    [true, 'message', (x, y) => [line(x, y, 'arrow'), tip(x + SAMPLE, y)]],
    [
      messages.some(({ message }) => message.retransmission),
      'retransmission',
      (x, y) => [line(x, y, 'arrow again'), tip(x + SAMPLE, y)],
    ],
    [
      messages.some(({ message }) => message.lost !== undefined),
      'did not arrive',
      (x, y) => [line(x, y, 'arrow'), cross(x + SAMPLE - 4, y)],
    ],
    [
      rows.some(({ kind }) => kind === 'arrival'),
      'arrives late, or again',
      (x, y) => [line(x, y, 'arrow late'), tip(x + SAMPLE, y)],
    ],
    [
      rows.some(({ kind }) => kind === 'gap'),
      'time passes',
      (x, y) => [{ shape: 'line', x1: x + 13, y1: y - 9, x2: x + 13, y2: y + 9, look: 'lane gap' }],
    ],
  ];
  return [
    ...strokes.flatMap(([isUsed, text, sample]) => (isUsed ? [{ text, sample }] : [])),
    ...TONES.filter(([tone]) => tones.has(tone)).map(([tone, text]): Entry => ({
      text,
      sample: (x, y) => [{ shape: 'box', x: x + 4, y: y - 7, width: SAMPLE - 8, height: 14, look: `box ${tone}-box` }],
    })),
  ];
}

function line(x: number, y: number, look: string): Shape {
  return { shape: 'line', x1: x, y1: y, x2: x + SAMPLE - 6, y2: y, look };
}

function tip(x: number, y: number): Shape {
  return { shape: 'path', d: `M${x} ${y}l-9 -4.5v9z`, look: 'tip' };
}

function cross(x: number, y: number): Shape {
  return { shape: 'path', d: `M${x - 5} ${y - 5}l10 10m0 -10l-10 10`, look: 'cut' };
}

const TONES: readonly (readonly [Tone, string])[] = [
  ['correct', 'goes on at once'],
  ['wait', 'waits'],
  ['elsewhere', 'goes elsewhere'],
  ['accepted', 'accepted'],
  ['gaveUp', 'gave up'],
  ['cancelled', 'cancelled or unfinished'],
];
