// The storm bound: transactions a minute for one (server, address-of-record, method), whatever the servers answer.
import { CEILING_WINDOW_MS } from '../policy/denial.js';
import type { Clock } from '../timing/clock.js';
import { BoundedMemory } from './bounded-memory.js';
import { requireWhole } from './require-option.js';
import { SlidingMinute } from './sliding-minute.js';

/** What one allowance is for. */
export interface CeilingKey {
  /** The server in use, as `sip:host:port;transport=…` or `host:port`. */
  readonly server: string;
  readonly addressOfRecord: string;
  readonly method: string;
}

export interface CeilingOptions {
  /** Client transactions that may begin in any minute; `limits.ceilingPerMinute`. */
  readonly perMinute: number;
  /** Begin with every allowance used up at this moment: nobody knows what began just before a restart. Default: false. */
  readonly empty?: boolean;
  /** How many keys are counted apart. Default: 4096; those beyond share one allowance. */
  readonly capacity?: number;
}

const CAPACITY = 4_096;

/**
 * Counts the client transactions of the last minute, exactly: if every `note` follows a `left` of at least 1, no window
 * of 60 s holds more than `perMinute` transactions of one key.
 *
 * Keys come partly from peers, who name servers in redirections. When `capacity` keys are counted, further keys share
 * one allowance until it is unused for a minute: the bound holds for each of them, since it holds for their sum.
 */
export class Ceiling {
  /** Client transactions that may begin in any minute. */
  readonly perMinute: number;
  readonly #clock: Clock;
  readonly #windows: BoundedMemory<SlidingMinute>;
  readonly #shared: SlidingMinute;
  readonly #emptyUntil: number;

  /** @throws SipRetryError `badOptions` when `perMinute` or `capacity` is no whole number from 1. */
  constructor(clock: Clock, { perMinute, empty = false, capacity = CAPACITY }: CeilingOptions) {
    this.perMinute = requireWhole('perMinute', perMinute, 1);
    this.#clock = clock;
    this.#windows = new BoundedMemory<SlidingMinute>(clock, {
      capacity: requireWhole('capacity', capacity, 1),
      forbidsUntil: (window) => window.emptyAt(),
    });
    this.#shared = new SlidingMinute(perMinute);
    this.#emptyUntil = empty ? clock.now() + CEILING_WINDOW_MS : -Infinity;
  }

  /** How many transactions may begin now. */
  left(key: CeilingKey): number {
    const now = this.#clock.now();
    return now < this.#emptyUntil ? 0 : this.#windowOf(key).left(now);
  }

  /** The first moment at which one may begin, on the scale of the clock's `now()`: now itself when `left` is at least 1. */
  nextAt(key: CeilingKey): number {
    return Math.max(this.#emptyUntil, this.#windowOf(key).nextAt(this.#clock.now()));
  }

  /** One transaction begins now. Retransmissions are no transactions. */
  note(key: CeilingKey): void {
    const now = this.#clock.now();
    const window = this.#windows.get(textOf(key)) ?? this.#ownWindow(key, now);
    window.note(now);
  }

  /** How many keys are counted apart. */
  get size(): number {
    return this.#windows.size;
  }

  #windowOf(key: CeilingKey): SlidingMinute {
    return this.#windows.get(textOf(key)) ?? this.#shared;
  }

  /** While the shared window holds anything, some of it may be this key's: a window of its own would forget that. */
  #ownWindow(key: CeilingKey, now: number): SlidingMinute {
    if (this.#shared.emptyAt() > now) return this.#shared;
    const window = new SlidingMinute(this.perMinute);
    return this.#windows.set(textOf(key), window) ? window : this.#shared;
  }
}

function textOf({ server, addressOfRecord, method }: CeilingKey): string {
  return `${method} ${server} ${addressOfRecord}`;
}
