// The limits of one logical request: ours, not SIP's. Rows speak SIP; these numbers bound what the rows may do.
import { SipRetryError } from '../sip/sip-retry-error.js';
import { type Defect, show } from './defect.js';

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

/**
 * The default limits with these changes.
 * @throws SipRetryError `badLimits` for a name that is no limit or a value that is no usable number.
 */
export function withLimits(changes: Partial<Limits>, base: Limits = defaultLimits): Limits {
  const defects = limitDefects(changes);
  const [first] = defects;
  if (first !== undefined)
    throw new SipRetryError('badLimits', `limits.${first.path} is ${first.found}; use ${first.allowed}.`);
  return { ...base, ...changes };
}

/** The longest wait for a method, in milliseconds. */
export function maxWaitOf(limits: Limits, method: string): number {
  const { maxWaitMs } = limits;
  return typeof maxWaitMs === 'number' ? maxWaitMs : (maxWaitMs[method] ?? maxWaitMs.default);
}

const wholeNumberFrom = (least: number) => ({
  allowed: `a whole number from ${least}`,
  admits: (value: unknown): boolean => typeof value === 'number' && Number.isSafeInteger(value) && value >= least,
});

const milliseconds = {
  allowed: 'a number of milliseconds from 0',
  admits: (value: unknown): boolean => typeof value === 'number' && value >= 0 && value <= Number.MAX_SAFE_INTEGER,
};

const kinds: { readonly [K in keyof Limits]-?: { readonly allowed: string; admits(value: unknown): boolean } } = {
  maxAttempts: wholeNumberFrom(1),
  maxRoundsPerRealm: wholeNumberFrom(1),
  maxStale: wholeNumberFrom(0),
  maxElapsedMs: milliseconds,
  maxWaitMs: {
    allowed: 'a number of milliseconds from 0, or an object of such numbers by method with a "default"',
    admits: (value) =>
      milliseconds.admits(value) ||
      (typeof value === 'object' &&
        value !== null &&
        'default' in value &&
        Object.values(value).every(milliseconds.admits)),
  },
  minWaitMs: milliseconds,
  spread: { allowed: 'a number from 0 to 1', admits: (value) => typeof value === 'number' && value >= 0 && value <= 1 },
  maxSpreadMs: milliseconds,
  maxIntervalSeconds: wholeNumberFrom(1),
  maxRaises: wholeNumberFrom(0),
  maxGlareRounds: wholeNumberFrom(0),
  maxRedirects: wholeNumberFrom(0),
  askMs: milliseconds,
  ceilingPerMinute: wholeNumberFrom(1),
};

/** What is wrong in a set of limits, one defect each; empty when it can be used. */
export function limitDefects(value: unknown): readonly Defect[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return [{ path: '', found: show(value), allowed: 'an object of limits' }];
  }
  return Object.entries(value).flatMap(([name, found]: [string, unknown]): Defect[] => {
    if (!isLimitName(name))
      return [{ path: name, found: show(found), allowed: `one of ${Object.keys(kinds).join(', ')}` }];
    return kinds[name].admits(found) ? [] : [{ path: name, found: show(found), allowed: kinds[name].allowed }];
  });
}

function isLimitName(name: string): name is keyof Limits {
  return Object.hasOwn(kinds, name);
}
