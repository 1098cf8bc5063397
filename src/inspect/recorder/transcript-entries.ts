// Entries of a simulation that has run: what its transcript tells, between the steps of its charts.
import { changesBetween, type Change } from '../../request/change.js';
import type { RetryPolicy } from '../../policy/rule.js';
import type { SipRequest } from '../../sip/message.js';
import { readMessage } from '../../sip/read-message.js';
import type { Transcript, TranscriptEvent } from '../../simulator/transcript.js';
import { decisionEntry } from './decision-entry.js';
import type { Unnumbered } from './entry-store.js';

/** The entries of each event of a transcript, in their order; charts tell their steps themselves. */
export function transcriptEntries(transcript: Transcript, policy: RetryPolicy): readonly (readonly Unnumbered[])[] {
  const { events, startedAt } = transcript;
  const requests = new RequestsSent(events);
  return events.map((event, place): readonly Unnumbered[] => {
    const at = startedAt + event.at;
    const actor = 'request' in event && event.request !== undefined ? `request ${event.request}` : '';
    switch (event.type) {
      case 'message': {
        const { from, to, summary, text, lost } = event;
        return [{ type: 'message', at, from, to, summary, text, lost: lost !== undefined }];
      }
      case 'wait':
        return event.until === null
          ? []
          : [{ type: 'timer', at, actor, name: event.for, until: startedAt + event.until }];
      case 'ask':
        return [{ type: 'timer', at, actor, name: `answer: ${event.for}`, until: startedAt + event.until }];
      case 'answer':
        return [{ type: 'note', at, text: `${actor}: ${event.answer}` }];
      case 'decision':
        return [
          decisionEntry({
            decision: event,
            at,
            actor,
            attempt: event.attempt,
            policy,
            changes: requests.changesAfter(event, place),
          }),
        ];
      case 'outcome': {
        const { outcome, status, reason, cite, attempts } = event;
        return [{ type: 'outcome', at, actor, outcome, status, reason, cite, attempts }];
      }
      case 'party':
        return [{ type: 'note', at, text: `${event.party} ${event.does}` }];
      case 'timer':
      case 'state':
        return [];
    }
  });
}

/** The requests that the user agent client sent, by the request of the scenario, each with its place. */
class RequestsSent {
  readonly #sent = new Map<string, { readonly place: number; readonly request: SipRequest }[]>();

  constructor(events: readonly TranscriptEvent[]) {
    for (const [place, event] of events.entries()) {
      if (event.type !== 'message' || event.request === undefined || event.from !== 'uac') continue;
      const read = readMessage(event.text);
      if (read.kind !== 'request' || read.request.method === 'ACK' || read.request.method === 'CANCEL') continue;
      const sent = this.#sent.get(event.request) ?? [];
      sent.push({ place, request: read.request });
      this.#sent.set(event.request, sent);
    }
  }

  /** What the next request changes, where one follows. */
  changesAfter({ request, action }: Extract<TranscriptEvent, { type: 'decision' }>, place: number): readonly Change[] {
    if (action.type === 'accept' || action.type === 'giveUp') return [];
    const sent = this.#sent.get(request.split('/')[0] ?? request) ?? [];
    const next = sent.findIndex((one) => one.place > place);
    const [before, after] = [sent[next - 1], sent[next]];
    return before === undefined || after === undefined ? [] : changesBetween(before.request, after.request);
  }
}
