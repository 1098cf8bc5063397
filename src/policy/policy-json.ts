// A policy as JSON: what `parsePolicy` reads.
import type { RetryPolicy, StatusEntry } from './rule.js';

/** The whole JSON form of a policy; conditions are functions and not part of it. */
export interface PolicyJson {
  readonly name: string;
  readonly entries: { readonly [key: string]: StatusEntry };
}

/** The policy as plain data that shares nothing with it. `parsePolicy` gives the policy back, without its conditions. */
export function policyToJson({ name, entries }: RetryPolicy): PolicyJson {
  return { name, entries: structuredClone(entries) };
}
