// One arrow of a terminal ladder: its stroke, its head or what became of it, and its label.
import { cutToWidth, widthOf } from '../text-width.js';
import type { CanvasLine } from './canvas-line.js';
import type { Signs } from './signs.js';

export interface Arrow {
  readonly label: string;
  /** `full`: it arrives; `pending`: it arrives later; `late`: it arrives now; `cut`: it is lost under way; `refused`: nobody takes it. */
  readonly stroke: 'full' | 'pending' | 'late' | 'cut' | 'refused';
  /** Nothing new: a retransmission. */
  readonly isFaint: boolean;
}

/** Draws the arrow between two lanes, over those between them. */
export function putArrow(line: CanvasLine, from: number, to: number, arrow: Arrow, signs: Signs): void {
  const isRight = to > from;
  const inner = Math.abs(to - from) - 1;
  /** The column that is so many cells away from the sender's lane. */
  const column = (cells: number): number => (isRight ? from + cells : from - cells);
  const lead = inner < 24 ? 1 : 2;
  const label = ` ${cutToWidth(arrow.label, inner - lead - 4)} `;
  const labelEnd = lead + widthOf(label);
  const length = arrow.stroke === 'cut' ? Math.max(labelEnd + 2, Math.ceil(inner * 0.6)) : inner;
  const style = arrow.stroke === 'cut' || arrow.stroke === 'refused' ? 'lost' : arrow.isFaint ? 'faint' : undefined;

  for (let cells = 1; cells < length; cells += 1) {
    const isDotted = arrow.stroke === 'late' || (arrow.stroke === 'pending' && cells > labelEnd);
    const stroke = isDotted ? signs.dotted : line.isBlank(column(cells)) ? signs.line : signs.crossed;
    line.put(column(cells), stroke, style);
  }
  line.put(column(length), headOf(arrow, isRight, signs), style);
  line.put(
    isRight ? column(lead + 1) : column(labelEnd),
    label,
    style ?? (arrow.stroke === 'late' ? 'faint' : 'strong'),
  );
}

function headOf({ stroke }: Arrow, isRight: boolean, signs: Signs): string {
  if (stroke === 'cut' || stroke === 'refused') return signs.lost;
  if (stroke === 'pending') return signs.dotted;
  return isRight ? signs.right : signs.left;
}
