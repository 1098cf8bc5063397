// What is counted, in buckets of time, for each cohort.

/** Everything that is counted; the first five are what goes over the wire. */
export const tallied = [
  'first',
  'refresh',
  'authenticated',
  'retry',
  'retransmission',
  'accepted',
  'challenged',
  'refused',
  'unanswered',
  'wasted',
] as const;

/**
 * - `first`: a REGISTER of a client that has never been registered, before anything failed.
 * - `refresh`: one that renews a binding.
 * - `authenticated`: one that answers a challenge.
 * - `retry`: one after a failure.
 * - `retransmission`: a datagram that repeats a REGISTER (RFC 3261 §17.1.2.2).
 * - `accepted`, `challenged`, `refused`: a 2xx, a 401, another response, when it reaches the client.
 * - `unanswered`: a transaction that ends without a response.
 * - `wasted`: what was sent and could not succeed: to a registrar that was down or full, again while it was waiting in
 *   the queue, so that the answer came too late, or with a wrong password. By the moment of sending.
 */
export type Tallied = (typeof tallied)[number];

/** Why a REGISTER is sent. */
export type SendKind = 'first' | 'refresh' | 'authenticated' | 'retry';

export class Tally {
  readonly buckets: number;
  readonly bucketMs: number;
  readonly #counts: { readonly [K in Tallied]: readonly Uint32Array[] };

  constructor(cohorts: number, untilMs: number) {
    this.bucketMs = bucketFor(untilMs);
    this.buckets = Math.ceil(untilMs / this.bucketMs);
    const empty = (): readonly Uint32Array[] => Array.from({ length: cohorts }, () => new Uint32Array(this.buckets));
    this.#counts = {
      first: empty(),
      refresh: empty(),
      authenticated: empty(),
      retry: empty(),
      retransmission: empty(),
      accepted: empty(),
      challenged: empty(),
      refused: empty(),
      unanswered: empty(),
      wasted: empty(),
    };
  }

  /** One more; what lies beyond the run is not counted. */
  count(what: Tallied, cohort: number, moment: number): void {
    const counts = this.#counts[what][cohort];
    const bucket = Math.floor(moment / this.bucketMs);
    if (counts !== undefined && bucket < this.buckets) counts[bucket] = (counts[bucket] ?? 0) + 1;
  }

  /** The counts of one cohort, bucket by bucket. */
  of(what: Tallied, cohort: number): Uint32Array {
    return this.#counts[what][cohort] ?? new Uint32Array(this.buckets);
  }
}

/** The finest of these that makes no more than 20 000 buckets. */
function bucketFor(untilMs: number): number {
  return STEPS_MS.find((step) => untilMs / step <= MOST_BUCKETS) ?? 86_400_000;
}

const MOST_BUCKETS = 20_000;
const STEPS_MS = [1_000, 2_000, 5_000, 10_000, 30_000, 60_000, 300_000, 600_000, 3_600_000];
