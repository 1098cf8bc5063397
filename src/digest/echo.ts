// Quoted strings of an Authorization header field (RFC 7616 §3.4): our own texts, and what a server sent and gets back.
import { endOfQuoted } from '../sip/enclosure.js';
import { quote, unescape } from '../sip/quoted-string.js';

/** A text of our own in quotes. Most need no escape, and so no copy. */
export function quoted(text: string): string {
  return hasSpecials(text) ? quote(text) : `"${text}"`;
}

/** The received contents of a quoted string, in quotes again, escapes as they were: servers compare octets. */
export function echoed(contents: string): string {
  const echo = `"${contents}"`;
  // Contents that never stood in quotes can hold what would end them early.
  return !hasSpecials(contents) || endOfQuoted(echo, 0) === echo.length - 1 ? echo : quote(unescape(contents));
}

function hasSpecials(text: string): boolean {
  return text.includes('"') || text.includes('\\');
}
