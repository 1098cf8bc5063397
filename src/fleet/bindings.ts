// Who is registered: the bindings as a registrar keeps them, and how many there are in each second.

export class Bindings {
  readonly #until: Float64Array;
  readonly #bucketMs: number;
  /** What changes in each bucket, by cohort. */
  readonly #changes: readonly Int32Array[];
  readonly #cohortOf: (client: number) => number;

  constructor(
    clients: number,
    cohorts: number,
    buckets: number,
    bucketMs: number,
    cohortOf: (client: number) => number,
  ) {
    this.#until = new Float64Array(clients).fill(-Infinity);
    this.#bucketMs = bucketMs;
    // One more, in which everything ends that lasts longer than the run.
    this.#changes = Array.from({ length: cohorts }, () => new Int32Array(buckets + 1));
    this.#cohortOf = cohortOf;
  }

  /** A binding is made or renewed. */
  grant(client: number, now: number, seconds: number): void {
    this.#end(client, now);
    const until = now + 1_000 * seconds;
    this.#until[client] = until;
    this.#change(client, now, 1);
    this.#change(client, until, -1);
  }

  /** The binding of a client is forgotten. */
  forget(client: number, now: number): void {
    this.#end(client, now);
    this.#until[client] = -Infinity;
  }

  /** How many clients of each cohort are registered at the end of each bucket. */
  counts(): readonly Uint32Array[] {
    return this.#changes.map((changes) => {
      const counts = new Uint32Array(changes.length - 1);
      let count = 0;
      for (let bucket = 0; bucket < counts.length; bucket += 1) {
        count += changes[bucket] ?? 0;
        counts[bucket] = count;
      }
      return counts;
    });
  }

  /** What would have lasted longer ends now. */
  #end(client: number, now: number): void {
    const until = this.#until[client] ?? -Infinity;
    if (until <= now) return;
    this.#change(client, until, 1);
    this.#change(client, now, -1);
  }

  #change(client: number, moment: number, by: 1 | -1): void {
    const changes = this.#changes[this.#cohortOf(client)];
    if (changes === undefined) return;
    const bucket = Math.min(Math.floor(moment / this.#bucketMs), changes.length - 1);
    changes[bucket] = (changes[bucket] ?? 0) + by;
  }
}
