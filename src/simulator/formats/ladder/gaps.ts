// Time in which nothing happens: how long it is, and what is waited for.
import type { ActionOf } from '../../../policy/action.js';
import { durationInWords } from '../../../policy/in-words.js';
import type { TranscriptEvent, WaitEvent } from '../../transcript.js';
import type { GapRow, LadderRow } from './ladder-row.js';

/** Silence shorter than this is a gap only where a request waits. */
const GAP_MS = 1_000;

/** The rows, with a gap wherever time passes between two of them. */
export function withGaps(rows: readonly LadderRow[], events: readonly TranscriptEvent[]): readonly LadderRow[] {
  const waits = events.filter((event) => event.type === 'wait');
  return rows.flatMap((row, index) => {
    const before = rows[index - 1];
    if (before === undefined || isRepetition(row)) return [row];
    const gap = gapBetween(before.at, row.at, waits, events);
    return gap === undefined ? [row] : [gap, row];
  });
}

/** The times of retransmissions speak for themselves. */
function isRepetition(row: LadderRow): boolean {
  return row.kind === 'message' && row.message.retransmission;
}

function gapBetween(
  from: number,
  to: number,
  waits: readonly WaitEvent[],
  events: readonly TranscriptEvent[],
): GapRow | undefined {
  const ms = to - from;
  // What is waited for begins when the gap does, or during it, and ends it.
  const wait = waits.findLast(({ at, until }) => at >= from && at < to && until !== null && Math.abs(until - to) <= 1);
  if (ms < GAP_MS && (wait === undefined || ms <= 0)) return undefined;
  const length = durationInWords(Math.round(ms));
  if (wait === undefined) return { kind: 'gap', at: from, ms, text: length };
  return { kind: 'gap', at: from, ms, request: wait.request, text: `${length}, ${purposeOf(wait, events)}` };
}

function purposeOf(wait: WaitEvent, events: readonly TranscriptEvent[]): string {
  if (wait.for !== 'policy') return PURPOSES[wait.for];
  const decision = events.findLast(
    (event) => event.type === 'decision' && event.request === wait.request && event.at <= wait.at,
  );
  const basis = decision?.type === 'decision' && decision.action.type === 'wait' ? decision.action.basis : 'backoff';
  return BASES[basis];
}

const PURPOSES: { readonly [K in Exclude<WaitEvent['for'], 'policy'>]: string } = {
  refresh: 'until the registration is refreshed',
  line: 'until the requests before it are done',
  quarantine: 'as the server asked to be left alone',
  ceiling: 'as the ceiling of requests a minute is reached',
  overload: 'as the server is overloaded',
};

const BASES: { readonly [K in ActionOf<'wait'>['basis']]: string } = {
  retryAfter: 'as Retry-After says',
  glare: 'so that both sides do not collide again',
  backoff: 'backing off, as the server names no time',
};
