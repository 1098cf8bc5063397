// Numbers that the application sets: a wrong one is its mistake and is told at once.
import { SipRetryError } from '../sip/sip-retry-error.js';

/** The whole number itself, if it is one and large enough. */
export function requireWhole(name: string, value: number, least: number): number {
  if (Number.isSafeInteger(value) && value >= least) return value;
  throw new SipRetryError('badOptions', `${name} is ${value}; use a whole number from ${least}.`);
}

/** The number itself, if it is finite and not below 0. */
export function requireAmount(name: string, value: number): number {
  if (Number.isFinite(value) && value >= 0) return value;
  throw new SipRetryError('badOptions', `${name} is ${value}; use a number from 0.`);
}
