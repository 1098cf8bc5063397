// The retransmissions of a SIPp server over UDP: doubled intervals up to T2, to the end of timer H (RFC 3261 §17.2.1).
import type { Clock } from '../../timing/clock.js';

const T2 = 4_000;

const LONGEST_MS = 32_000;

export class Repeating {
  readonly #clock: Clock;
  #cancel: () => void = () => undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Does it again after this interval, and on; what was repeated before is not any more. */
  start(ms: number, act: () => void): void {
    this.stop();
    const deadline = this.#clock.now() + LONGEST_MS;
    const arm = (interval: number): void => {
      const moment = this.#clock.now() + Math.max(1, interval);
      if (moment > deadline) return;
      this.#cancel = this.#clock.at(moment, () => {
        act();
        arm(Math.min(2 * interval, T2));
      });
    };
    arm(ms);
  }

  stop(): void {
    this.#cancel();
  }
}
