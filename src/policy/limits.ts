// The limits of one logical request: ours, not SIP's. Rows speak SIP; these numbers bound what the rows may do.

/** Bounds on one logical request. Every refusal names the limit and its value. */
export interface Limits {
  /** Client transactions for one logical request, the first included. */
  readonly maxAttempts: number;
  /** Answers to a challenge of one (header type, realm) without `stale=true`: one guess per credential (RFC 3261 §22.1). */
  readonly maxRoundsPerRealm: number;
  /** Answers to `stale=true` for one (header type, realm). */
  readonly maxStale: number;
  /** Milliseconds from the first attempt to the last; absent: the application's choice. Checked before a wait begins. */
  readonly maxElapsedMs?: number;
  /** The longest wait in milliseconds: one number, or one per method with a default. */
  readonly maxWaitMs: number | { readonly default: number; readonly [method: string]: number };
  /** A shorter Retry-After is waited for this long, so that `Retry-After: 0` is no instant loop. Milliseconds. */
  readonly minWaitMs: number;
  /** The part of a Retry-After that is added by chance, so that clients do not return together. */
  readonly spread: number;
  /** The most that the spread may add, in milliseconds. */
  readonly maxSpreadMs: number;
  /** The longest interval that is accepted from Min-Expires or Min-SE, in seconds. */
  readonly maxIntervalSeconds: number;
  /** How often an interval is raised. */
  readonly maxRaises: number;
  /** How often a 491 is waited for. */
  readonly maxGlareRounds: number;
  /** How many targets of a redirection are tried. */
  readonly maxRedirects: number;
  /** How long a question to the application stays open, in milliseconds. */
  readonly askMs: number;
  /** Transactions a minute for one (server, address-of-record, method). */
  readonly ceilingPerMinute: number;
}

/** The limits where the application sets none. */
export const defaultLimits: Limits = {
  maxAttempts: 8,
  maxRoundsPerRealm: 1,
  maxStale: 3,
  maxWaitMs: { default: 3_600_000, INVITE: 300_000 },
  minWaitMs: 1_000,
  spread: 0.1,
  maxSpreadMs: 30_000,
  maxIntervalSeconds: 86_400,
  maxRaises: 2,
  maxGlareRounds: 5,
  maxRedirects: 10,
  askMs: 60_000,
  ceilingPerMinute: 30,
};

/** The longest wait for a method, in milliseconds. */
export function maxWaitOf(limits: Limits, method: string): number {
  const { maxWaitMs } = limits;
  return typeof maxWaitMs === 'number' ? maxWaitMs : (maxWaitMs[method] ?? maxWaitMs.default);
}
