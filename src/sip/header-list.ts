// Header fields in order (RFC 3261 §7.3): looking up, and changed copies that share what did not change.

import { headerKey } from './header-name.js';
import type { Header } from './message.js';

export { canonicalName, headerKey } from './header-name.js';

/** The value of the first header field of that name, in any case and in compact or long form. */
export function firstHeader(headers: readonly Header[], name: string): string | undefined {
  const is = nameTest(name);
  for (const header of headers) if (is(header[0])) return header[1];
  return undefined;
}

/** All values of that name in order, one for each row (not split at commas). */
export function allHeaders(headers: readonly Header[], name: string): readonly string[] {
  const is = nameTest(name);
  const values: string[] = [];
  for (const header of headers) if (is(header[0])) values.push(header[1]);
  return values;
}

/** Whether there is a header field of that name. */
export function hasHeader(headers: readonly Header[], name: string): boolean {
  return firstHeader(headers, name) !== undefined;
}

/** A list with exactly one header field of that name: in place of the first there was, else at the end. */
export function setHeader(headers: readonly Header[], name: string, value: string): readonly Header[] {
  const is = nameTest(name);
  const rows: Header[] = [];
  let isSet = false;
  for (const header of headers) {
    if (!is(header[0])) rows.push(header);
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
  const is = nameTest(name);
  const first = headers.findIndex((header) => is(header[0]));
  const at = first >= 0 ? first : placeAtEnd(headers);
  const written = headers[first]?.[0] ?? name;
  const rows = values.map((value): Header => [written, value]);
  return [...headers.slice(0, at), ...rows, ...headers.slice(at).filter((header) => !is(header[0]))];
}

/** A list without the header fields of that name. */
export function removeHeader(headers: readonly Header[], name: string): readonly Header[] {
  const is = nameTest(name);
  return headers.filter((header) => !is(header[0]));
}

/** A test of written names. Lengths are compared first: that settles nearly every name without any look-up. */
function nameTest(name: string): (written: string) => boolean {
  const key = headerKey(name);
  return (written) => (written.length === key.length || written.length === 1) && headerKey(written) === key;
}

function placeAtEnd(headers: readonly Header[]): number {
  const last = headers.at(-1);
  return last !== undefined && headerKey(last[0]) === 'content-length' ? headers.length - 1 : headers.length;
}
