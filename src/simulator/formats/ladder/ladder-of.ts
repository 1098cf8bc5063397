// From a transcript to the rows of its ladder: late arrivals and gaps get rows of their own, endings are told once.
import type { PassingMessage, Transcript, TranscriptEvent } from '../../transcript.js';
import { decisionCard, outcomeCard } from './cards.js';
import { arrivalsOf, isCrossing } from './crossings.js';
import { endingsOf } from './endings.js';
import { withGaps } from './gaps.js';
import { HeadersThatMatter } from './headers-that-matter.js';
import type { Ladder, LadderRow } from './ladder-row.js';
import { noteOf } from './notes.js';

/** The rows of a transcript. With `details`, every timer and every step of a chart is among them. */
export function ladderOf(transcript: Transcript, { details = false }: { readonly details?: boolean } = {}): Ladder {
  const { events, parties } = transcript;
  const messages = events.filter((event) => event.type === 'message');
  const crossing = new Set(messages.filter((message) => isCrossing(message, events)));
  const endings = endingsOf(events);
  const told = new Set(endings.values());
  const headers = new HeadersThatMatter();

  const rowOf = (event: TranscriptEvent): LadderRow | undefined => {
    switch (event.type) {
      case 'message':
        return messageRow(event, headers.of(event), crossing.has(event));
      case 'decision':
        return told.has(event) ? undefined : decisionCard(event);
      case 'outcome':
        return outcomeCard(event, endings.get(event));
      default:
        return noteOf(event, details);
    }
  };
  const rows = events.map(rowOf).filter((row) => row !== undefined);
  const ordered = inOrder([...rows, ...arrivalsOf(messages, crossing)]);
  return {
    lanes: parties,
    rows: withGaps(ordered, events),
    requests: requestsOf(events),
    lastAt: ordered.at(-1)?.at ?? 0,
  };
}

function messageRow(message: PassingMessage, headers: readonly string[], crosses: boolean): LadderRow {
  const { at, request } = message;
  return { kind: 'message', at, request, message, headers, isCrossing: crosses };
}

/** By time; an arrival stands before what it leads to. */
function inOrder(rows: readonly LadderRow[]): readonly LadderRow[] {
  const rank = (row: LadderRow): number => (row.kind === 'arrival' ? 0 : 1);
  return [...rows].sort((a, b) => a.at - b.at || rank(a) - rank(b));
}

function requestsOf(events: readonly TranscriptEvent[]): readonly string[] {
  const named = events.map((event) => ('request' in event ? event.request : undefined));
  return [...new Set(named.filter((request) => request !== undefined))];
}
