// A line that counts down while nothing happens; on a terminal only.
import type { Output } from '../io.js';
import { durationInWords } from '../in-words.js';
import type { WaitFor } from './send-event.js';

const CLEAR_LINE = '\r\x1b[2K';

export class Countdown {
  readonly #output: Output;
  readonly #now: () => number;
  #timer: ReturnType<typeof setInterval> | undefined;

  /** @param now milliseconds since the start. */
  constructor(output: Output, now: () => number) {
    this.#output = output;
    this.#now = now;
  }

  /** @param until on the scale of `now`. */
  start(until: number, what: WaitFor): void {
    if (!this.#output.isTerminal) return;
    const show = (): void => {
      const left = Math.max(0, Math.ceil((until - this.#now()) / 1000)) * 1000;
      this.#output.write(`${CLEAR_LINE}          ${WORDS[what]}: ${durationInWords(left)} left `);
    };
    show();
    this.#timer = setInterval(show, 1000);
    this.#timer.unref();
  }

  stop(): void {
    if (this.#timer === undefined) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#output.write(CLEAR_LINE);
  }
}

/** What is waited for, in words. */
export const WORDS: { readonly [K in WaitFor]: string } = {
  retryAfter: 'waiting, as the server asked',
  glare: 'waiting, because both sides changed the call at once',
  backoff: 'waiting before the next attempt',
  line: 'waiting for a request that must end first',
  quarantine: 'waiting for a server that wants to be left alone',
  ceiling: 'waiting, because there were too many requests in this minute',
  overload: 'waiting, because the server is overloaded',
  probe: 'waiting before the next attempt to register',
  call: 'in the call',
};
