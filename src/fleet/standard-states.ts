// What is known of each standard client between its requests: some thirty octets, side by side for all of them.

/** Bits of `is` and `set`. */
export const REGISTERED = 1;
/** Its credentials were accepted. */
export const ACCEPTED = 2;
/** The request in progress carries credentials that nobody has asked for. */
export const AHEAD = 4;
/** The registrar refuses a nonce that is used twice. */
export const WAITS_FOR_CHALLENGE = 8;
export const STOPPED = 16;

export class StandardStates {
  /** The last number that was sent. */
  readonly cseq: Uint32Array;
  /** Consecutive failures (RFC 5626 §4.5). */
  readonly failures: Uint16Array;
  /** When the logical request in progress began, and when its last attempt was sent. */
  readonly startedAt: Float64Array;
  readonly sentAt: Float64Array;
  /** The nonce to use, by the second in which it was made; -1: none. */
  readonly nonce: Int32Array;
  readonly #bits: Uint8Array;

  constructor(count: number) {
    this.cseq = new Uint32Array(count);
    this.failures = new Uint16Array(count);
    this.startedAt = new Float64Array(count);
    this.sentAt = new Float64Array(count);
    this.nonce = new Int32Array(count).fill(-1);
    this.#bits = new Uint8Array(count);
  }

  is(at: number, what: number): boolean {
    return ((this.#bits[at] ?? 0) & what) !== 0;
  }

  set(at: number, what: number, is: boolean): void {
    const bits = this.#bits[at] ?? 0;
    this.#bits[at] = is ? bits | what : bits & ~what;
  }
}
