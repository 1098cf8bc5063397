// How large a text is in the picture: its fonts have fixed widths, so nothing has to be measured where there is no screen.

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** The advance of one character of the fonts in `FONTS`, in em; the widest of them. */
const ADVANCE = 0.61;

export const ROW_FONT = 11;
export const NAME_FONT = 13;
export const ROW_HEIGHT = 16;

export function widthOf(text: string, font: number): number {
  return Math.ceil(text.length * font * ADVANCE);
}

export const CARD_PADDING = 6;

/** How many characters of a guard stand in one line. */
const LINE_LENGTH = 46;

/** The lines of a row: the events, and the guard where it fits, else below. */
export function linesOf(events: string, guard: string | undefined): readonly string[] {
  if (guard === undefined) return events === '' ? ['at once'] : [events];
  const parts = guard.split(' & ');
  const guardLines: string[] = [];
  for (const [place, part] of parts.entries()) {
    const text = `${place === 0 ? '[' : ''}${part}${place === parts.length - 1 ? ']' : ' &'}`;
    const last = guardLines.at(-1);
    if (last !== undefined && last.length + text.length < LINE_LENGTH)
      guardLines[guardLines.length - 1] = `${last} ${text}`;
    else guardLines.push(text);
  }
  const [first = '', ...others] = guardLines;
  if (events === '') return guardLines;
  if (events.length + first.length < LINE_LENGTH) return [`${events} ${first}`, ...others.map((line) => `  ${line}`)];
  return [events, ...guardLines.map((line) => `  ${line}`)];
}

export function cardSize(rows: readonly (readonly string[])[]): Size {
  const lines = rows.flat();
  return {
    width: Math.max(...lines.map((line) => widthOf(line, ROW_FONT)), 0) + 2 * CARD_PADDING,
    height: lines.length * ROW_HEIGHT + 2 * CARD_PADDING,
  };
}
