// The timer behind a record's deadline: a date that outlives the process, waited for on the clock that nobody can set.
import type { Deadline } from '../src/request/record.js';
import type { Clock } from '../src/timing/clock.js';

/** What a snapshot says of its deadline. */
export interface SavedWait {
  readonly remainingMs: number | null;
  /** Epoch milliseconds. */
  readonly savedAt: number;
}

export class DeadlineTimer {
  readonly #clock: Clock;
  readonly #passed: (deadline: Deadline) => void;
  #armed: { readonly deadline: Deadline; readonly moment: number; readonly disarm: () => void } | undefined;

  constructor(clock: Clock, passed: (deadline: Deadline) => void) {
    this.#clock = clock;
    this.#passed = passed;
  }

  /** What is left, in milliseconds; `null` when nothing is waited for. */
  get remainingMs(): number | null {
    return this.#armed === undefined ? null : Math.max(0, this.#armed.moment - this.#clock.now());
  }

  /** Waits for this deadline and no other; a saved one never for longer than was left of it, whatever the date says. */
  follow(deadline: Deadline | null, saved?: SavedWait): void {
    if (deadline === (this.#armed?.deadline ?? null)) return;
    this.#armed?.disarm();
    this.#armed = deadline === null ? undefined : this.#arm(deadline, saved);
  }

  #arm(deadline: Deadline, { remainingMs, savedAt }: SavedWait = NOTHING_SAVED) {
    // The date may have been set forward before the snapshot was taken: what was left then is true on the new date, too.
    const due = remainingMs === null ? deadline.at : Math.max(deadline.at, savedAt + remainingMs);
    const wait = Math.min(Math.max(0, due - this.#clock.date()), remainingMs ?? Infinity);
    const moment = this.#clock.now() + wait;
    const disarm = this.#clock.at(moment, () => {
      this.#armed = undefined;
      this.#passed(deadline);
    });
    return { deadline, moment, disarm };
  }
}

const NOTHING_SAVED: SavedWait = { remainingMs: null, savedAt: 0 };
