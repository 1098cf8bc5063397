// Header fields in order (RFC 3261 §7.3): looking up, and changed copies that share what did not change.

import { headerKey } from './header-name.js';
import type { Header } from './message.js';

export { canonicalName, headerKey } from './header-name.js';

/** The value of the first header field of that name, in any case and in compact or long form. */
export function firstHeader(headers: readonly Header[], name: string): string | undefined {
  const key = headerKey(name);
  for (const header of headers) if (hasKey(header, key)) return header[1];
  return undefined;
}

/** All values of that name in order, one for each row (not split at commas). */
export function allHeaders(headers: readonly Header[], name: string): readonly string[] {
  const key = headerKey(name);
  // A list that begins with its first value takes a fifth of the memory of one that begins empty and grows.
  let values: string[] | undefined;
  for (const header of headers) {
    if (!hasKey(header, key)) continue;
    if (values === undefined) values = [header[1]];
    else values.push(header[1]);
  }
  return values ?? [];
}

/** Whether there is a header field of that name. */
export function hasHeader(headers: readonly Header[], name: string): boolean {
  return firstHeader(headers, name) !== undefined;
}

/** A list with exactly one header field of that name: in place of the first there was, else at the end. */
export function setHeader(headers: readonly Header[], name: string, value: string): readonly Header[] {
  const key = headerKey(name);
  const rows: Header[] = [];
  let isSet = false;
  for (const header of headers) {
    if (!hasKey(header, key)) rows.push(header);
    else if (!isSet) {
      rows.push([header[0], value]);
      isSet = true;
    }
  }
  if (!isSet) rows.splice(placeAtEnd(rows), 0, [name, value]);
  return rows;
}

/**
 * A list in which the rows of that name are these. They stand where the first was, under the name as it was written
 * there; where there was none, at the end, but before a Content-Length that closes the list.
 */
export function replaceHeaders(headers: readonly Header[], name: string, values: readonly string[]): readonly Header[] {
  const key = headerKey(name);
  const first = headers.findIndex((header) => hasKey(header, key));
  const at = first >= 0 ? first : placeAtEnd(headers);
  const written = headers[first]?.[0] ?? name;
  const rows = values.map((value): Header => [written, value]);
  return [...headers.slice(0, at), ...rows, ...headers.slice(at).filter((header) => !hasKey(header, key))];
}

/** A list without the header fields of that name. */
export function removeHeader(headers: readonly Header[], name: string): readonly Header[] {
  const key = headerKey(name);
  return headers.filter((header) => !hasKey(header, key));
}

/** Whether a header field has this key. Lengths are compared first: that settles nearly every name without any look-up. */
export function hasKey({ 0: name }: Header, key: string): boolean {
  return (name.length === key.length || name.length === 1) && headerKey(name) === key;
}

function placeAtEnd(headers: readonly Header[]): number {
  const last = headers.at(-1);
  return last !== undefined && headerKey(last[0]) === 'content-length' ? headers.length - 1 : headers.length;
}
