// One line of a terminal drawing: cells with a style each, so that whatever is put on it, its width stays what it is.
import { graphemesOf, widthOf } from '../text-width.js';
import { painted, type Style } from './style.js';

interface Cell {
  readonly text: string;
  readonly style: Style | undefined;
}

const BLANK: Cell = { text: ' ', style: undefined };
/** The rest of a wide character. */
const TAKEN: Cell = { text: '', style: undefined };

export class CanvasLine {
  readonly #cells: Cell[];

  constructor(width: number) {
    this.#cells = Array.from({ length: width }, () => BLANK);
  }

  /** Writes a text that begins at this cell; what does not fit on the line is left out. */
  put(column: number, text: string, style?: Style): void {
    let at = column;
    for (const grapheme of graphemesOf(text)) {
      const width = widthOf(grapheme);
      if (at < 0 || at + width > this.#cells.length) return;
      if (width === 0) continue;
      this.#cells[at] = { text: grapheme, style };
      this.#cells.fill(TAKEN, at + 1, at + width);
      at += width;
    }
  }

  /** Writes this character wherever nothing is; `until` is the first cell that is left alone. */
  fill(column: number, until: number, character: string, style?: Style): void {
    for (let at = column; at < until; at += 1) this.put(at, character, style);
  }

  isBlank(column: number): boolean {
    return this.#cells[column] === BLANK;
  }

  /** The line without blanks at its end. */
  toText(colour: boolean): string {
    let text = '';
    for (let at = 0; at < this.#cells.length;) {
      const style = this.#cells[at]?.style;
      let run = '';
      for (; at < this.#cells.length && this.#cells[at]?.style === style; at += 1) run += this.#cells[at]?.text ?? '';
      text += colour && style !== undefined ? painted(run, style) : run;
    }
    return text.trimEnd();
  }
}
