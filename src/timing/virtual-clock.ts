// A discrete-event clock for tests and the simulator: time jumps from deadline to deadline, so chained timers fire at their own moments.
import { requireMoment, type Clock } from './clock.js';
import { DeadlineQueue } from './deadline-queue.js';

export interface VirtualClockOptions {
  /** What `now()` says at first, in milliseconds. Default: 0. */
  readonly now?: number;
  /** What `date()` says at first, in milliseconds since 1970. Default: 1 January 2000 00:00:00 UTC. */
  readonly date?: number;
}

const YEAR_2000 = 946_684_800_000;

export class VirtualClock implements Clock {
  readonly #queue = new DeadlineQueue();
  readonly #epoch: number;
  #now: number;

  constructor(options: VirtualClockOptions = {}) {
    this.#now = options.now ?? 0;
    this.#epoch = (options.date ?? YEAR_2000) - this.#now;
  }

  now(): number {
    return this.#now;
  }

  date(): number {
    return this.#epoch + this.#now;
  }

  at(moment: number, fn: () => void): () => void {
    if (requireMoment(moment) === Infinity) return () => undefined;
    // What is overdue is due now: time never goes back.
    const deadline = this.#queue.add(Math.max(moment, this.#now), fn);
    return () => this.#queue.remove(deadline);
  }

  /** How many calls are awaited. */
  get pending(): number {
    return this.#queue.size;
  }

  /** The moment of the next call; undefined when none is awaited. */
  nextMoment(): number | undefined {
    return this.#queue.earliest()?.moment;
  }

  /** Lets `ms` milliseconds pass, with every call that falls due in them, each at its own moment. */
  advance(ms: number): void {
    const end = this.#now + requireMoment(ms);
    for (;;) {
      const next = this.nextMoment();
      if (next === undefined || next > end) break;
      this.runNext();
    }
    this.#now = Math.max(this.#now, end);
  }

  /** Jumps to the next deadline and makes its call; false when none is awaited. */
  runNext(): boolean {
    const deadline = this.#queue.earliest();
    if (deadline === undefined) return false;
    this.#queue.remove(deadline);
    this.#now = Math.max(this.#now, deadline.moment);
    deadline.fn();
    return true;
  }

  /** Makes the calls in order until none is awaited or `limit` have been made; returns how many were. */
  runAll(limit: number): number {
    let calls = 0;
    while (calls < limit && this.runNext()) calls += 1;
    return calls;
  }
}
