// What stands beside a lane of a picture: cards of decisions and outcomes, notes, and the words of a gap.
import type { CardRow, GapRow, NoteRow } from '../ladder/ladder-row.js';
import { wrapToFit, type FontName } from './font.js';
import type { Geometry } from './geometry.js';
import type { Block, Shape } from './shape.js';

const INDENT = 16;
const PADDING = 12;
const WIDEST_CARD = 620;

/** A decision or an outcome: what, why, by which section. */
export function cardBlock({ tone, title, why, source }: CardRow, tag: string, { laneOf, last }: Geometry): Block {
  const lane = laneOf('uac');
  const x = lane + INDENT;
  const room = Math.min(WIDEST_CARD, Math.max(last - x - INDENT, 280));
  const texts = lines(room - 2 * PADDING - 4, [
    [`${tag}${title}`, 'card', `${tone}-ink`, 19],
    [why, 'why', 'ink', 17],
    [source, 'source', 'faint', 17],
  ]);
  const height = texts.height + 2 * PADDING - 7;
  return {
    height: height + 16,
    shapes: [
      { shape: 'line', x1: lane, y1: 26, x2: x, y2: 26, look: `${tone}-line` },
      { shape: 'box', x: lane - 5, y: 21, width: 10, height: 10, look: `box ${tone}-box` },
      { shape: 'box', x, y: 8, width: room, height, look: `box ${tone}-box` },
      ...texts.shapes(x + PADDING, 8 + PADDING - 6, 'start', false),
    ],
  };
}

/** One sentence beside a lane: on its right, or on its left where the last lane leaves no room. */
export function noteBlock({ party, text }: NoteRow, tag: string, { laneOf, last, lanes }: Geometry): Block {
  const lane = laneOf(party);
  const isLast = lane === last && lanes.length > 1;
  const room = isLast ? lane - (lanes[0] ?? 0) - 2 * INDENT : Math.max(last - lane - 2 * INDENT, 200);
  const texts = lines(room, [[`${tag}${text}`, 'note', 'faint', 17]]);
  return {
    height: texts.height + 10,
    shapes: [
      { shape: 'box', x: lane - 3, y: 9, width: 6, height: 6, look: 'tip' },
      ...texts.shapes(isLast ? lane - INDENT : lane + INDENT, 0, isLast ? 'end' : 'start', true),
    ],
  };
}

/** Time passes: the lanes are dotted, the axis is broken. */
export function gapBlock({ text }: GapRow, tag: string, { laneOf, last }: Geometry): Block {
  const x = laneOf('uac') + INDENT;
  const texts = lines(Math.max(last - x - INDENT, 200), [[`${tag}${text}`, 'note', 'wait-ink', 17]]);
  return { height: texts.height + 22, shapes: texts.shapes(x, 8, 'start', true) };
}

type Paragraph = readonly [text: string, font: FontName, ink: string, height: number];

/** Paragraphs below each other, and how high they are together. */
function lines(width: number, paragraphs: readonly Paragraph[]) {
  const set = paragraphs.flatMap(([text, font, ink, height]) =>
    text === '' ? [] : wrapToFit(text, width, font).map((line) => ({ line, font, ink, height })),
  );
  return {
    height: set.reduce((sum, { height }) => sum + height, 0),
    shapes: (x: number, top: number, anchor: 'start' | 'end', hasHalo: boolean): readonly Shape[] => {
      let y = top;
      return set.map(({ line, font, ink, height }) => {
        y += height;
        return { shape: 'text', x, y: y - 3, text: line, font, anchor, ink, hasHalo };
      });
    },
  };
}
