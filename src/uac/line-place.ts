// The place of one request in its line: taken before it is sent, left when nothing can overlap with it any more.
import type { SipRequest } from '../sip/message.js';
import type { Clock } from '../timing/clock.js';
import { lineOf, undoes, type LineName } from './line-of.js';
import type { InLine, Lines } from './lines.js';

/** 64·T1 (RFC 3261 §17.1.2.2): by then timer F has ended a transaction of which nobody tells any more. */
const TRANSACTION_MS = 32_000;

export class LinePlace implements InLine {
  readonly turn: () => void;
  readonly #lines: Lines;
  readonly #clock: Clock;
  readonly #superseded: () => void;
  /** The request that stood in line first: its line is that of all later attempts, whereto they may be redirected. */
  #request: SipRequest | undefined;
  #name: LineName | undefined;
  #disarm: (() => void) | undefined;
  #isSuperseded = false;

  /**
   * @param turn the line is ours.
   * @param superseded a removal of the same bindings stands in the line now; called from the clock.
   */
  constructor(lines: Lines, clock: Clock, turn: () => void, superseded: () => void) {
    this.#lines = lines;
    this.#clock = clock;
    this.turn = turn;
    this.#superseded = superseded;
  }

  /** Whether a removal of the same bindings stands in the line: nothing more should be sent. */
  get isSuperseded(): boolean {
    return this.#isSuperseded;
  }

  /** Stands in the line of this request; true when it is its turn, or when there is no line. */
  join(request: SipRequest): boolean {
    if (this.#request === undefined) {
      this.#request = request;
      this.#name = lineOf(request);
    }
    if (this.#name === undefined) return true;
    const { key } = this.#name;
    const others = this.#lines.members(key);
    const isTurn = this.#lines.join(key, this);
    for (const other of others) if (other instanceof LinePlace && other !== this) other.#giveWayTo(this.#request);
    return isTurn;
  }

  /** The transaction has ended, and with it the place in a line for transactions. */
  endTransaction(): void {
    if (this.#name?.span === 'transaction' || this.#disarm !== undefined) this.leave();
  }

  leave(): void {
    this.#disarm?.();
    this.#disarm = undefined;
    if (this.#name !== undefined) this.#lines.leave(this.#name.key, this);
  }

  /** Nobody wants the answer, but the transaction goes on, and others must not overlap with it. */
  linger(): void {
    if (this.#name !== undefined) this.#disarm = this.#clock.at(this.#clock.now() + TRANSACTION_MS, () => this.leave());
  }

  #giveWayTo(removal: SipRequest): void {
    if (this.#isSuperseded || this.#request === undefined || !undoes(removal, this.#request)) return;
    this.#isSuperseded = true;
    // Not from within another request.
    this.#clock.at(this.#clock.now(), this.#superseded);
  }
}
