// The lines of a terminal ladder as they grow: lanes everywhere, and on them arrows, blocks of text and gaps.
import { cutToWidth, widthOf, wrapToWidth } from '../text-width.js';
import { putArrow, type Arrow } from './arrow.js';
import { CanvasLine } from './canvas-line.js';
import type { Lanes } from './lanes.js';
import type { Signs } from './signs.js';
import type { Style } from './style.js';

/** A paragraph of a block. */
export interface Part {
  /** What stands before its first line. */
  readonly lead: string;
  readonly text: string;
  readonly style?: Style;
  /** Cut instead of wrapped. */
  readonly isCut?: boolean;
}

/** Sentences are not set wider than people read. */
const WIDEST_TEXT = 100;

export class TextDrawing {
  readonly #lines: CanvasLine[] = [];
  readonly #lanes: Lanes;
  readonly #signs: Signs;
  /** The time that was written last: it is not said twice. */
  #time = '';

  constructor(lanes: Lanes, signs: Signs) {
    this.#lanes = lanes;
    this.#signs = signs;
  }

  toText(colour: boolean): string {
    return this.#lines.map((line) => `${line.toText(colour)}\n`).join('');
  }

  /** A text from the edge, outside the lanes. */
  paragraph(text: string, style: Style): void {
    for (const line of wrapToWidth(text, this.#lanes.width)) this.#line().put(0, line, style);
  }

  empty(): void {
    this.#line();
  }

  heads(write: (text: string) => string): void {
    const [names, addresses] = [this.#line(), this.#line()];
    for (const { column, width, name, address } of this.#lanes.heads(write)) {
      names.put(column + Math.floor((width - widthOf(name)) / 2), name, 'strong');
      addresses.put(column + Math.floor((width - widthOf(address)) / 2), address, 'faint');
    }
  }

  /** Nothing but lanes. */
  space(): void {
    this.#laneLine('');
  }

  arrow(time: string, from: number, to: number, arrow: Arrow): void {
    putArrow(this.#laneLine(time), from, to, arrow, this.#signs);
  }

  gap(column: number, text: string): void {
    const line = this.#laneLine('', this.#signs.gap);
    line.put(column + 2, ` ${cutToWidth(text, this.#lanes.width - column - 6)} `, 'wait');
  }

  /** Text beside a lane, over the lanes further on where it needs their room. */
  block(time: string, lane: number, parts: readonly Part[]): void {
    const room = this.#lanes.roomBeside(lane, Math.max(...parts.map(({ lead, text }) => widthOf(lead + text))));
    for (const [index, { lead, text, style, isCut }] of parts.entries()) {
      const indent = widthOf(lead);
      const width = Math.min(room.width - indent, WIDEST_TEXT);
      const lines = isCut === true ? [cutToWidth(text, width)] : wrapToWidth(text, width);
      for (const [row, words] of lines.entries()) {
        const line = this.#laneLine(index === 0 && row === 0 ? time : '');
        line.put(room.column, `${row === 0 ? lead : ' '.repeat(indent)}${words} `, style);
      }
    }
  }

  #laneLine(time: string, sign = this.#signs.lane): CanvasLine {
    const line = this.#line();
    for (const column of this.#lanes.columns) line.put(column, sign, 'faint');
    if (time === '' || time === this.#time) return line;
    line.put(this.#lanes.left - 2 - time.length, time, 'faint');
    this.#time = time;
    return line;
  }

  #line(): CanvasLine {
    const line = new CanvasLine(this.#lanes.width);
    this.#lines.push(line);
    return line;
  }
}
