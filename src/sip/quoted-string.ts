// Quoted strings (RFC 3261 §25.1): taking the quotes and escapes off, and putting them on.

import { endOfQuoted } from './enclosure.js';

/** Removes the backslash of every quoted-pair: `a\"b` → `a"b`. The argument is the inside of a quoted string. */
export function unescape(text: string): string {
  return text.includes('\\') ? text.replace(/\\([^])/g, '$1') : text;
}

/** The value meant by a token or quoted string: quotes and escapes removed, LWS round it too. */
export function unquote(text: string): string {
  const trimmed = text.trim();
  if (!trimmed.startsWith('"')) return trimmed;
  const end = endOfQuoted(trimmed, 0);
  return unescape(trimmed.slice(1, end < 0 ? undefined : end));
}

/** A quoted string with this content: quotes and backslashes in it are escaped. */
export function quote(content: string): string {
  return `"${content.replace(/["\\]/g, '\\$&')}"`;
}
