// What the outside gives to the core: time, chance and unguessable tokens.
import { systemClock, type Clock, type SystemClockOptions } from './clock.js';
import { cryptoToken } from './token.js';

export interface Environment {
  readonly clock: Clock;
  /** A number of [0, 1) that spreads waits; it need not be unguessable. */
  readonly random: () => number;
  /** Unguessable text of at least 16 characters of [0-9a-z], for branches, tags, Call-IDs and client nonces. */
  readonly token: () => string;
}

/** The environment of a running program: the system's clock, `Math.random` and tokens from `crypto`. */
export function systemEnvironment(options: SystemClockOptions = {}): Environment {
  return { clock: systemClock(options), random: () => Math.random(), token: cryptoToken() };
}
