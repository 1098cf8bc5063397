// Lines of requests that must not overlap: who comes first goes first, and the next one when its place is left.
import type { Clock } from '../timing/clock.js';

/** One who stands in a line. */
export interface InLine {
  /** It is its turn; called from the clock, never from within `join` or `leave`. */
  readonly turn: () => void;
}

interface Line {
  /** Who has the line: one of ours, or any number that came from outside. */
  readonly holders: Set<object>;
  readonly waiting: InLine[];
}

export class Lines {
  readonly #clock: Clock;
  readonly #lines = new Map<string, Line>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Stands in the line; true when it has it at once, else `turn` is called when it does. */
  join(key: string, one: InLine): boolean {
    const line = this.#lineOf(key);
    if (line.holders.has(one)) return true;
    if (line.holders.size === 0 && line.waiting.length === 0) {
      line.holders.add(one);
      return true;
    }
    line.waiting.push(one);
    return false;
  }

  /** Holds the line from outside, whoever has it now; returns what ends that. */
  occupy(key: string): () => void {
    const outside = {};
    this.#lineOf(key).holders.add(outside);
    return () => this.leave(key, outside);
  }

  /** Leaves the line, as a holder or while waiting. */
  leave(key: string, one: object): void {
    const line = this.#lines.get(key);
    if (line === undefined) return;
    line.holders.delete(one);
    const place = line.waiting.findIndex((waiting) => waiting === one);
    if (place >= 0) line.waiting.splice(place, 1);
    if (line.holders.size > 0) return;
    const next = line.waiting.shift();
    if (next === undefined) {
      this.#lines.delete(key);
      return;
    }
    line.holders.add(next);
    // Not from within: a thousand that go one after the other would be a thousand calls deep.
    this.#clock.at(this.#clock.now(), () => {
      if (line.holders.has(next)) next.turn();
    });
  }

  /** All of ours that have the line or wait for it, in order. */
  members(key: string): readonly object[] {
    const line = this.#lines.get(key);
    return line === undefined ? [] : [...line.holders, ...line.waiting];
  }

  /** How many lines somebody stands in. */
  get size(): number {
    return this.#lines.size;
  }

  #lineOf(key: string): Line {
    const known = this.#lines.get(key);
    if (known !== undefined) return known;
    const line: Line = { holders: new Set(), waiting: [] };
    this.#lines.set(key, line);
    return line;
  }
}
