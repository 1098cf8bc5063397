// One server transaction: the answers of its TU at their moments, retransmissions absorbed (RFC 3261 §17.2).
import { startServerTransactionActor, type SimulatedActor } from '../../../machines/simulated-actor.js';
import type {
  ServerTimerName,
  ServerTransactionEmitted,
  ServerTransactionEvent,
} from '../../../machines/server-transaction.machine.js';
import type { SipRequest, SipResponse } from '../../sip/message.js';
import type { Clock } from '../../timing/clock.js';
import { NamedTimers } from '../../transaction/named-timers.js';
import type { Inspect } from '../inspector.js';

export interface ServerTransactionMeans {
  readonly request: SipRequest;
  /** The To tag of its responses: one for the whole transaction (RFC 3261 §8.2.6.2). */
  readonly tag: string;
  readonly reliable: boolean;
  readonly clock: Clock;
  readonly inspect?: Inspect | undefined;
  /** Hands a response to the transport. */
  readonly respond: (response: SipResponse) => void;
  /** A refusal was never acknowledged. */
  readonly unacknowledged: () => void;
  readonly terminated: () => void;
}

export class ServerTransaction {
  readonly request: SipRequest;
  readonly tag: string;
  readonly #means: ServerTransactionMeans;
  readonly #actor: SimulatedActor<ServerTransactionEvent>;
  readonly #timers: NamedTimers<ServerTimerName>;
  readonly #scheduled = new Set<() => void>();
  #last: SipResponse | undefined;
  #isAnswered = false;

  constructor(means: ServerTransactionMeans) {
    this.#means = means;
    this.request = means.request;
    this.tag = means.tag;
    const { request, reliable, clock, inspect } = means;
    this.#timers = new NamedTimers(clock, (timer) => this.#actor.send({ type: `timer.${timer}` }));
    this.#actor = startServerTransactionActor(
      { method: request.method, reliable },
      { carryOut: (emitted) => this.#carryOut(emitted), inspect },
    );
  }

  /** Whether a final response went out. */
  get isAnswered(): boolean {
    return this.#isAnswered;
  }

  /** The same request has come again. */
  again(): void {
    this.#actor.send({ type: 'request.again' });
  }

  /** The ACK for a refusal has come. */
  acknowledge(): void {
    this.#actor.send({ type: 'ack' });
  }

  /** Answers now; nothing after a final response but a 2xx again. */
  answer(response: SipResponse): void {
    const { status } = response;
    if (this.#isAnswered && (status < 200 || status > 299)) return;
    this.#last = response;
    this.#isAnswered ||= status >= 200;
    if (this.#isAnswered) this.clear();
    const kind = status < 200 ? 'provisional' : status < 300 ? 'success' : 'refusal';
    this.#actor.send({ type: `answer.${kind}` });
  }

  /** Does something later, unless a final response goes out before. */
  later(ms: number, act: () => void): void {
    const { clock } = this.#means;
    if (ms <= 0) {
      act();
      return;
    }
    const cancel = clock.at(clock.now() + ms, () => {
      this.#scheduled.delete(cancel);
      act();
    });
    this.#scheduled.add(cancel);
  }

  /** Ends it without a word: its server is down. */
  stop(): void {
    this.clear();
    for (const timer of ['G', 'H', 'I', 'J', 'L'] as const) this.#timers.stop(timer);
    this.#actor.stop();
  }

  /** What was to be answered later is not answered any more. */
  clear(): void {
    for (const cancel of this.#scheduled) cancel();
    this.#scheduled.clear();
  }

  #carryOut(emitted: ServerTransactionEmitted): void {
    switch (emitted.type) {
      case 'respond':
        if (this.#last !== undefined) this.#means.respond(this.#last);
        return;
      case 'startTimer':
        this.#timers.start(emitted.timer, emitted.ms);
        return;
      case 'stopTimer':
        this.#timers.stop(emitted.timer);
        return;
      case 'unacknowledged':
        this.#means.unacknowledged();
        return;
      case 'terminated':
        this.clear();
        this.#means.terminated();
        return;
    }
  }
}
