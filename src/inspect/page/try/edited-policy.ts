// A policy with entries of the reader's own, and limits of the reader's own.
import { sentenceOf } from '../../../policy/defect.js';
import { extendPolicy } from '../../../policy/extend-policy.js';
import { defaultLimits, type Limits } from '../../../policy/limits.js';
import { parsePolicy } from '../../../policy/parse-policy.js';
import type { RetryPolicy } from '../../../policy/rule.js';

export interface Edits {
  /** Rows by key, as the reader wrote them and as they could be read. */
  readonly entries: Readonly<Record<string, unknown>>;
  readonly limits: Limits;
}

export const NO_EDITS: Edits = { entries: {}, limits: defaultLimits };

export type EditedPolicy = { readonly policy: RetryPolicy } | { readonly defects: readonly string[] };

/** The policy with these entries, or everything that is wrong with them. */
export function editedPolicy(base: RetryPolicy, entries: Edits['entries']): EditedPolicy {
  if (Object.keys(entries).length === 0) return { policy: base };
  const parsed = parsePolicy({ extends: 'rfc', entries });
  if (!parsed.ok) return { defects: parsed.defects.map((defect) => sentenceOf(defect)) };
  const own = Object.entries(parsed.policy.entries).filter(([key]) => Object.hasOwn(entries, key));
  return { policy: extendPolicy(base, Object.fromEntries(own)) };
}

/** Rows as JSON text; what is wrong with them is said in sentences. */
export function readRows(
  key: string,
  text: string,
): { readonly rows: unknown } | { readonly defects: readonly string[] } {
  let rows: unknown;
  try {
    rows = JSON.parse(text);
  } catch (cause) {
    return { defects: [`This is no JSON: ${cause instanceof Error ? cause.message : 'it cannot be read'}.`] };
  }
  const parsed = parsePolicy({ extends: 'rfc', entries: { [key]: rows } });
  return parsed.ok ? { rows } : { defects: parsed.defects.map((defect) => sentenceOf(defect)) };
}
