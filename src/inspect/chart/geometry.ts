// How large a text is in the picture: its fonts have fixed widths, so nothing has to be measured where there is no screen.

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** The advance of one character of the fonts in `FONTS`, in em; the widest of them. */
const ADVANCE = 0.61;

export const ROW_FONT = 11;
export const NAME_FONT = 13;
export const ROW_HEIGHT = 15;

export function widthOf(text: string, font: number): number {
  return Math.ceil(text.length * font * ADVANCE);
}

export const CARD_PADDING = 6;

/** The lines of a row of at most so many characters: the events, and the guard where it fits, else below. */
export function linesOf(events: string, guard: string | undefined, length: number): readonly string[] {
  if (guard === undefined) return events === '' ? ['at once'] : wrapped(events, length);
  const parts = guard.split(' & ');
  const guardLines: string[] = [];
  for (const [place, part] of parts.entries()) {
    const text = `${place === 0 ? '[' : ''}${part}${place === parts.length - 1 ? ']' : ' &'}`;
    const last = guardLines.at(-1);
    if (last !== undefined && last.length + text.length < length) guardLines[guardLines.length - 1] = `${last} ${text}`;
    else guardLines.push(text);
  }
  const [first = '', ...others] = guardLines;
  if (events === '') return guardLines;
  if (events.length + first.length < length) return [`${events} ${first}`, ...others.map((line) => `  ${line}`)];
  return [events, ...guardLines.map((line) => `  ${line}`)];
}

/** A line ends behind a comma. */
function wrapped(events: string, length: number): readonly string[] {
  const lines: string[] = [];
  for (const part of events.split(/(?<=,) /)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + part.length <= length) lines[lines.length - 1] = `${last} ${part}`;
    else lines.push(part);
  }
  return lines;
}

export function cardSize(rows: readonly (readonly string[])[]): Size {
  const lines = rows.flat();
  return {
    width: Math.max(...lines.map((line) => widthOf(line, ROW_FONT)), 0) + 2 * CARD_PADDING,
    height: lines.length * ROW_HEIGHT + 2 * CARD_PADDING,
  };
}
