// How long a call rings: our own limit, because RFC 3261 leaves a provisional INVITE without one (§17.1.1.2).
import type { SipRequest } from '../sip/message.js';
import type { Clock } from '../timing/clock.js';

/** As long as a proxy waits, which says "MUST be larger than 3 minutes" of its timer C (RFC 3261 §16.6 step 11). */
const RING_MS = 180_000;

export class RingTimer {
  readonly #clock: Clock;
  readonly #ringMs: number;
  readonly #rung: () => void;
  #isInvite = false;
  #disarm: (() => void) | undefined;

  constructor(clock: Clock, ringMs = RING_MS, rung: () => void) {
    this.#clock = clock;
    this.#ringMs = ringMs;
    this.#rung = rung;
  }

  /** An attempt begins. */
  follow({ method }: SipRequest): void {
    this.stop();
    this.#isInvite = method === 'INVITE';
  }

  /** A provisional response came; the first one of an INVITE counts. */
  noteProvisional(): void {
    if (this.#isInvite) this.#disarm ??= this.#clock.at(this.#clock.now() + this.#ringMs, this.#rung);
  }

  stop(): void {
    this.#disarm?.();
    this.#disarm = undefined;
  }
}
