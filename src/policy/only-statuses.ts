// A policy reduced to a few codes: for demonstrations, and for a chart that fits on a page.
import { SipRetryError } from '../sip/sip-retry-error.js';
import { readEntryKey } from './entry-key.js';
import type { RetryPolicy } from './rule.js';

/**
 * The policy with the entries of these codes, of every method, and the classes. A code that is left out is treated as the
 * x00 of its class (RFC 3261 §8.1.3.2).
 *
 * @throws SipRetryError `badPolicy` for a code that the policy has no entry for.
 */
export function onlyStatuses(policy: RetryPolicy, statuses: readonly number[]): RetryPolicy {
  const {
    '2xx': success,
    '3xx': redirection,
    '4xx': failure,
    '5xx': serverFailure,
    '6xx': globalFailure,
  } = policy.entries;
  const kept = Object.entries(policy.entries).filter(([key]) => statuses.includes(codeOf(key)));
  const missing = statuses.find((status) => !kept.some(([key]) => codeOf(key) === status));
  if (missing !== undefined) {
    throw new SipRetryError('badPolicy', `The policy has no entry for ${missing}; use codes that have one.`);
  }
  return {
    ...policy,
    name: `${policy.name}, only ${statuses.join(' ')}`,
    entries: {
      ...Object.fromEntries(kept),
      '2xx': success,
      '3xx': redirection,
      '4xx': failure,
      '5xx': serverFailure,
      '6xx': globalFailure,
    },
  };
}

/** The code of an entry for one code; a class has none. */
function codeOf(key: string): number {
  const parts = readEntryKey(key);
  return parts === undefined || parts.isClass ? NaN : parts.status;
}
