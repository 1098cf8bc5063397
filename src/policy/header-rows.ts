// The rows of a header list by name, collected in one pass.
import { headerKey } from '../sip/header-list.js';
import type { Header } from '../sip/message.js';

/** The values of the header fields that are asked about, in order, by their keys. */
export type HeaderRows<Key extends string> = ReadonlyMap<Key, readonly string[]>;

/** Collects the rows of the header fields with these keys (`'retry-after'`). The others cost no memory. */
export function rowsOf<Key extends string>(headers: readonly Header[], asked: ReadonlySet<Key>): HeaderRows<Key> {
  const rows = new Map<Key, string[]>();
  for (const [name, value] of headers) {
    const key = headerKey(name);
    if (!isOneOf(asked, key)) continue;
    const row = rows.get(key);
    if (row === undefined) rows.set(key, [value]);
    else row.push(value);
  }
  return rows;
}

/** The first value of a header field. */
export function firstOf<Key extends string>(rows: HeaderRows<Key>, key: Key): string | undefined {
  return rows.get(key)?.[0];
}

/** The result of reading a header field, or `undefined` when it is not there. */
export function readIfPresent<Key extends string, T>(
  rows: HeaderRows<Key>,
  key: Key,
  read: (values: readonly string[]) => T,
): T | undefined {
  const values = rows.get(key);
  return values === undefined ? undefined : read(values);
}

function isOneOf<Key extends string>(keys: ReadonlySet<Key>, key: string): key is Key {
  const all: ReadonlySet<string> = keys;
  return all.has(key);
}
