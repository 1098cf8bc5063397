// Plain text in columns: for a terminal, where nothing else sets it.

/** A text and the width of the column that it stands in. */
export interface Cell {
  readonly text: string;
  readonly width: number;
}

/** Lines in which the texts stand side by side, two blanks apart; a text that is too long goes on in the next line. */
export function setSideBySide(cells: readonly Cell[]): readonly string[] {
  const columns = cells.map(({ text, width }) => ({ lines: wrapText(text, width), width }));
  const height = Math.max(...columns.map(({ lines }) => lines.length));
  return Array.from({ length: height }, (_, row) =>
    columns
      .map(({ lines, width }) => (lines[row] ?? '').padEnd(width))
      .join('  ')
      .trimEnd(),
  );
}

/** The text in lines of at most this width, broken at blanks but never inside a citation; a longer word stands alone. */
export function wrapText(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.match(/\(?RFC \d+ §\S+|\S+/g) ?? []) {
    if (line === '') line = word;
    else if (line.length + 1 + word.length <= width) line += ` ${word}`;
    else {
      lines.push(line);
      line = word;
    }
  }
  return [...lines, line];
}
