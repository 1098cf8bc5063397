// A line that counts down while nothing happens; on a terminal only.
import type { Output } from '../io.js';
import { cut } from '../wrapped.js';
import type { WaitFor } from './send-event.js';
import { leftInWords } from './waits.js';

const CLEAR_LINE = '\r\x1b[2K';
const MARGIN = ' '.repeat(10);

export class Countdown {
  readonly #output: Output;
  readonly #now: () => number;
  readonly #isShown: boolean;
  #timer: ReturnType<typeof setInterval> | undefined;

  /**
   * @param now milliseconds since the start.
   * @param isDumb a terminal that cannot take a line back.
   */
  constructor(output: Output, now: () => number, isDumb: boolean) {
    this.#output = output;
    this.#now = now;
    this.#isShown = output.isTerminal && !isDumb;
  }

  /** @param until on the scale of `now`. */
  start(until: number, what: WaitFor): void {
    if (!this.#isShown) return;
    const show = (): void => {
      const line = `${MARGIN}${leftInWords(what, until - this.#now())} `;
      // A longer line would wrap, and only its last row could be cleared.
      this.#output.write(`${CLEAR_LINE}${cut(line, (this.#output.columns || 80) - 1)}`);
    };
    show();
    this.#timer = setInterval(show, 1000);
    this.#timer.unref();
  }

  /** Takes the line back, and a `^C` that stands in it. */
  stop(): void {
    if (this.#timer !== undefined) clearInterval(this.#timer);
    this.#timer = undefined;
    if (this.#isShown) this.#output.write(CLEAR_LINE);
  }
}
