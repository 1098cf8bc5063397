// The rows of a header list by name, collected in one pass.
import { headerKey, registeredSpellings } from '../sip/header-name.js';
import type { Header } from '../sip/message.js';

/** The values of the header fields that are asked about, in order, by their keys; `undefined` where there is none. */
export type HeaderRows<Key extends string> = { readonly [K in Key]: readonly string[] | undefined };

/** A header list of which nothing that is asked about was found. */
export type NoRows<Key extends string> = { readonly [K in Key]: undefined };

/**
 * A function that collects the rows of the header fields with these keys (`'retry-after'`). The others cost no memory.
 * The rows become members of an object that always has all keys, which is read faster than a Map (with one look-up a row
 * instead of two, it took a fifth off the time of reading a REGISTER).
 */
export function rowCollector<Key extends string>(none: NoRows<Key>): (headers: readonly Header[]) => HeaderRows<Key> {
  const asked = askedBySpelling(none);
  return (headers) => {
    const rows: { [K in Key]: string[] | undefined } = { ...none };
    for (const header of headers) {
      let key = asked.get(header[0]);
      if (key === undefined) key = asked.get(headerKey(header[0]));
      if (key === undefined || key === NOT_ASKED) continue;
      const row = rows[key];
      if (row === undefined) rows[key] = [header[1]];
      else row.push(header[1]);
    }
    return rows;
  };
}

/** The result of reading a header field, or `undefined` when it is not there: absent is not the same as empty. */
export function readIfPresent<T>(rows: readonly string[], read: (values: readonly string[]) => T): T | undefined {
  return rows.length === 0 ? undefined : read(rows);
}

const NOT_ASKED = null;

/** Every registered spelling is in it, so that one look-up settles nearly every row. */
function askedBySpelling<Key extends string>(none: NoRows<Key>): ReadonlyMap<string, Key | typeof NOT_ASKED> {
  const isAsked = (key: string): key is Key => Object.hasOwn(none, key);
  return new Map(registeredSpellings().map(({ spelling, key }) => [spelling, isAsked(key) ? key : NOT_ASKED]));
}
