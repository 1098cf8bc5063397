// A clock for real sockets on loopback: time stands still while anything is on its way, and jumps to the next deadline when
// nothing is. So hours pass in seconds, and no transaction times out because the machine is busy.
import type { Clock } from '../../../src/timing/clock.js';
import { VirtualClock } from '../../../src/timing/virtual-clock.js';

/** Turns of the event loop without news, after which nothing is on its way: the kernel delivers on loopback at once. */
const QUIET_TURNS = 12;

export class RushingClock implements Clock {
  readonly #virtual = new VirtualClock();
  #stirs = 0;

  now(): number {
    return this.#virtual.now();
  }

  date(): number {
    return this.#virtual.date();
  }

  at(moment: number, fn: () => void): () => void {
    return this.#virtual.at(moment, fn);
  }

  /** Something has moved on the network. */
  readonly stir = (): void => {
    this.#stirs += 1;
  };

  /** Lets time pass until then, or until it holds. */
  async run(until: number, holds: () => boolean = () => false): Promise<void> {
    for (;;) {
      await this.#quiet();
      if (holds()) return;
      const next = this.#virtual.nextMoment();
      if (next === undefined || next > until) break;
      this.#virtual.runNext();
    }
    this.#virtual.advance(Math.max(0, until - this.now()));
  }

  async #quiet(): Promise<void> {
    for (let [turns, seen] = [0, this.#stirs]; turns < QUIET_TURNS; turns += 1) {
      await new Promise((resolve) => setImmediate(resolve));
      if (seen === this.#stirs) continue;
      seen = this.#stirs;
      turns = 0;
    }
  }
}
