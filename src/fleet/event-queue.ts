// What happens next: one coming event for each client, in a calendar of time slots with a small heap for the present one.

/** Slots of the calendar: with a million clients and some hours each holds a handful of events. */
const SLOTS = 2 ** 20;

/**
 * The coming event of each client, earliest first, and in order of scheduling for the same moment. Scheduling costs the
 * same however many clients there are: only events of the present slot are compared with each other.
 */
export class EventQueue {
  readonly #moments: Float64Array;
  readonly #orders: Float64Array;
  readonly #next: Int32Array;
  readonly #heads = new Int32Array(SLOTS + 1).fill(-1);
  readonly #slotMs: number;
  readonly #horizon: number;
  readonly #heap: number[] = [];
  #slot = 0;
  #scheduled = 0;

  /** @param horizon what comes later is never asked for. */
  constructor(clients: number, horizon: number) {
    this.#moments = new Float64Array(clients);
    this.#orders = new Float64Array(clients);
    this.#next = new Int32Array(clients);
    this.#horizon = horizon;
    this.#slotMs = Math.max(1, horizon / SLOTS);
  }

  /** The event of a client that has none, at this moment or, when that has passed, now. */
  schedule(client: number, moment: number): void {
    this.#moments[client] = moment;
    this.#orders[client] = this.#scheduled;
    this.#scheduled += 1;
    if (!(moment <= this.#horizon)) return;
    const slot = Math.floor(moment / this.#slotMs);
    if (slot <= this.#slot) {
      this.#rise(client);
      return;
    }
    this.#next[client] = this.#heads[slot] ?? -1;
    this.#heads[slot] = client;
  }

  /** The client whose event is next; -1 when none is left before the horizon. */
  take(): number {
    while (this.#heap.length === 0) {
      if (this.#slot >= SLOTS) return -1;
      this.#slot += 1;
      let client = this.#heads[this.#slot] ?? -1;
      while (client >= 0) {
        this.#rise(client);
        client = this.#next[client] ?? -1;
      }
    }
    return this.#pop();
  }

  /** When the event of this client is, or was. */
  momentOf(client: number): number {
    return this.#moments[client] ?? 0;
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
    const [mine, theirs] = [this.#moments[one] ?? 0, this.#moments[other] ?? 0];
    return mine < theirs || (mine === theirs && (this.#orders[one] ?? 0) < (this.#orders[other] ?? 0));
  }
}
