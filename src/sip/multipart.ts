// Multipart bodies (RFC 5621 §4, RFC 2046 §5.1): telling the parts apart.

import type { Header } from './message.js';

/** One part of a multipart body. */
export interface BodyPart {
  readonly headers: readonly Header[];
  readonly body: string;
}

/**
 * The parts of a multipart body. Preamble and epilogue are left out; a last part that no delimiter closes reaches to
 * the end. No part when the boundary is empty, too long or does not occur.
 */
export function partsOf(body: string, boundary: string): readonly BodyPart[] {
  if (boundary === '' || boundary.length > MAX_BOUNDARY) return [];
  const parts: BodyPart[] = [];
  let partAt = -1;
  for (const delimiter of delimitersOf(body, boundary)) {
    if (partAt >= 0) parts.push(readPart(body.slice(partAt, delimiter.start)));
    if (delimiter.closes) return parts;
    partAt = delimiter.end;
  }
  if (partAt >= 0) parts.push(readPart(body.slice(partAt)));
  return parts;
}

/** "no longer than 70 characters" (RFC 2046 §5.1.1), which also bounds the time of the search. */
const MAX_BOUNDARY = 70;

interface Delimiter {
  /** Where the part before ends: the line end in front of a delimiter belongs to the delimiter (RFC 2046 §5.1.1). */
  readonly start: number;
  readonly end: number;
  readonly closes: boolean;
}

function* delimitersOf(body: string, boundary: string): Generator<Delimiter> {
  const dashed = `--${boundary}`;
  for (let at = body.indexOf(dashed); at >= 0; at = body.indexOf(dashed, at + 1)) {
    if (at > 0 && body.charAt(at - 1) !== '\n') continue;
    const newline = body.indexOf('\n', at);
    const lineEnd = newline < 0 ? body.length : newline;
    const tail = body.slice(at + dashed.length, lineEnd).trimEnd();
    if (tail !== '' && tail !== '--') continue;
    yield { start: beforeLineEnd(body, at), end: newline < 0 ? body.length : newline + 1, closes: tail === '--' };
  }
}

function beforeLineEnd(body: string, at: number): number {
  if (body.endsWith('\r\n', at)) return at - 2;
  return Math.max(0, at - 1);
}

/** Its header fields are few and plain: folded lines are joined, and a line without a name is passed over. */
function readPart(text: string): BodyPart {
  const empty = EMPTY_LINE.exec(text);
  const head = empty === null ? text : text.slice(0, empty.index);
  return {
    headers: head.replace(FOLD, ' ').replaceAll('\r', ' ').split('\n').flatMap(readField),
    body: empty === null ? '' : text.slice(empty.index + empty[0].length),
  };
}

const EMPTY_LINE = /(?:^|\n)\r?\n/;
const FOLD = /\r?\n[ \t]+/g;

function readField(line: string): readonly Header[] {
  const colon = line.indexOf(':');
  const name = line.slice(0, Math.max(0, colon)).trim();
  return name === '' ? [] : [[name, line.slice(colon + 1).trim()]];
}
