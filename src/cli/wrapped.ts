// Text in lines of a given width.

/** The text in lines, broken at spaces; a word that is longer than a line stands alone. */
export function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

/** The text behind a lead, its further lines indented so that they stand under the first. */
export function hang(lead: string, text: string, width: number): readonly string[] {
  return wrap(text, Math.max(20, width - lead.length)).map(
    (line, index) => (index === 0 ? lead : ' '.repeat(lead.length)) + line,
  );
}

/** The text in at most `width` characters, the end of a longer one replaced by `…`. */
export function cut(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, width - 1)}…`;
}
