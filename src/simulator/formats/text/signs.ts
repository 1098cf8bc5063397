// The characters that a terminal ladder is drawn with; in plain ASCII where nothing else can be shown.
import type { Tone } from '../ladder/ladder-row.js';

export interface Signs {
  readonly lane: string;
  /** A lane while time passes. */
  readonly gap: string;
  readonly line: string;
  readonly crossed: string;
  /** Of a message that has not arrived yet, or arrives now. */
  readonly dotted: string;
  readonly right: string;
  readonly left: string;
  readonly lost: string;
  readonly again: string;
  readonly note: string;
  readonly tone: { readonly [K in Tone]: string };
}

export const unicodeSigns: Signs = {
  lane: '│',
  gap: '⋮',
  line: '─',
  crossed: '┼',
  dotted: '┄',
  right: '▶',
  left: '◀',
  lost: '✗',
  again: '↻',
  note: '·',
  tone: { correct: '●', wait: '●', elsewhere: '●', accepted: '✓', gaveUp: '■', cancelled: '■' },
};

export const asciiSigns: Signs = {
  lane: '|',
  gap: ':',
  line: '-',
  crossed: '+',
  dotted: '.',
  right: '>',
  left: '<',
  lost: 'X',
  again: '~',
  note: '-',
  tone: { correct: '*', wait: '*', elsewhere: '*', accepted: '+', gaveUp: '#', cancelled: '#' },
};

/** The text in ASCII: known signs by their likeness, anything else by its number. */
export function asAscii(text: string): string {
  return text.replace(/[^\x20-\x7e\n\u001b]/gu, (character) => {
    return LIKENESS[character] ?? `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
  });
}

const LIKENESS: { readonly [character: string]: string } = {
  '§': 'section ',
  '’': "'",
  '“': '"',
  '”': '"',
  '…': '~',
  '–': '-',
  '·': '-',
  é: 'e',
};
