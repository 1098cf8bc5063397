// Which entry of the table speaks for a response: `METHOD code`, then the code, then its class (RFC 3261 §8.1.3.2).
import type { FallbackKey, RetryPolicy, StatusEntry } from './rule.js';

/** An entry, the key it was found under, and the code it stands for. */
export interface FoundEntry {
  readonly key: string;
  readonly entry: StatusEntry;
  readonly treatedAs: number;
}

/**
 * RFC 3261 §8.1.3.2: a UAC MUST treat any final response it does not recognize as being equivalent to the x00 response
 * code of that class.
 */
export function lookUp(policy: RetryPolicy, method: string, status: number): FoundEntry {
  const { entries } = policy;
  const methodKey = `${method} ${status}`;
  const own = entries[methodKey];
  if (own !== undefined) return { key: methodKey, entry: own, treatedAs: status };
  const key = String(status);
  const general = entries[key];
  if (general !== undefined) return { key, entry: general, treatedAs: status };
  const fallback = fallbackOf(status);
  return { key: fallback, entry: entries[fallback], treatedAs: Number(fallback[0]) * 100 };
}

/** Total: a provisional response is no failure, and what is no status code at all (RFC 3261 §7.2) helps as little as a 400. */
function fallbackOf(status: number): FallbackKey {
  return CLASSES[Math.floor(status / 100)] ?? '4xx';
}

const CLASSES: { readonly [firstDigit: number]: FallbackKey } = {
  1: '2xx',
  2: '2xx',
  3: '3xx',
  4: '4xx',
  5: '5xx',
  6: '6xx',
};
