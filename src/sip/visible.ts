// Text from the wire for people: what would move a cursor, change colours, turn the writing or break the line is written out.

/** The text on one line, every control character and every octet that is no UTF-8 as `\x1b`. */
export function visible(text: string): string {
  return text.replace(UNSAFE, writtenOut);
}

// C0, DEL and C1, line separators, lone surrogates (octets that are no UTF-8), and marks that turn the writing direction.
const UNSAFE = /[\0-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]|\p{Surrogate}/gu;

function writtenOut(character: string): string {
  const code = character.charCodeAt(0);
  // U+DC80 to U+DCFF stand for the octets 80 to FF (see octets.ts).
  const octet = code >= 0xdc80 && code <= 0xdcff ? code - 0xdc00 : code;
  return octet < 0x100 ? `\\x${octet.toString(16).padStart(2, '0')}` : `\\u${octet.toString(16).padStart(4, '0')}`;
}
