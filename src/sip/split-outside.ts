// Splitting a header value at its commas or semicolons (RFC 3261 §7.3.1): only those outside of "…", (…) and <…>.

import { endOfComment, endOfQuoted } from './enclosure.js';

/**
 * The pieces between the separators that are not inside a quoted string, a comment or angle brackets. Nothing is
 * trimmed or dropped: joining the pieces with the separator gives the text again. An opening that is never closed
 * hides nothing: it counts as an ordinary character.
 */
export function splitOutside(text: string, separator: ',' | ';'): readonly string[] {
  if (!text.includes(separator)) return [text];
  const hides = text.includes('"') || text.includes('(') || text.includes('<');
  return hides ? splitAround(text, separator.charCodeAt(0)) : splitEverywhere(text, separator);
}

/** What `text.split` does, in half the time. */
function splitEverywhere(text: string, separator: string): readonly string[] {
  const pieces: string[] = [];
  let from = 0;
  for (let at = text.indexOf(separator); at >= 0; at = text.indexOf(separator, from)) {
    pieces.push(text.slice(from, at));
    from = at + 1;
  }
  pieces.push(text.slice(from));
  return pieces;
}

function splitAround(text: string, separator: number): readonly string[] {
  const pieces: string[] = [];
  // Kinds of opening found unclosed once are not looked for again, so the time stays linear.
  const unclosed: number[] = [];
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === separator) {
      pieces.push(text.slice(from, at));
      from = at + 1;
    } else if (isOpening(unit) && !unclosed.includes(unit)) {
      const end = closingOf(text, at, unit);
      if (end < 0) unclosed.push(unit);
      else at = end;
    }
  }
  pieces.push(text.slice(from));
  return pieces;
}

const QUOTE = 0x22;
const LEFT_PARENTHESIS = 0x28;
const LEFT_ANGLE_BRACKET = 0x3c;

function isOpening(unit: number): boolean {
  return unit === QUOTE || unit === LEFT_PARENTHESIS || unit === LEFT_ANGLE_BRACKET;
}

function closingOf(text: string, open: number, opening: number): number {
  if (opening === QUOTE) return endOfQuoted(text, open);
  return opening === LEFT_PARENTHESIS ? endOfComment(text, open) : text.indexOf('>', open);
}
