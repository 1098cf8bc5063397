// Entries in the order of their numbers, however they came.
import type { InspectorEntry } from '../../inspector-entry.js';

/** What happens in a flow; charts stand beside it. */
export type FlowEntry = Exclude<InspectorEntry, { readonly type: 'chart' }>;

/** What a ladder tells. */
export type ToldEntry = Extract<FlowEntry, { readonly type: 'message' | 'decision' | 'outcome' | 'note' }>;

export class SortedEntries<E extends FlowEntry> {
  #entries: E[] = [];

  get length(): number {
    return this.#entries.length;
  }

  get lastSeq(): number {
    return this.#entries.at(-1)?.seq ?? -1;
  }

  at(index: number): E | undefined {
    return this.#entries[index];
  }

  slice(from: number, to: number): readonly E[] {
    return this.#entries.slice(from, to);
  }

  /** Whether it was new. Nearly always it belongs at the end. */
  add(entry: E): boolean {
    const place = entry.seq > this.lastSeq ? this.length : this.after(entry.seq);
    if (this.#entries[place - 1]?.seq === entry.seq) return false;
    if (place === this.length) this.#entries.push(entry);
    else this.#entries.splice(place, 0, entry);
    return true;
  }

  /** How many entries have this number or a smaller one. */
  after(seq: number): number {
    let [low, high] = [0, this.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#entries[middle]?.seq ?? 0) <= seq) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Takes the first ones out. */
  takeFirst(count: number): readonly E[] {
    const taken = this.#entries.slice(0, count);
    this.#entries = this.#entries.slice(count);
    return taken;
  }
}
