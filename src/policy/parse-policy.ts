// A policy from JSON: data of an operator, so what is wrong in it is an answer and no exception.
import type { Defect } from './defect.js';
import { fallbackKeys } from './entry-key.js';
import { type Entries, readEntries } from './read-entries.js';
import { type Defects, found, isLine, readMembers, readText, readWord, refuseStrangers } from './read-value.js';
import type { RetryPolicy } from './rule.js';
import { rfcPolicy } from './table/index.js';

/** A policy that can be used, or everything that is wrong with the value, at most 100 defects. */
export type ParsedPolicy =
  { readonly ok: true; readonly policy: RetryPolicy } | { readonly ok: false; readonly defects: readonly Defect[] };

/**
 * The policy that a JSON value describes:
 * `{ "name"?, "extends"?: "rfc", "entries": { key: rules | { phrase, definedIn, impact, rules } } }`.
 *
 * With `extends` an entry replaces the one with the same key, whole; without, the classes 2xx to 6xx must be there. A
 * list of rules takes phrase, source and impact from the RFC table. `sentenceOf` makes a sentence of each defect. Total:
 * it never throws, whatever the value is.
 *
 * @example
 * import { parsePolicy } from 'sip-retry/policy/custom';
 *
 * const parsed = parsePolicy({ extends: 'rfc', entries: { 486: [{ do: 'giveup', because: 'busy', cite: 'local' }] } });
 * if (!parsed.ok) console.log(parsed.defects.length, parsed.defects[0]?.path); // → 1 entries.486[0].do
 */
export function parsePolicy(value: unknown): ParsedPolicy {
  const defects: Defects = [];
  const policy = readSafely(value, defects);
  return policy === undefined || defects.length > 0 ? { ok: false, defects } : { ok: true, policy };
}

const MEMBERS = ['$schema', 'name', 'extends', 'entries'];

/** JSON holds neither accessors nor proxies; a value that does may throw when it is looked at. */
function readSafely(value: unknown, defects: Defects): RetryPolicy | undefined {
  try {
    return readPolicy(value, defects);
  } catch {
    defects.push({ path: '', found: 'an object that cannot be read', allowed: 'plain JSON' });
    return undefined;
  }
}

function readPolicy(value: unknown, defects: Defects): RetryPolicy | undefined {
  const members = readMembers(value);
  if (members === undefined) {
    defects.push({ path: '', found: found(value), allowed: 'an object with "entries"' });
    return undefined;
  }
  refuseStrangers(members, MEMBERS, '', defects);
  const isExtension = members.has('extends');
  if (isExtension) readWord(members.get('extends'), ['rfc'], 'extends', defects);
  const name = members.has('name') ? readText(members.get('name'), isLine, A_NAME, 'name', defects) : undefined;
  const keys = readMembers(members.get('entries'));
  if (keys === undefined) {
    defects.push({ path: 'entries', found: found(members.get('entries')), allowed: 'an object of entries by key' });
    return undefined;
  }
  const own = readEntries(keys, 'entries', rfcPolicy, defects);
  if (isExtension) return { name: name ?? `${rfcPolicy.name}, extended`, entries: { ...rfcPolicy.entries, ...own } };
  refuseGaps(keys, defects);
  const entries = wholeTable(own);
  return entries === undefined ? undefined : { name: name ?? 'unnamed', entries };
}

const A_NAME = 'a name on one line';

/** RFC 3261 §8.1.3.2: an unknown code is the x00 of its class, so every class needs an entry. */
function refuseGaps(keys: ReadonlyMap<string, unknown>, defects: Defects): void {
  for (const key of fallbackKeys) {
    if (keys.has(key)) continue;
    const allowed = 'rules for the codes of this class that have no entry of their own, or "extends": "rfc"';
    defects.push({ path: `entries.${key}`, found: 'missing', allowed });
  }
}

function wholeTable(own: Entries): RetryPolicy['entries'] | undefined {
  const { '2xx': success, '3xx': redirection, '4xx': failure, '5xx': serverFailure, '6xx': globalFailure } = own;
  if (success === undefined || redirection === undefined || failure === undefined) return undefined;
  if (serverFailure === undefined || globalFailure === undefined) return undefined;
  return { ...own, '2xx': success, '3xx': redirection, '4xx': failure, '5xx': serverFailure, '6xx': globalFailure };
}
