// Turns what the client tells into events of `send`: masked, with their times, each decision with the request that follows it.
import type { DriverEvents, Question } from '../../../machines/driver-event.js';
import type { Decision } from '../../policy/decide.js';
import type { SipRequest } from '../../sip/message.js';
import { writeMessage } from '../../sip/write-message.js';
import type { PassedMessage } from '../../transport/wire.js';
import type { Hold } from '../../uac/uac-event.js';
import type { UacOutcome } from '../../uac/uac-outcome.js';
import type { DecisionEvent, OutcomeEvent, SendReport, WaitFor } from './send-event.js';

export class Storyteller {
  readonly #report: SendReport;
  readonly #mask: (text: string) => string;
  readonly #now: () => number;
  readonly #date: () => number;
  /** A decision whose next request is not known yet. */
  #open: { readonly at: number; readonly decision: Decision; readonly attempt: number } | undefined;

  /** @param now milliseconds since the start. @param date epoch milliseconds, the scale of deadlines. */
  constructor(report: SendReport, mask: (text: string) => string, now: () => number, date: () => number) {
    this.#report = report;
    this.#mask = mask;
    this.#now = now;
    this.#date = date;
  }

  message({ direction, peer, text }: PassedMessage): void {
    this.settle();
    this.#report.tell({ event: 'message', at: this.#now(), direction, peer, text: this.#mask(text) });
  }

  decision({ decision, attempt }: DriverEvents['decision']): void {
    this.settle();
    this.#open = { at: this.#now(), decision, attempt };
    const { type } = decision.action;
    if (type === 'giveUp' || type === 'accept' || type === 'wait') this.settle();
  }

  /** The next request is complete: the decision is told with it. */
  send(request: SipRequest): void {
    this.settle(request);
  }

  wait(until: number, what: WaitFor): void {
    this.settle();
    this.#report.tell({ event: 'wait', at: this.#now(), until: this.#sinceStart(until), for: what });
  }

  hold({ for: what, until }: Hold): void {
    if (until === undefined) this.note(`held: ${what}`);
    else this.wait(until, what);
  }

  ask(question: Question): void {
    this.settle();
    this.#report.tell({ event: 'ask', at: this.#now(), until: this.#sinceStart(question.until), for: question.for });
  }

  note(note: string): void {
    this.settle();
    this.#report.tell({ event: 'note', at: this.#now(), note: this.#mask(note) });
  }

  registered(seconds: number, refreshAt: number): void {
    this.settle();
    this.#report.tell({ event: 'registered', at: this.#now(), seconds, refreshAt: this.#sinceStart(refreshAt) });
  }

  outcome(outcome: UacOutcome): void {
    this.settle();
    this.#report.tell({ at: this.#now(), ...outcomeEventOf(outcome) });
  }

  /** It ended before there was a request. */
  failed(reason: string, because: string): void {
    this.settle();
    this.#report.tell({
      event: 'outcome',
      at: this.#now(),
      outcome: 'gaveUp',
      status: null,
      reason,
      detail: { because: this.#mask(because) },
      attempts: 0,
    });
  }

  /** Tells the open decision, if there is one. */
  settle(next?: SipRequest): void {
    const open = this.#open;
    if (open === undefined) return;
    this.#open = undefined;
    const { at, decision, attempt } = open;
    const request = next === undefined ? null : this.#mask(writeMessage(next));
    this.#report.tell({ at, ...decisionEventOf(decision, attempt, request) });
  }

  #sinceStart(date: number): number {
    return Math.round(date - this.#date() + this.#now());
  }
}

function decisionEventOf(decision: Decision, attempt: number, request: string | null): DecisionEvent {
  const { status, treatedAs, action, impact, aftermath, rule, cite, trace } = decision;
  const delayMs = action.type === 'wait' ? action.delayMs : 0;
  const notes = action.type === 'wait' ? ['the next request is written when the wait is over'] : [];
  return {
    event: 'decision',
    attempt,
    status,
    treatedAs,
    action,
    impact,
    aftermath,
    rule,
    cite,
    trace,
    delayMs,
    notes,
    request,
  };
}

function outcomeEventOf(outcome: UacOutcome): OutcomeEvent {
  const { type, attempts } = outcome;
  switch (type) {
    case 'accepted':
      return { event: 'outcome', outcome: type, status: outcome.status, reason: null, detail: null, attempts };
    case 'gaveUp':
      return {
        event: 'outcome',
        outcome: type,
        status: outcome.status,
        reason: outcome.reason,
        detail: outcome.detail ?? null,
        attempts,
      };
    case 'cancelled':
      return {
        event: 'outcome',
        outcome: type,
        status: null,
        reason: null,
        detail: { because: outcome.because },
        attempts,
      };
  }
}
