// Splitting a header value at its commas or semicolons (RFC 3261 §7.3.1): only those outside of "…", (…) and <…>.

import { endOfComment, endOfQuoted } from './enclosure.js';

/**
 * The pieces between the separators that are not inside a quoted string, a comment or angle brackets. Nothing is
 * trimmed or dropped: joining the pieces with the separator gives the text again. An opening that is never closed
 * hides nothing: it counts as an ordinary character.
 */
export function splitOutside(text: string, separator: ',' | ';'): readonly string[] {
  if (!text.includes(separator)) return [text];
  const pieces: string[] = [];
  // Kinds of opening found unclosed once are not looked for again, so the time stays linear.
  const unclosed = new Set<string>();
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === separator) {
      pieces.push(text.slice(from, at));
      from = at + 1;
    } else if (isOpening(character) && !unclosed.has(character)) {
      const end = closingOf(text, at, character);
      if (end < 0) unclosed.add(character);
      else at = end;
    }
  }
  pieces.push(text.slice(from));
  return pieces;
}

type Opening = '"' | '(' | '<';

function isOpening(character: string): character is Opening {
  return character === '"' || character === '(' || character === '<';
}

function closingOf(text: string, open: number, opening: Opening): number {
  if (opening === '"') return endOfQuoted(text, open);
  return opening === '(' ? endOfComment(text, open) : text.indexOf('>', open);
}
