// What happens next: one coming event for each client, in a calendar of time slots with a small heap for the present one.

import type { Rows } from './rows.js';

/** Columns. */
const MOMENT = 0;
const ORDER = 1;
const NEXT = 2;
const WHAT = 3;

/** Slots of the calendar: few enough events in each of them, whether there are a thousand clients or a million. */
const SLOTS_PER_CLIENT = 4;
const LEAST_SLOTS = 2 ** 10;
const MOST_SLOTS = 2 ** 22;

/**
 * The coming event of each client, earliest first, and in order of scheduling for the same moment. Scheduling costs the
 * same however many clients there are: only events of the present slot are compared with each other.
 */
export class EventQueue {
  readonly #rows: Rows;
  /** The first client of each slot; 0: none. Clients are counted from 1 here and in `NEXT`. */
  readonly #heads: Int32Array;
  readonly #slotMs: number;
  readonly #horizon: number;
  readonly #heap: number[] = [];
  #slot = 0;
  #scheduled = 0;

  /** @param horizon what comes later is never asked for. */
  constructor(rows: Rows, horizon: number) {
    this.#rows = rows.of('queue');
    this.#horizon = horizon;
    const slots = Math.min(Math.max(SLOTS_PER_CLIENT * rows.count, LEAST_SLOTS), MOST_SLOTS);
    this.#heads = new Int32Array(slots + 1);
    this.#slotMs = Math.max(1, horizon / slots);
  }

  /** The event of a client that has none, at this moment or, when that has passed, now. */
  schedule(client: number, moment: number, what = 0): void {
    this.#rows.set(client, WHAT, what);
    this.#rows.set(client, MOMENT, moment);
    this.#rows.set(client, ORDER, this.#scheduled);
    this.#scheduled += 1;
    if (!(moment <= this.#horizon)) return;
    const slot = Math.floor(moment / this.#slotMs);
    if (slot <= this.#slot) {
      this.#rise(client);
      return;
    }
    this.#rows.set(client, NEXT, this.#heads[slot] ?? 0);
    this.#heads[slot] = client + 1;
  }

  /** The client whose event is next; -1 when none is left before the horizon. */
  take(): number {
    while (this.#heap.length === 0) {
      if (this.#slot >= this.#heads.length - 1) return -1;
      this.#slot += 1;
      let client = (this.#heads[this.#slot] ?? 0) - 1;
      while (client >= 0) {
        this.#rise(client);
        client = this.#rows.get(client, NEXT) - 1;
      }
    }
    return this.#pop();
  }

  /** What was scheduled last for this client. */
  whatOf(client: number): number {
    return this.#rows.get(client, WHAT);
  }

  /** When the event of this client is, or was. */
  momentOf(client: number): number {
    return this.#rows.get(client, MOMENT);
  }

  #rise(client: number): void {
    const heap = this.#heap;
    let at = heap.length;
    while (at > 0) {
      const above = (at - 1) >> 1;
      const parent = heap[above] ?? 0;
      if (!this.#isBefore(client, parent)) break;
      heap[at] = parent;
      at = above;
    }
    heap[at] = client;
  }

  #pop(): number {
    const heap = this.#heap;
    const first = heap[0] ?? -1;
    const last = heap.pop() ?? -1;
    const { length } = heap;
    if (length === 0) return first;
    let at = 0;
    for (let below = 1; below < length; below = 2 * at + 1) {
      if (below + 1 < length && this.#isBefore(heap[below + 1] ?? 0, heap[below] ?? 0)) below += 1;
      const child = heap[below] ?? 0;
      if (!this.#isBefore(child, last)) break;
      heap[at] = child;
      at = below;
    }
    heap[at] = last;
    return first;
  }

  #isBefore(one: number, other: number): boolean {
    const mine = this.#rows.get(one, MOMENT);
    const theirs = this.#rows.get(other, MOMENT);
    return mine < theirs || (mine === theirs && this.#rows.get(one, ORDER) < this.#rows.get(other, ORDER));
  }
}
