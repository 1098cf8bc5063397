// What is known of each standard client between its requests: one row of numbers, a bit for each thing that is so or not.
import type { Rows } from './rows.js';

/** Columns of `get` and `set`: the last number that was sent. */
export const CSEQ = 0;
/** Consecutive failures (RFC 5626 §4.5). */
export const FAILURES = 1;
/** When the logical request in progress began, and when its last attempt was sent. */
export const STARTED_AT = 2;
export const SENT_AT = 3;
/** The second in which the nonce to use was made, for who has one: see `nonceOf`. */
const NONCE = 4;
const BITS = 5;

/** Bits of `is` and `mark`. */
export const REGISTERED = 1;
/** Its credentials were accepted. */
export const ACCEPTED = 2;
/** The request in progress carries credentials that nobody has asked for. */
export const AHEAD = 4;
/** The registrar refuses a nonce that is used twice. */
export const WAITS_FOR_CHALLENGE = 8;
export const STOPPED = 16;

export class StandardStates {
  readonly #rows: Rows;

  /** @param rows from the first client of the cohort on. */
  constructor(rows: Rows) {
    this.#rows = rows;
  }

  get(at: number, column: number): number {
    return this.#rows.get(at, column);
  }

  set(at: number, column: number, value: number): void {
    this.#rows.set(at, column, value);
  }

  /** The nonce to use, by the second in which it was made; -1: none. */
  nonceOf(at: number): number {
    return this.#rows.get(at, NONCE) - 1;
  }

  setNonce(at: number, nonce: number): void {
    this.#rows.set(at, NONCE, nonce + 1);
  }

  is(at: number, what: number): boolean {
    return (this.#rows.get(at, BITS) & what) !== 0;
  }

  mark(at: number, what: number, is: boolean): void {
    const bits = this.#rows.get(at, BITS);
    this.#rows.set(at, BITS, is ? bits | what : bits & ~what);
  }
}
