// At most so many in any minute, exactly: the moments of the last minute are kept, not a count that starts anew on the minute.
import { CEILING_WINDOW_MS } from '../policy/denial.js';

/**
 * What began in the last minute. A minute is [start, start + 60 s): what began at 0 has left the window at 60 000.
 * Only the last `perMinute` moments are kept, since no others can forbid.
 */
export class SlidingMinute {
  readonly #moments: number[] = [];
  readonly #perMinute: number;

  constructor(perMinute: number) {
    this.#perMinute = perMinute;
  }

  /** How many may begin at this moment. */
  left(now: number): number {
    const recent = this.#moments.findIndex((moment) => moment + CEILING_WINDOW_MS > now);
    return recent < 0 ? this.#perMinute : this.#perMinute - this.#moments.length + recent;
  }

  /** The first moment from `now` on at which one may begin. */
  nextAt(now: number): number {
    const hindering = this.#moments.at(-this.#perMinute);
    return hindering === undefined ? now : Math.max(now, hindering + CEILING_WINDOW_MS);
  }

  /** One begins. */
  note(now: number): void {
    this.#moments.push(now);
    if (this.#moments.length > this.#perMinute) this.#moments.shift();
  }

  /** When the window will be empty; `-Infinity` when nothing ever began. */
  emptyAt(): number {
    return (this.#moments.at(-1) ?? -Infinity) + CEILING_WINDOW_MS;
  }
}
