// Text by the cells that it takes in a terminal: measured, cut, wrapped. Wide characters take two, combining ones none.
import stringWidth from 'string-width';

const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** The user-perceived characters of a text. */
export function graphemesOf(text: string): readonly string[] {
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

/** How many cells the text takes. */
export function widthOf(text: string): number {
  return PLAIN.test(text) ? text.length : stringWidth(text, { countAnsiEscapeCodes: true });
}

/** The text in at most `width` cells, the end of a longer one replaced by `…`. */
export function cutToWidth(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  if (width < 1) return '';
  let cut = '';
  let taken = 0;
  for (const grapheme of graphemesOf(text)) {
    taken += widthOf(grapheme);
    if (taken > width - 1) break;
    cut += grapheme;
  }
  return `${cut.trimEnd()}…`;
}

/** The text in lines of at most `width` cells, broken at blanks but not inside a citation; a longer word is cut. */
export function wrapToWidth(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.match(/\(?RFC \d+ §\S+|\S+/g) ?? []) {
    if (line === '') line = word;
    else if (widthOf(line) + 1 + widthOf(word) <= width) line += ` ${word}`;
    else {
      lines.push(line);
      line = word;
    }
  }
  return [...lines, line].map((one) => cutToWidth(one, width));
}

const PLAIN = /^[\x20-\x7e]*$/;
