// The retry budget that requests share: a part of the requests, and a few a minute in any case.
import type { Clock } from '../timing/clock.js';
import { requireAmount, requireWhole } from './require-option.js';
import { SlidingMinute } from './sliding-minute.js';

export interface RetryBudgetOptions {
  /** What one request is worth: 0.2 lets one retry follow five requests. Default: 0.2. */
  readonly ratio?: number;
  /** Retries in any minute that are there even without requests. Default: 10. */
  readonly minPerMinute?: number;
  /** How long what a request deposited can be withdrawn, in milliseconds. Default: 10 000. */
  readonly ttlMs?: number;
}

/** What the balance is made of. */
export interface RetryBudgetNumbers {
  /** `deposited + reserve`: below 1 nothing can be withdrawn. */
  readonly balance: number;
  /** What the requests of the last `ttlMs` deposited, less what was withdrawn of it. */
  readonly deposited: number;
  /** What is left of `minPerMinute` in this minute. */
  readonly reserve: number;
  readonly ratio: number;
  readonly minPerMinute: number;
  readonly ttlMs: number;
}

/** Millionths of a retry, so that five times 0.2 is exactly one. */
const UNITS = 1_000_000;
/** Deposits of one slice of the ttl are kept as one sum, which expires with the oldest of them. */
const SLICES = 10;

/**
 * A retry budget as RPC libraries have it: requests deposit, retries that add load of our own accord withdraw, and when
 * the balance is below 1 they are not made. Corrections, and waits that a server asked for, are free; fail-over,
 * redirection and back-off are paid for. However many requests fail at once, retries add at most `ratio` of them, and
 * `minPerMinute`.
 */
export class RetryBudget {
  readonly #clock: Clock;
  readonly #ratio: number;
  readonly #minPerMinute: number;
  readonly #ttlMs: number;
  readonly #reserve: SlidingMinute | undefined;
  readonly #slices: { readonly since: number; units: number }[] = [];

  /** @throws SipRetryError `badOptions` for a number that cannot be used. */
  constructor(clock: Clock, { ratio = 0.2, minPerMinute = 10, ttlMs = 10_000 }: RetryBudgetOptions = {}) {
    this.#clock = clock;
    this.#ratio = requireAmount('ratio', ratio);
    this.#minPerMinute = requireWhole('minPerMinute', minPerMinute, 0);
    this.#ttlMs = requireWhole('ttlMs', ttlMs, 1);
    this.#reserve = minPerMinute === 0 ? undefined : new SlidingMinute(minPerMinute);
  }

  /** A request that the application asked for is sent: its first attempt, not its retries. */
  deposit(): void {
    const now = this.#clock.now();
    const units = Math.round(this.#ratio * UNITS);
    const last = this.#slices.at(-1);
    if (last !== undefined && now < last.since + this.#ttlMs / SLICES) last.units += units;
    else this.#slices.push({ since: now, units });
    this.#expire(now);
  }

  /** How many retries could be withdrawn now, in fractions. */
  balance(): number {
    return this.explain().balance;
  }

  /** Pays for one retry; false when the balance is below 1, and then nothing is withdrawn. */
  tryWithdraw(): boolean {
    const now = this.#clock.now();
    this.#expire(now);
    // Deposits first: they expire.
    if (this.#depositedUnits() >= UNITS) {
      this.#take(UNITS);
      return true;
    }
    if (this.#reserve === undefined || this.#reserve.left(now) < 1) return false;
    this.#reserve.note(now);
    return true;
  }

  /** The balance with the numbers it is made of. */
  explain(): RetryBudgetNumbers {
    const now = this.#clock.now();
    this.#expire(now);
    const deposited = this.#depositedUnits() / UNITS;
    const reserve = this.#reserve?.left(now) ?? 0;
    return {
      balance: deposited + reserve,
      deposited,
      reserve,
      ratio: this.#ratio,
      minPerMinute: this.#minPerMinute,
      ttlMs: this.#ttlMs,
    };
  }

  #depositedUnits(): number {
    return this.#slices.reduce((sum, { units }) => sum + units, 0);
  }

  #take(units: number): void {
    let owed = units;
    for (const slice of this.#slices) {
      const taken = Math.min(slice.units, owed);
      slice.units -= taken;
      owed -= taken;
    }
  }

  #expire(now: number): void {
    const valid = this.#slices.findIndex(({ since }) => since + this.#ttlMs > now);
    this.#slices.splice(0, valid < 0 ? this.#slices.length : valid);
  }
}
