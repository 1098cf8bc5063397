// Rate-based overload control (RFC 7415 §3.5): a leaky bucket with two tolerances and a random phase.
import type { RequestUrgency } from './request-urgency.js';

/** RFC 7415 §3.5.2, in units of T: TAU2 = 10·T for prioritised requests, TAU1 = TAU2 / 2 for ordinary ones, TAU0 = 0. */
const TOLERANCE = { prioritised: 10, ordinary: 5 } as const;

/**
 * The bucket that one server's rate fills. Kept as the moment at which it will be empty, which is the same algorithm
 * (ITU-T I.371 knows both forms) and lets `mayGoAt` name a moment that is then admitted exactly.
 */
export class RateThrottle {
  /** T, in milliseconds, of the last rate above 0. */
  #interval: number;
  #isShut: boolean;
  #emptyAt: number;

  /** @param random RFC 7415 §3.5.3: the phase of the bucket at activation, so that clients do not resonate. */
  constructor(perSecond: number, now: number, random: number) {
    this.#isShut = perSecond === 0;
    this.#interval = this.#isShut ? 0 : 1_000 / perSecond;
    this.#emptyAt = now + (random - 0.5) * this.#interval;
  }

  /** Another rate: what is in the bucket stays so many requests. */
  change(perSecond: number, now: number): void {
    this.#isShut = perSecond === 0;
    if (this.#isShut) return;
    const interval = 1_000 / perSecond;
    const content = this.#emptyAt - now;
    if (content > 0) this.#emptyAt = now + (content / this.#interval) * interval;
    this.#interval = interval;
  }

  /** The first moment from `now` on at which such a request may go; `Infinity` while the rate is 0. */
  mayGoAt(urgency: RequestUrgency, now: number): number {
    if (urgency === 'settling' || urgency === 'emergency') return now;
    // RFC 7415 §3.5.1: with oc=0 and a validity all requests are rejected.
    if (this.#isShut) return Infinity;
    const tolerance = urgency === 'ordinary' ? TOLERANCE.ordinary : TOLERANCE.prioritised;
    return Math.max(now, this.#emptyAt - tolerance * this.#interval);
  }

  /** A request goes. RFC 7415 §3.5.3: if the bucket was empty, the increment is spread over T/2 to 3T/2. */
  pour(now: number, random: number): void {
    const increment = this.#emptyAt > now ? this.#interval : this.#interval * (0.5 + random);
    this.#emptyAt = Math.max(this.#emptyAt, now) + increment;
  }
}
