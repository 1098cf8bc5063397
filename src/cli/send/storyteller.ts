// Turns what the client tells into events of `send`: masked, with their times, in the order in which a person reads them.
import type { DriverEvents } from '../../../machines/driver-event.js';
import type { AskFor } from '../../policy/action.js';
import type { Decision } from '../../policy/decide.js';
import { readCSeq } from '../../sip/cseq.js';
import type { SipRequest } from '../../sip/message.js';
import { readMessage } from '../../sip/read-message.js';
import { writeMessage } from '../../sip/write-message.js';
import type { Clock } from '../../timing/clock.js';
import type { SendingFailure } from '../../transport/user-agent-client.js';
import type { PassedMessage } from '../../transport/wire.js';
import type { Hold } from '../../uac/uac-event.js';
import type { UacOutcome } from '../../uac/uac-outcome.js';
import { decisionEventOf, outcomeEventOf } from './event-of.js';
import type { SendCancelReason } from './send-once.js';
import type { SendEvent, SendReport, WaitFor } from './send-event.js';

export interface StorytellerOptions {
  readonly report: SendReport;
  readonly mask: (text: string) => string;
  readonly clock: Clock;
  /** Milliseconds since the start. */
  readonly now: () => number;
}

/** How long what follows from the response to an INVITE is kept back at most, so that its ACK stands before it. */
const ACK_MS = 100;

export class Storyteller {
  readonly #options: StorytellerOptions;
  /** A decision whose next request is not known yet. */
  #open: { readonly at: number; readonly decision: Decision; readonly attempt: number } | undefined;
  /** What waits for the ACK; absent when nothing does. */
  #kept: SendEvent[] | undefined;
  #stopWaiting: (() => void) | undefined;
  readonly #whenUpToDate: (() => void)[] = [];
  #lastAt = 0;
  #attempts = 0;
  #isOver = false;

  constructor(options: StorytellerOptions) {
    this.#options = options;
  }

  message({ direction, peer, text }: PassedMessage): void {
    this.#settle();
    const { now, mask } = this.#options;
    const event = { event: 'message', at: now(), direction, peer, text: mask(text) } as const;
    if (direction === 'sent' && text.startsWith('ACK ')) {
      this.#report(event);
      this.#release();
      return;
    }
    this.#release();
    this.#tell(event);
    if (direction === 'received' && isAnswerToInvite(text)) this.#keepBack();
  }

  decision({ decision, attempt }: DriverEvents['decision']): void {
    this.#settle();
    this.#open = { at: this.#options.now(), decision, attempt };
    const { type } = decision.action;
    if (type === 'giveUp' || type === 'accept' || type === 'wait') this.#settle();
  }

  /** The next request is complete: the decision is told with it. */
  send(request: SipRequest, attempt: number): void {
    this.#attempts = Math.max(this.#attempts, attempt);
    this.#settle(request);
  }

  wait(until: number, what: WaitFor): void {
    this.#settle();
    this.#tell({ event: 'wait', at: this.#options.now(), until: this.#sinceStart(until), for: what });
  }

  /** Held for as long as something else takes: that has no moment to count down to. */
  hold({ for: what, until }: Hold): void {
    if (until === undefined) this.note(`held back (${what})`);
    else this.wait(until, what);
  }

  ask({ for: what, until }: { readonly for: AskFor; readonly until: number }): void {
    this.#settle();
    this.#tell({ event: 'ask', at: this.#options.now(), until: this.#sinceStart(until), for: what });
  }

  /** A request could not be sent. */
  failure({ why }: SendingFailure): void {
    this.#settle();
    this.#tell({ event: 'failure', at: this.#options.now(), why: this.#options.mask(why) });
  }

  note(note: string): void {
    this.#settle();
    this.#tell({ event: 'note', at: this.#options.now(), note: this.#options.mask(note) });
  }

  registered(seconds: number, refreshAt: number): void {
    this.#settle();
    this.#tell({ event: 'registered', at: this.#options.now(), seconds, refreshAt: this.#sinceStart(refreshAt) });
  }

  /** @param because why it was cancelled, where that is known better here. */
  outcome(outcome: UacOutcome, because?: SendCancelReason): void {
    this.#settle();
    this.#tell({ at: this.#options.now(), ...outcomeEventOf(outcome, because) });
  }

  /** It ended without an outcome of its own. */
  cancelled(because: SendCancelReason): void {
    this.outcome({ type: 'cancelled', attempts: this.#attempts, because: 'cancelled' }, because);
    this.#release();
  }

  /** It ended before there was a request. */
  failed(reason: string, because: string): void {
    this.#settle();
    const { now, mask } = this.#options;
    const detail = { because: mask(because) };
    this.#tell({
      event: 'outcome',
      at: now(),
      outcome: 'gaveUp',
      status: null,
      reason,
      detail,
      attempts: this.#attempts,
    });
  }

  /** Everything that has happened is told. */
  upToDate(): Promise<void> {
    this.#settle();
    if (this.#kept === undefined) return Promise.resolve();
    return new Promise((resolve) => this.#whenUpToDate.push(resolve));
  }

  /** Tells the open decision, if there is one. */
  #settle(next?: SipRequest): void {
    const open = this.#open;
    if (open === undefined) return;
    this.#open = undefined;
    const { at, decision, attempt } = open;
    const request = next === undefined ? null : this.#options.mask(writeMessage(next));
    this.#tell({ at, ...decisionEventOf(decision, attempt, request) });
  }

  #tell(event: SendEvent): void {
    if (this.#kept === undefined) this.#report(event);
    else this.#kept.push(event);
  }

  /** Times never go back, and nothing follows the outcome. */
  #report(event: SendEvent): void {
    if (this.#isOver) return;
    this.#isOver = event.event === 'outcome';
    this.#lastAt = Math.max(this.#lastAt, event.at);
    this.#options.report.tell({ ...event, at: this.#lastAt });
  }

  #keepBack(): void {
    const { clock } = this.#options;
    this.#kept = [];
    this.#stopWaiting = clock.at(clock.now() + ACK_MS, () => this.#release());
  }

  #release(): void {
    const kept = this.#kept ?? [];
    this.#kept = undefined;
    this.#stopWaiting?.();
    for (const event of kept) this.#report(event);
    for (const resolve of this.#whenUpToDate.splice(0)) resolve();
  }

  #sinceStart(date: number): number {
    const { clock, now } = this.#options;
    return Math.round(date - clock.date() + now());
  }
}

/** RFC 3261 §17.1.1.3, §13.2.2.4: each final response to an INVITE is acknowledged. */
function isAnswerToInvite(text: string): boolean {
  const read = readMessage(text);
  return (
    read.kind === 'response' && read.response.status >= 200 && readCSeq(read.response.headers)?.method === 'INVITE'
  );
}
