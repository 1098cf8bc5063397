// A policy as JSON: what `parsePolicy` reads.
import { type EntryTitle, titleOf } from './entry-title.js';
import type { RetryPolicy, StatusEntry } from './rule.js';

/** The whole JSON form of a policy; conditions are functions and not part of it. */
export interface PolicyJson {
  readonly name: string;
  readonly entries: { readonly [key: string]: StatusEntry & EntryTitle };
}

/**
 * The policy as plain data that shares nothing with it, every entry with its phrase and source. `parsePolicy` gives the
 * policy back, without its conditions.
 */
export function policyToJson({ name, entries }: RetryPolicy): PolicyJson {
  return { name, entries: Object.fromEntries(Object.entries(entries).map(withTitle)) };
}

function withTitle([key, entry]: readonly [string, StatusEntry]): readonly [string, StatusEntry & EntryTitle] {
  return [key, { ...titleOf(key, entry), ...structuredClone(entry) }];
}
