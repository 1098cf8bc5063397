// One row of challenges as written (challenge, RFC 3261 §25.1): `Digest realm="a", nonce="b", Basic realm="c"`.

import { endOfQuoted } from './enclosure.js';
import { usualNameAt, WrittenParams } from './written-params.js';

/** A challenge before anything is made of it. */
export interface WrittenChallenge {
  readonly scheme: string;
  readonly params: WrittenParams;
  /** What is wrong with the way its parameters are written; the first such thing. */
  readonly flaw: string | undefined;
}

/** Tells the challenges of one row apart: a new one begins behind a comma with a word that no `=` follows. */
export function readChallengeRow(row: string): readonly WrittenChallenge[] {
  const challenges: OpenChallenge[] = [];
  let current: OpenChallenge | undefined;
  let afterComma = true;
  for (let at = skipLws(row, 0); at < row.length; at = skipLws(row, at)) {
    if (row.charCodeAt(at) === COMMA) {
      afterComma = true;
      at += 1;
      continue;
    }
    const usual = usualNameAt(row, at);
    const wordEnd = usual === undefined ? endOfWord(row, at) : at + usual.length;
    const next = usual === undefined ? skipLws(row, wordEnd) : wordEnd;
    const follower = row.charCodeAt(next);
    if (follower === EQUALS) {
      current ??= begin(challenges, '');
      at = readParam(row, usual ?? row.slice(at, wordEnd).toLowerCase(), next + 1, current);
    } else if (wordEnd > at) {
      // A word that is not behind a comma is the token68 of a scheme that is not Digest: nothing for us.
      if (afterComma) {
        const begun = begin(challenges, row.slice(at, wordEnd));
        // A word alone between commas takes no parameters away from the challenge before it.
        if (current === undefined || follower !== COMMA) current = begun;
      }
      at = next;
    } else at = afterQuoted(row, at);
    afterComma = false;
  }
  return challenges;
}

const TAB = 0x09;
const SPACE = 0x20;
const QUOTE = 0x22;
const COMMA = 0x2c;
const EQUALS = 0x3d;

interface OpenChallenge {
  readonly scheme: string;
  readonly params: WrittenParams;
  flaw: string | undefined;
}

function begin(challenges: OpenChallenge[], scheme: string): OpenChallenge {
  const begun: OpenChallenge = { scheme, params: new WrittenParams(), flaw: undefined };
  challenges.push(begun);
  return begun;
}

/** Reads the value that stands behind its `=`, notes it, and returns where it ends. */
function readParam(row: string, name: string, behindEquals: number, challenge: OpenChallenge): number {
  const from = skipLws(row, behindEquals);
  const isQuoted = row.charCodeAt(from) === QUOTE;
  const start = isQuoted ? from + 1 : from;
  const closing = isQuoted ? endOfQuoted(row, from) : -1;
  const end = closing < 0 ? endOfBareValue(row, start) : closing;
  const value = row.slice(start, end);
  // "any given parameter-name MUST NOT appear more than once" (RFC 3261 §7.3.1); the same value again does no harm.
  if (challenge.params.add(name, value) !== value) challenge.flaw ??= `parameter "${name}" twice`;
  if (isQuoted && closing < 0) challenge.flaw ??= `parameter "${name}" without a closing quote`;
  return closing < 0 ? end : closing + 1;
}

function skipLws(row: string, from: number): number {
  let at = from;
  while (isLws(row.charCodeAt(at))) at += 1;
  return at;
}

/** A value without quotes reaches to the next comma or LWS. */
function endOfBareValue(row: string, from: number): number {
  let at = from;
  while (at < row.length && !isLws(row.charCodeAt(at)) && row.charCodeAt(at) !== COMMA) at += 1;
  return at;
}

function endOfWord(row: string, from: number): number {
  let at = from;
  while (at < row.length && !endsWord(row.charCodeAt(at))) at += 1;
  return at;
}

function endsWord(unit: number): boolean {
  return isLws(unit) || unit === COMMA || unit === EQUALS || unit === QUOTE;
}

function isLws(unit: number): boolean {
  return unit === SPACE || unit === TAB;
}

/** A quoted string where a word should be is passed over whole. */
function afterQuoted(row: string, open: number): number {
  const end = endOfQuoted(row, open);
  return end < 0 ? row.length : end + 1;
}
