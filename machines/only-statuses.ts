// A policy cut down to a few status codes, for pictures and demonstrations.
import type { RetryPolicy } from '../src/policy/rule.js';

/** The policy with the entries of these codes alone; every other code is treated as the x00 of its class. */
export function onlyStatuses(policy: RetryPolicy, statuses: readonly number[]): RetryPolicy {
  const { entries } = policy;
  const kept = Object.entries(entries).filter(([key]) => statuses.includes(Number(key.slice(key.indexOf(' ') + 1))));
  return {
    ...policy,
    name: `${policy.name}: ${statuses.join(', ')}`,
    entries: {
      ...Object.fromEntries(kept),
      '2xx': entries['2xx'],
      '3xx': entries['3xx'],
      '4xx': entries['4xx'],
      '5xx': entries['5xx'],
      '6xx': entries['6xx'],
    },
  };
}
