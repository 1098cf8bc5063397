// What a SIPp call sends again: its answer to a request that comes again, and by itself what it says with `retrans`.
import type { Clock } from '../../timing/clock.js';

/** RFC 3261 §17.1.1.1. */
const T2 = 4_000;

/** Timer H: 64 times T1 (RFC 3261 §17.2.1). */
const LONGEST_MS = 32_000;

export class Resending {
  readonly #clock: Clock;
  /** What was sent last after each message that came. */
  readonly #answers = new Map<string, (() => void) | undefined>();
  #last: string | undefined;
  #cancel: () => void = () => undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** A message that was expected has come: nothing is repeated by itself any more. */
  received(text: string): void {
    this.stop();
    this.#last = text;
    this.#answers.set(text, undefined);
  }

  /** A response went out. */
  answered(send: () => void): void {
    if (this.#last !== undefined) this.#answers.set(this.#last, send);
  }

  /** Whether the message has come before; what was answered then is answered again. */
  answerAgain(text: string): boolean {
    this.#answers.get(text)?.();
    return this.#answers.has(text);
  }

  /** Sends again after this interval, and on in doubled ones up to T2. */
  repeat(ms: number, send: () => void): void {
    this.stop();
    const deadline = this.#clock.now() + LONGEST_MS;
    const arm = (interval: number): void => {
      const moment = this.#clock.now() + Math.max(1, interval);
      if (moment > deadline) return;
      this.#cancel = this.#clock.at(moment, () => {
        send();
        arm(Math.min(2 * interval, T2));
      });
    };
    arm(ms);
  }

  stop(): void {
    this.#cancel();
  }
}
