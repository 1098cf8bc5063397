// Messages whose arrival must be told apart: late ones, and copies that the network made.
import type { PassingMessage, TranscriptEvent } from '../../transcript.js';
import type { ArrivalRow } from './ladder-row.js';

/**
 * Whether one arrow would tell it wrongly: while the message was under way, its receiver went on without it, or a later
 * message of the same sender overtook it.
 */
export function isCrossing(message: PassingMessage, events: readonly TranscriptEvent[]): boolean {
  const [arrival] = message.arrivals;
  if (arrival === undefined) return false;
  return events.some((event) => {
    if (event === message || event.at < message.at || event.at >= arrival) return false;
    if ('request' in event && event.request !== message.request) return false;
    if (event.type === 'decision' || event.type === 'outcome') return event.at > message.at && message.to === 'uac';
    if (event.type !== 'message' || event.id < message.id) return false;
    return event.from === message.to || hasOvertaken(event, message, arrival);
  });
}

/** The rows of late arrivals and of copies. */
export function arrivalsOf(
  messages: readonly PassingMessage[],
  crossing: ReadonlySet<PassingMessage>,
): readonly ArrivalRow[] {
  return messages.flatMap((message) => {
    const first = crossing.has(message) ? 0 : 1;
    return message.arrivals.slice(first).map((at, index): ArrivalRow => {
      return { kind: 'arrival', at, request: message.request, message, isCopy: first + index > 0 };
    });
  });
}

function hasOvertaken(later: PassingMessage, message: PassingMessage, arrival: number): boolean {
  const [at] = later.arrivals;
  return later.from === message.from && later.to === message.to && at !== undefined && at < arrival;
}
