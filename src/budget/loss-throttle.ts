// Loss-based overload control (RFC 7339 §7): a percentage of the requests is left out, the ordinary ones first.
import type { RequestUrgency } from './request-urgency.js';

/** What may be left out: ordinary requests first, then prioritised ones; never what settles work, never an emergency call. */
type Category = 'ordinary' | 'prioritised' | 'kept';

/** RFC 7339 §7.2 begins with 80 to 20 until the traffic itself is known, and samples it every 5 to 10 seconds. */
const BEGINNING: Shares = { ordinary: 0.8, prioritised: 0.2 };
const SAMPLE_MS = 5_000;
/** Fewer requests than this say little about the mix. */
const LEAST_SAMPLE = 20;

interface Shares {
  readonly ordinary: number;
  readonly prioritised: number;
}

/** Chooses what is left out, by the mix of the traffic to one server. */
export class LossThrottle {
  readonly #counts: Record<Category, number> = { ordinary: 0, prioritised: 0, kept: 0 };
  #shares = BEGINNING;
  #sampledAt: number;

  constructor(now: number) {
    this.#sampledAt = now;
  }

  /** Counts a request, sent or not: the percentage is of those that would have been sent (RFC 7339 §7). */
  count(urgency: RequestUrgency, now: number): void {
    this.#counts[categoryOf(urgency)] += 1;
    if (now - this.#sampledAt >= SAMPLE_MS) this.#sample(now);
  }

  /**
   * Whether this request is left out, so that of all requests `percent` are. RFC 7339 §7.2: "the client draws a random
   * number", and the second category is reduced only once the first is exhausted.
   */
  leavesOut(urgency: RequestUrgency, percent: number, random: number): boolean {
    const category = categoryOf(urgency);
    if (category === 'kept') return false;
    const { ordinary, prioritised } = this.#shares;
    const wanted = percent / 100;
    const [part, of] = category === 'ordinary' ? [wanted, ordinary] : [wanted - ordinary, prioritised];
    return random * of < part;
  }

  #sample(now: number): void {
    const { ordinary, prioritised, kept } = this.#counts;
    const total = ordinary + prioritised + kept;
    if (total < LEAST_SAMPLE) return;
    this.#shares = { ordinary: ordinary / total, prioritised: prioritised / total };
    this.#sampledAt = now;
    Object.assign(this.#counts, { ordinary: 0, prioritised: 0, kept: 0 });
  }
}

function categoryOf(urgency: RequestUrgency): Category {
  if (urgency === 'ordinary') return 'ordinary';
  return urgency === 'inDialog' || urgency === 'marked' ? 'prioritised' : 'kept';
}
