// Where a quoted string or a comment ends (RFC 3261 §25.1): the places in which a comma or semicolon separates nothing.

/** The index of the quote that closes the quoted string opened at `open`, or -1 (a quoted-pair hides a quote). */
export function endOfQuoted(text: string, open: number): number {
  let at = text.indexOf('"', open + 1);
  while (at >= 0 && isEscaped(text, at)) at = text.indexOf('"', at + 1);
  return at;
}

/** The index of the parenthesis that closes the comment opened at `open`, or -1. Comments nest, to any depth. */
export function endOfComment(text: string, open: number): number {
  let depth = 0;
  for (let at = open; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === BACKSLASH) at += 1;
    else if (unit === LEFT_PARENTHESIS) depth += 1;
    else if (unit === RIGHT_PARENTHESIS && --depth === 0) return at;
  }
  return -1;
}

const LEFT_PARENTHESIS = 0x28;
const RIGHT_PARENTHESIS = 0x29;
const BACKSLASH = 0x5c;

/** Whether an odd number of backslashes stands before it: an even number are pairs that escape one another. */
function isEscaped(text: string, at: number): boolean {
  let before = at - 1;
  while (text.charCodeAt(before) === BACKSLASH) before -= 1;
  return (at - before) % 2 === 0;
}
