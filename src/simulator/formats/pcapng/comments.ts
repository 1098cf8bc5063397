// What a packet's comment says: what became of the message, and the decision that it led to.
import type { DecisionEvent, OutcomeEvent, PassingMessage, TranscriptEvent } from '../../transcript.js';
import { decisionCard, outcomeCard } from '../ladder/cards.js';

/** The comments of each message, by its id. */
export function commentsOf(events: readonly TranscriptEvent[]): ReadonlyMap<number, readonly string[]> {
  const comments = new Map<number, string[]>();
  const add = (message: PassingMessage | undefined, comment: string): void => {
    if (message !== undefined) comments.set(message.id, [...(comments.get(message.id) ?? []), comment]);
  };
  for (const [index, event] of events.entries()) {
    if (event.type === 'message') for (const comment of fateOf(event)) add(event, comment);
    if (event.type !== 'decision' && event.type !== 'outcome') continue;
    const { title, why, source } = event.type === 'decision' ? decisionCard(event) : outcomeCard(event);
    const words = event.type === 'decision' ? [title, why, source].filter((part) => part !== '').join('. ') : title;
    add(causeOf(event, events.slice(0, index)), `${event.type}: ${words}`);
  }
  return comments;
}

/** The response that came at this moment; where none did, the last request of the UAC. */
function causeOf(
  { request, at }: DecisionEvent | OutcomeEvent,
  before: readonly TranscriptEvent[],
): PassingMessage | undefined {
  const messages = before.filter((event) => event.type === 'message').filter((message) => message.request === request);
  return (
    messages.findLast(({ to, arrivals }) => to === 'uac' && arrivals.includes(at)) ??
    messages.findLast(({ from }) => from === 'uac')
  );
}

function fateOf({ lost, retransmission, arrivals, transport, at }: PassingMessage): readonly string[] {
  const [first, ...copies] = arrivals;
  return [
    ...(transport === 'TLS' ? ['sent over TLS; written here in plain TCP'] : []),
    ...(retransmission ? ['a retransmission'] : []),
    ...(lost === undefined ? [] : [FATES[lost]]),
    ...(first === undefined ? [] : [`arrives after ${Math.round((first - at) * 1000) / 1000} ms`]),
    ...(copies.length === 0 ? [] : [`the network delivers ${arrivals.length} copies`]),
  ];
}

const FATES = {
  network: 'lost in the network',
  down: 'the server is down: nobody answers',
  refused: 'the server refuses it',
} as const;
