// Limits that somebody set: the defaults with some changed, and what is wrong in them.
import { SipRetryError } from '../sip/sip-retry-error.js';
import { type Defect, show } from './defect.js';
import { defaultLimits, type Limits } from './limits.js';

/**
 * The default limits with these changes.
 * @throws SipRetryError `badLimits` for a name that is no limit or a value that is no usable number.
 */
export function withLimits(changes: Partial<Limits>, base: Limits = defaultLimits): Limits {
  const defects = limitDefects(changes);
  const [first] = defects;
  if (first !== undefined)
    throw new SipRetryError(
      'badLimits',
      `${['limits', first.path].filter(Boolean).join('.')} is ${first.found}; use ${first.allowed}.`,
    );
  return { ...base, ...changes };
}

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
    allowed: 'a number of milliseconds from 0, or an object of such numbers by method (INVITE) with a "default"',
    admits: (value) =>
      milliseconds.admits(value) ||
      (typeof value === 'object' &&
        value !== null &&
        'default' in value &&
        // RFC 3261 §7.1: methods are case-sensitive, and those that there are have capital letters.
        Object.keys(value).every((name) => name === 'default' || name === name.toUpperCase()) &&
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

function isLimitName(name: string): name is keyof Limits {
  return Object.hasOwn(kinds, name);
}
