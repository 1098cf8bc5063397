// The rows of a header list by name, collected in one pass.
import { headerKey } from '../sip/header-list.js';
import type { Header } from '../sip/message.js';

/** The values of each header field that is asked about, in order, by its key. */
export type HeaderRows = ReadonlyMap<string, readonly string[]>;

/** Collects the rows of a header list by key (`'retry-after'`). */
export function rowsOf(headers: readonly Header[]): HeaderRows {
  const rows = new Map<string, string[]>();
  for (const [name, value] of headers) {
    const key = headerKey(name);
    const row = rows.get(key);
    if (row === undefined) rows.set(key, [value]);
    else row.push(value);
  }
  return rows;
}

/** The first value of a header field. */
export function firstOf(rows: HeaderRows, key: string): string | undefined {
  return rows.get(key)?.[0];
}

/** The result of reading a header field, or `undefined` when it is not there. */
export function readIfPresent<T>(rows: HeaderRows, key: string, read: (values: readonly string[]) => T): T | undefined {
  const values = rows.get(key);
  return values === undefined ? undefined : read(values);
}
