// How a registrar finds the percentage that its clients should leave out (RFC 7339 §5.2 leaves it to the server).

/** Parts of the capacity that are asked for, so that the queue can empty. */
const WANTED = 0.9;
/** How long a percentage holds with a client, in seconds: longer than its first back-off, or it would never be asked. */
const VALIDITY_MS = 60_000;

/** Counts what arrives second by second, and asks for less when it was too much. */
export class OverloadMeter {
  readonly #perSecond: number;
  #second = 0;
  #arrived = 0;
  #percent = 0;

  constructor(perSecond: number) {
    this.#perSecond = perSecond;
  }

  /** A request arrives. */
  note(now: number): void {
    this.#turnTo(Math.floor(now / 1_000));
    this.#arrived += 1;
  }

  /** What stands behind the branch of the Via of a response that leaves now. */
  report(now: number): string {
    this.#turnTo(Math.floor(now / 1_000));
    return `;oc=${this.#percent};oc-algo="loss";oc-validity=${VALIDITY_MS};oc-seq=${this.#second}.0`;
  }

  #turnTo(second: number): void {
    if (second === this.#second) return;
    // What would have come had nothing been left out, by the percentage of that second.
    const offered = second === this.#second + 1 ? this.#arrived / (1 - this.#percent / 100) : 0;
    const tooMuch = 1 - (WANTED * this.#perSecond) / offered;
    this.#percent = offered <= this.#perSecond ? 0 : Math.min(99, Math.round(100 * tooMuch));
    this.#second = second;
    this.#arrived = 0;
  }
}
