// How long to wait before a flow is formed anew (RFC 5626 §4.5).
import { doublingWaitMs } from '../policy/doubling-wait.js';

export interface FlowBackOffOptions {
  /** Whether the flows to every member of the outbound proxy set have failed; the base time is shorter then. Default: true. */
  readonly allFlowsFailed?: boolean;
  /** The base time in milliseconds. Default: 30 000 when all flows failed, else 90 000. */
  readonly baseMs?: number;
  /** The longest upper bound in milliseconds. Default: 1 800 000. */
  readonly maxMs?: number;
}

/**
 * The wait of RFC 5626 §4.5, which doubles with every failure and is drawn from its upper half.
 * @param failures consecutive failures for that URI, the one just seen included: the first wait is 30 to 60 s.
 * @param random a number of [0, 1).
 * @returns milliseconds, rounded up.
 */
export function flowBackOffMs(failures: number, random: number, options: FlowBackOffOptions = {}): number {
  const { allFlowsFailed = true, maxMs = 1_800_000 } = options;
  const { baseMs = allFlowsFailed ? 30_000 : 90_000 } = options;
  return doublingWaitMs(baseMs, maxMs, failures, random);
}
