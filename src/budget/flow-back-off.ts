// How long to wait before a flow is formed anew (RFC 5626 §4.5).

export interface FlowBackOffOptions {
  /** Whether the flows to every member of the outbound proxy set have failed; the base time is shorter then. Default: true. */
  readonly allFlowsFailed?: boolean;
  /** The base time in milliseconds. Default: 30 000 when all flows failed, else 90 000. */
  readonly baseMs?: number;
  /** The longest upper bound in milliseconds. Default: 1 800 000. */
  readonly maxMs?: number;
}

/**
 * RFC 5626 §4.5: W = min(max-time, base-time · 2^consecutive-failures); the wait is uniform between 50 and 100 % of W.
 * @param failures consecutive failures for that URI, the one just seen included: the first wait is 30 to 60 s.
 * @param random a number of [0, 1).
 * @returns milliseconds, rounded up.
 */
export function flowBackOffMs(failures: number, random: number, options: FlowBackOffOptions = {}): number {
  const { allFlowsFailed = true, maxMs = 1_800_000 } = options;
  const { baseMs = allFlowsFailed ? 30_000 : 90_000 } = options;
  const upperBound = Math.min(maxMs, baseMs * 2 ** failures);
  return Math.ceil(upperBound * (0.5 + random / 2));
}
