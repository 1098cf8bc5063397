// What is remembered under keys that peers may choose: bounded, and never forgetful of something that still forbids.
import type { Clock } from '../timing/clock.js';

export interface BoundedMemoryOptions<State> {
  /** How many keys are remembered at most. */
  readonly capacity: number;
  /** The moment from which a state forbids nothing any more, on the scale of the clock's `now()`. */
  readonly forbidsUntil: (state: State) => number;
}

/**
 * A map with a rule for being full. A new key first takes the places of all that forbids nothing any more; where
 * everything still forbids, the new key is turned away, because whatever made room would be allowed too early.
 */
export class BoundedMemory<State> {
  readonly #states = new Map<string, State>();
  readonly #clock: Clock;
  readonly #capacity: number;
  readonly #forbidsUntil: (state: State) => number;
  /** Before this moment a look for free places is in vain. */
  #fullUntil = -Infinity;

  constructor(clock: Clock, { capacity, forbidsUntil }: BoundedMemoryOptions<State>) {
    this.#clock = clock;
    this.#capacity = capacity;
    this.#forbidsUntil = forbidsUntil;
  }

  get size(): number {
    return this.#states.size;
  }

  get(key: string): State | undefined {
    return this.#states.get(placeOf(key));
  }

  /** Remembers the state; false when the key is new and there is no place for it. */
  set(key: string, state: State): boolean {
    const place = placeOf(key);
    if (!this.#states.has(place) && !this.#hasPlace()) return false;
    this.#states.set(place, state);
    this.#fullUntil = Math.min(this.#fullUntil, this.#forbidsUntil(state));
    return true;
  }

  delete(key: string): void {
    this.#states.delete(placeOf(key));
  }

  #hasPlace(): boolean {
    if (this.#states.size < this.#capacity) return true;
    const now = this.#clock.now();
    if (now < this.#fullUntil) return false;
    this.#fullUntil = Infinity;
    for (const [place, state] of this.#states) {
      const end = this.#forbidsUntil(state);
      if (end <= now) this.#states.delete(place);
      else this.#fullUntil = Math.min(this.#fullUntil, end);
    }
    return this.#states.size < this.#capacity;
  }
}

/** No domain name is longer than 253 characters; who names more shares what is remembered with others who do. */
const LONGEST_KEY = 512;

/** Hosts, schemes and transports are the same in any case (RFC 3261 §19.1.4): spelling them anew opens no new account. */
function placeOf(key: string): string {
  return key.length <= LONGEST_KEY ? key.toLowerCase() : '(too long)';
}
