// Registered names of header fields as they stand in a message: found where a line begins, and ready to be written.
import { registeredSpellings, type Spelling } from './header-name.js';

/** A registered spelling, its key, and how a line with it begins. */
export interface KnownName extends Spelling {
  /** With the line break before it: `'\r\nCall-ID: '`. */
  readonly opening: string;
}

/** The table's own copy of a registered spelling, so that no message keeps one of its own; undefined for other names. */
export function knownName(name: string): KnownName | undefined {
  return KNOWN_NAMES.get(name);
}

/** The same for the name that stands between two places of a text, which need not be cut out of it for that. */
export function knownNameAt(text: string, from: number, to: number): KnownName | undefined {
  const candidates = NAMES_BY_FORM[formOf(text.charCodeAt(from), to - from)];
  if (candidates === undefined) return undefined;
  for (const known of candidates) if (text.startsWith(known.spelling, from)) return known;
  return undefined;
}

const KNOWN_NAMES = new Map<string, KnownName>();

/** Registered spellings by first letter and length: seldom more than two share both. */
const NAMES_BY_FORM: (KnownName[] | undefined)[] = [];

for (const { spelling, key } of registeredSpellings()) {
  const known = { spelling, key, opening: `\r\n${spelling}: ` };
  KNOWN_NAMES.set(spelling, known);
  (NAMES_BY_FORM[formOf(spelling.charCodeAt(0), spelling.length)] ??= []).push(known);
}

/** A number for a first letter (of ASCII; others meet no registered name) and a length. */
function formOf(letter: number, length: number): number {
  return length * 128 + letter;
}
