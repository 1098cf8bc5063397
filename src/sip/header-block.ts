// The header fields between start line and body (RFC 3261 §7.3.1): folding, any line end, lines that are none.

import { headerKey } from './header-name.js';
import { knownName, knownNameAt } from './known-name.js';
import type { Header } from './message.js';
import { snippet, type ReadNotes } from './read-note.js';
import { isToken } from './token.js';

/** A header field and the line it began in, counted from 1. */
export interface HeaderRow {
  readonly name: string;
  /** The name to compare by. */
  readonly key: string;
  readonly value: string;
  readonly line: number;
}

/** Header fields as they were read, with their places and without. */
export interface HeaderBlock {
  readonly rows: readonly HeaderRow[];
  readonly headers: readonly Header[];
  /** Where the body begins: behind the empty line, or at the end of the text. */
  readonly end: number;
}

/**
 * Reads header fields from `start` to the empty line. Each line is looked at once: the next colon and the next
 * carriage return are searched for only after the last one found was passed, so the time is linear.
 */
export function readHeaderBlock(text: string, start: number, firstLine: number, notes: ReadNotes): HeaderBlock {
  const rows: HeaderRow[] = [];
  const headers: Header[] = [];
  // The header field that a folded line continues.
  let open: { readonly name: string; value: string } | undefined;
  let colon = -1;
  let carriageReturn = -1;
  for (let at = start, line = firstLine; at < text.length; line += 1) {
    const newline = text.indexOf('\n', at);
    const end = newline < 0 ? text.length : newline;
    const next = newline < 0 ? text.length : newline + 1;
    const stop = trimmedEnd(text, at, end);
    const first = text.charCodeAt(at);
    const folded = first === SPACE || first === TAB;
    if (stop === at && !folded) return { rows, headers, end: next };

    if (carriageReturn < at) carriageReturn = indexOfOrEnd(text, '\r', at);
    const bare = carriageReturn < stop;
    if (bare) notes.add(line, 'a carriage return that ends no line was read as a space');

    if (folded) {
      if (open === undefined) notes.add(line, 'a continuation of no header field was ignored');
      else {
        open.value = unfold(open.value, clean(text, at, stop, bare));
        headers[headers.length - 1] = [open.name, open.value];
      }
    } else {
      if (colon < at) colon = indexOfOrEnd(text, ':', at);
      const usual = bare || colon >= stop ? undefined : knownNameAt(text, at, colon);
      const name = usual?.spelling ?? (colon < stop ? clean(text, at, colon, bare) : '');
      if (name === '') {
        notes.add(line, `a line without a header name was ignored: ${snippet(text.slice(at, stop))}`);
        open = undefined;
      } else {
        const known = usual ?? knownName(name);
        if (known === undefined && !isToken(name)) notes.add(line, `the header name ${snippet(name)} is no token`);
        const { spelling, key } = known ?? { spelling: name, key: headerKey(name) };
        const row = { name: spelling, key, value: clean(text, colon + 1, stop, bare), line };
        rows.push(row);
        headers.push([spelling, row.value]);
        open = row;
      }
    }
    at = next;
  }
  return { rows, headers, end: text.length };
}

const TAB = 0x09;
const CARRIAGE_RETURN = 0x0d;
const SPACE = 0x20;

/** "The line break and the whitespace at the beginning of the next line are treated as a single SP" (§7.3.1). */
function unfold(value: string, more: string): string {
  if (value === '' || more === '') return value + more;
  return `${value} ${more}`;
}

function clean(text: string, from: number, to: number, hasBareCarriageReturn: boolean): string {
  if (hasBareCarriageReturn) {
    const spaced = text.slice(from, to).replaceAll('\r', ' ');
    return clean(spaced, 0, spaced.length, false);
  }
  let start = from;
  while (start < to && isLws(text.charCodeAt(start))) start += 1;
  return text.slice(start, trimmedEnd(text, start, to));
}

function trimmedEnd(text: string, from: number, to: number): number {
  let end = to;
  while (end > from && isLws(text.charCodeAt(end - 1))) end -= 1;
  return end;
}

function isLws(unit: number): boolean {
  return unit === SPACE || unit === TAB || unit === CARRIAGE_RETURN;
}

function indexOfOrEnd(text: string, character: string, from: number): number {
  const at = text.indexOf(character, from);
  return at < 0 ? Infinity : at;
}
