// Timers by name on one clock: a name is waited for at most once at a time.
import type { Clock } from '../timing/clock.js';

export class NamedTimers<Name extends string> {
  readonly #clock: Clock;
  readonly #fired: (name: Name) => void;
  readonly #armed = new Map<Name, () => void>();

  constructor(clock: Clock, fired: (name: Name) => void) {
    this.#clock = clock;
    this.#fired = fired;
  }

  start(name: Name, ms: number): void {
    this.stop(name);
    const disarm = this.#clock.at(this.#clock.now() + ms, () => {
      this.#armed.delete(name);
      this.#fired(name);
    });
    this.#armed.set(name, disarm);
  }

  stop(name: Name): void {
    this.#armed.get(name)?.();
    this.#armed.delete(name);
  }
}
