// What is said in one sentence below a party: timers, questions, answers, holds, what happens to a server.
import type { AskFor } from '../../../policy/action.js';
import type { AnswerEvent, AskEvent, PartyEvent, StateEvent, TimerEvent, WaitEvent } from '../../transcript.js';
import type { NoteRow } from './ladder-row.js';

type NotedEvent = AnswerEvent | AskEvent | PartyEvent | StateEvent | TimerEvent | WaitEvent;

/** The note of an event; undefined where it says nothing that the other rows do not say. */
export function noteOf(event: NotedEvent, details: boolean): NoteRow | undefined {
  const { at } = event;
  switch (event.type) {
    case 'ask':
      return { kind: 'note', at, request: event.request, party: 'uac', text: `asks for ${QUESTIONS[event.for]}` };
    case 'answer':
      return { kind: 'note', at, request: event.request, party: 'uac', text: `answered: ${event.answer}` };
    case 'party':
      return { kind: 'note', at, party: event.party, text: `${event.party} ${event.does}` };
    case 'timer': {
      const text = timerInWords(event.timer, details);
      return text === undefined ? undefined : { kind: 'note', at, request: event.request, party: event.party, text };
    }
    case 'state':
      return details
        ? { kind: 'note', at, party: 'uac', text: `${event.actor}: ${event.state} (${event.event})` }
        : undefined;
    case 'wait':
      // A wait whose end is known shows as a gap.
      return event.until === null
        ? { kind: 'note', at, request: event.request, party: 'uac', text: 'held until another request is done' }
        : undefined;
  }
}

/** Retransmissions speak for themselves; a timer that ends a transaction is told. */
function timerInWords(timer: string, details: boolean): string | undefined {
  const sentence = ENDING_TIMERS[timer];
  if (sentence !== undefined) return `timer ${timer} fires: ${sentence}`;
  return details ? `timer ${timer} fires` : undefined;
}

const ENDING_TIMERS: { readonly [timer: string]: string } = {
  B: 'no response to the INVITE in time',
  C: 'the call rang for too long',
  F: 'no final response in time',
};

const QUESTIONS: { readonly [K in AskFor]: string } = {
  credentials: 'a user name and a password',
  digits: 'more digits',
  target: 'one of the addresses',
  body: 'another body',
  headers: 'other header fields',
  confirmation: 'a confirmation',
};
