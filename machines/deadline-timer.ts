// The timer behind a record's deadline: a date that outlives the process, waited for on the clock that nobody can set.
import type { Deadline } from '../src/request/record.js';
import type { Clock } from '../src/timing/clock.js';

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

  /** Waits for this deadline and no other; never longer than `atMostMs`, whatever the date says. */
  follow(deadline: Deadline | null, atMostMs = Infinity): void {
    if (deadline === (this.#armed?.deadline ?? null)) return;
    this.#armed?.disarm();
    this.#armed = deadline === null ? undefined : this.#arm(deadline, atMostMs);
  }

  #arm(deadline: Deadline, atMostMs: number) {
    const wait = Math.min(Math.max(0, deadline.at - this.#clock.date()), atMostMs);
    const moment = this.#clock.now() + wait;
    const disarm = this.#clock.at(moment, () => {
      this.#armed = undefined;
      this.#passed(deadline);
    });
    return { deadline, moment, disarm };
  }
}
