// What is agreed with one server that takes part in overload control: the restriction, and the number of its last word.
import { LossThrottle } from './loss-throttle.js';
import type { OverloadAlgorithm, OverloadReport } from './overload-report.js';
import { RateThrottle } from './rate-throttle.js';

/** The restriction in effect until a moment on the scale of the clock's `now()`; once over it restricts nothing. */
export type Restriction =
  | { readonly algorithm: 'loss'; readonly oc: number; readonly until: number }
  | { readonly algorithm: 'rate'; readonly oc: number; readonly until: number; readonly throttle: RateThrottle };

export interface Agreement {
  /** RFC 7339 §4.2: the selection stays in effect until the server changes it; loss is the default. */
  readonly algorithm: OverloadAlgorithm;
  /** Absent: the server takes part and asks for nothing. */
  readonly restriction?: Restriction;
  readonly loss: LossThrottle;
  /** The largest oc-seq so far. */
  readonly seq?: bigint;
  /** Until then a tardy response could bring back what is over. */
  readonly keptUntil: number;
}

/** Nothing that a server sent in a transaction comes later than 64·T1 (RFC 3261 §17.1.2.2, timer F). */
const KEPT_AFTER_MS = 32_000;

/** In the units of `seq`: no response is so tardy that a million numbers have passed. */
const WRAPPED = 1_000_000n * 100_000n;

interface Circumstances {
  readonly now: number;
  readonly random: () => number;
  readonly maxValidityMs: number;
}

/** What a report makes of the agreement before it; that one itself when the report is tardy or out of range. */
export function agree(
  report: OverloadReport,
  before: Agreement | undefined,
  { now, random, maxValidityMs }: Circumstances,
): Agreement | undefined {
  const { algorithm = before?.algorithm ?? 'loss', seq = before?.seq } = report;
  if (isTardy(report.seq, before?.seq)) return before;
  const agreement = {
    algorithm,
    loss: before?.loss ?? new LossThrottle(now),
    ...(seq === undefined ? {} : { seq }),
  };
  if (report.says === 'free') return { ...agreement, keptUntil: now + KEPT_AFTER_MS };
  const { oc } = report;
  // RFC 7339 §7.1: a percentage, in the range of 0 to 100.
  if (algorithm === 'loss' && oc > 100) return before;
  const until = now + Math.min(report.validityMs, maxValidityMs);
  const restriction: Restriction =
    algorithm === 'loss'
      ? { algorithm, oc, until }
      : { algorithm, oc, until, throttle: rateThrottle(oc, before?.restriction, now, random) };
  return { ...agreement, restriction, keptUntil: until + KEPT_AFTER_MS };
}

/** The bucket in use with its new rate, or a new one where rate control begins. */
function rateThrottle(oc: number, before: Restriction | undefined, now: number, random: () => number): RateThrottle {
  if (before?.algorithm !== 'rate' || now >= before.until) return new RateThrottle(oc, now, random());
  before.throttle.change(oc, now);
  return before.throttle;
}

/**
 * RFC 7339 §5.4: only a larger oc-seq is news. §4.4: one that is "significantly less" is an overflow, and news too;
 * read as less than half of it, and a million below it.
 */
function isTardy(seq: bigint | undefined, known: bigint | undefined): boolean {
  if (seq === undefined || known === undefined || seq > known) return false;
  return !(seq * 2n < known && known - seq > WRAPPED);
}
