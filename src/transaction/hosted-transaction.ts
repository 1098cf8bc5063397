// The host of one client transaction's chart: it adds the messages, the clock and the transport, and owns no rule of SIP.
import { createActor, type Actor } from 'xstate';
import type { ClientTransactionEmitted, ClientTransactionEvent } from '../../machines/client-transaction-event.js';
import type { TimerName, TimerValues } from '../../machines/client-transaction-timers.js';
import {
  createInviteClientTransactionMachine,
  type InviteClientTransactionMachine,
} from '../../machines/invite-client-transaction.machine.js';
import { Listeners } from '../../machines/listeners.js';
import {
  createNonInviteClientTransactionMachine,
  type NonInviteClientTransactionMachine,
} from '../../machines/non-invite-client-transaction.machine.js';
import { ackOf } from '../request/ack-and-cancel.js';
import type { SipRequest, SipResponse } from '../sip/message.js';
import { eventTypeOf } from '../sip/status-class.js';
import type {
  ClientTransaction,
  ClientTransactionEvents,
  ClientTransactionOptions,
  ClientTransactionState,
} from './client-transaction.js';
import { NamedTimers } from './named-timers.js';
import { hasStatusCode } from './response-match.js';

/** An event of the chart, with what is told in it: the chart itself holds neither messages nor errors. */
interface Happening {
  readonly event: ClientTransactionEvent;
  readonly response?: SipResponse;
  readonly error?: unknown;
}

export class HostedTransaction implements ClientTransaction {
  readonly #options: ClientTransactionOptions;
  readonly #actor: Actor<InviteClientTransactionMachine> | Actor<NonInviteClientTransactionMachine>;
  readonly #listeners = new Listeners<ClientTransactionEvents>();
  readonly #timers: NamedTimers<TimerName>;
  readonly #inbox: Happening[] = [];
  readonly #outbox: ClientTransactionEmitted[] = [];
  #phase: 'new' | 'running' | 'over' = 'new';
  #busy = false;
  /** The ACK for a refusal, which every retransmission of the refusal is answered with. */
  #ack: SipRequest | undefined;

  constructor(options: ClientTransactionOptions, timers: TimerValues) {
    this.#options = options;
    this.#timers = new NamedTimers(options.environment.clock, (timer) => this.#dispatch({ type: `timer.${timer}` }));
    this.#actor = this.#createActor(timers);
    this.#actor.on('*', (event) => void this.#outbox.push(event));
  }

  on<K extends keyof ClientTransactionEvents>(
    type: K,
    listener: (event: ClientTransactionEvents[K]) => void,
  ): () => void {
    return this.#listeners.on(type, listener);
  }

  start(): void {
    if (this.#phase !== 'new') return;
    this.#phase = 'running';
    this.#settle(() => {
      this.#actor.start();
      this.#deliver({});
    });
  }

  receive(response: SipResponse): void {
    if (hasStatusCode(response)) this.#dispatch({ type: eventTypeOf(response.status) }, { response });
  }

  transportError(error?: unknown): void {
    this.#dispatch({ type: 'transport.error' }, { error });
  }

  stop(): void {
    if (this.#phase === 'new') this.#settle(() => this.#end());
    else this.#dispatch({ type: 'transaction.abandoned' });
  }

  get state(): ClientTransactionState {
    return this.#phase === 'over' ? 'terminated' : this.#actor.getSnapshot().value;
  }

  #createActor(timers: TimerValues) {
    const { request, reliable, inspect } = this.#options;
    const options = {
      input: { reliable, timers },
      ...(inspect === undefined
        ? {}
        : { inspect: (event: { readonly type: string }) => this.#listeners.attempt(() => inspect(event)) }),
    };
    return request.method === 'INVITE'
      ? createActor(createInviteClientTransactionMachine(), options)
      : createActor(createNonInviteClientTransactionMachine(), options);
  }

  /** What happens while something else is being done waits for its turn: each event is done before the next one. */
  #dispatch(event: ClientTransactionEvent, told: Omit<Happening, 'event'> = {}): void {
    this.#inbox.push({ event, ...told });
    if (!this.#busy) this.#settle();
  }

  #settle(first?: () => void): void {
    this.#busy = true;
    first?.();
    for (let happening = this.#inbox.shift(); happening !== undefined; happening = this.#inbox.shift()) {
      // Nothing is expected before the start, and nothing matters after the end.
      if (this.#phase !== 'running') continue;
      this.#actor.send(happening.event);
      this.#deliver(happening);
    }
    this.#busy = false;
    this.#listeners.rethrow();
  }

  #deliver(about: Omit<Happening, 'event'>): void {
    for (let event = this.#outbox.shift(); event !== undefined; event = this.#outbox.shift()) this.#do(event, about);
  }

  #do(emitted: ClientTransactionEmitted, { response, error }: Omit<Happening, 'event'>): void {
    switch (emitted.type) {
      case 'transmit':
        this.#transmit(this.#options.request);
        return;
      case 'acknowledge':
        if (response !== undefined) this.#transmit((this.#ack ??= ackOf(this.#options.request, response)));
        return;
      case 'deliver':
        if (response !== undefined) this.#listeners.tell('response', { response });
        return;
      case 'startTimer':
        this.#timers.start(emitted.timer, emitted.ms);
        return;
      case 'stopTimer':
        this.#timers.stop(emitted.timer);
        return;
      case 'timeout':
        this.#listeners.tell('timeout', { timer: emitted.timer });
        return;
      case 'transportError':
        this.#listeners.tell('transportError', { error });
        return;
      case 'terminated':
        this.#end();
        return;
    }
  }

  #transmit(request: SipRequest): void {
    try {
      this.#options.transmit(request);
    } catch (error) {
      this.transportError(error);
    }
  }

  #end(): void {
    this.#phase = 'over';
    this.#listeners.tell('terminated', undefined);
  }
}
