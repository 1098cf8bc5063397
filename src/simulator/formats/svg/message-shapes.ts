// An arrow of a picture, with its label, what became of it, and the header fields below it.
import type { ArrivalRow, MessageRow } from '../ladder/ladder-row.js';
import type { PassingMessage } from '../../transcript.js';
import { cutToFit, measure } from './font.js';
import type { Geometry } from './geometry.js';
import type { Block, Shape } from './shape.js';

const LABEL = 16;
const LINE = 24;
const ROW = 34;
const HEADER = 15;

export function messageBlock({ message, headers, isCrossing }: MessageRow, tag: string, geometry: Geometry): Block {
  const { lost, retransmission } = message;
  const suffix = retransmission ? ' (retransmission)' : lost === undefined || lost === 'network' ? '' : ` (${lost})`;
  const { laneOf, last } = geometry;
  const left = Math.min(laneOf(message.from), laneOf(message.to));
  const below = headers.map((text, index): Shape => {
    const x = left + 16;
    const y = LINE + HEADER * (index + 1);
    return {
      shape: 'text',
      x,
      y,
      text: cutToFit(text, last - x - 10, 'header'),
      font: 'header',
      anchor: 'start',
      ink: 'faint',
      hasHalo: true,
    };
  });
  const stroke = lost === 'network' ? 'cut' : lost !== undefined ? 'refused' : isCrossing ? 'pending' : 'full';
  return {
    height: ROW + (headers.length === 0 ? 0 : HEADER * headers.length + 4),
    shapes: [...arrow(message, tag, suffix, stroke, geometry), ...below],
  };
}

export function arrivalBlock({ message, isCopy }: ArrivalRow, tag: string, geometry: Geometry): Block {
  return { height: ROW, shapes: arrow(message, tag, isCopy ? ' (arrives again)' : ' (arrives)', 'late', geometry) };
}

type Stroke = 'full' | 'pending' | 'late' | 'cut' | 'refused';

function arrow(
  message: PassingMessage,
  tag: string,
  suffix: string,
  stroke: Stroke,
  { laneOf }: Geometry,
): readonly Shape[] {
  const [from, to] = [laneOf(message.from), laneOf(message.to)];
  const forth = to > from ? 1 : -1;
  const start = from + forth * 2;
  const end = stroke === 'cut' ? from + (to - from) * 0.72 : to - forth * (stroke === 'refused' ? 10 : 2);
  const middle = (from + end) / 2;
  const room = Math.abs(end - from) - 24 - measure(suffix, 'label');
  const isOld = message.retransmission || stroke === 'late';
  const label: Shape = {
    shape: 'text',
    x: middle,
    y: LABEL,
    text: `${cutToFit(`${tag}${message.summary}`, room, 'label')}${suffix}`,
    font: 'label',
    anchor: 'middle',
    ink: stroke === 'cut' || stroke === 'refused' ? 'lost-ink' : isOld ? 'faint' : 'ink',
    hasHalo: true,
  };
  const look = message.retransmission ? 'arrow again' : 'arrow';
  if (stroke === 'late') return [label, line(start, end, 'arrow late'), tip(end, forth)];
  if (stroke === 'pending') return [label, line(start, middle, look), line(middle, end, 'arrow late')];
  if (stroke === 'full') return [label, line(start, end - forth * 6, look), tip(end, forth)];
  return [label, line(start, end, look), cross(end), ...(stroke === 'cut' ? [lostWord(end, to, forth)] : [])];
}

function line(x1: number, x2: number, look: string): Shape {
  return { shape: 'line', x1, y1: LINE, x2, y2: LINE, look };
}

function tip(x: number, forth: number): Shape {
  return { shape: 'path', d: `M${x} ${LINE}l${-9 * forth} -4.5v9z`, look: 'tip' };
}

function cross(x: number): Shape {
  return { shape: 'path', d: `M${x - 5} ${LINE - 5}l10 10m0 -10l-10 10`, look: 'cut' };
}

/** Between the cross and the lane that the message did not reach. */
function lostWord(end: number, to: number, forth: number): Shape {
  const anchor = forth > 0 ? 'start' : 'end';
  return {
    shape: 'text',
    x: end + forth * 12,
    y: LINE + 4,
    text: cutToFit('lost', Math.abs(to - end) - 16, 'note'),
    font: 'note',
    anchor,
    ink: 'lost-ink',
  };
}
