// The host of one request's chart: it adds time, chance, credentials and answers, and owns no rule of SIP.
import { createActor, type Actor } from 'xstate';
import type { Keyring } from '../src/digest/keyring.js';
import type { Client } from '../src/policy/facts.js';
import { factsOf, type LocalOutcome } from '../src/policy/facts-of.js';
import type { Limits } from '../src/policy/limits.js';
import type { RetryPolicy } from '../src/policy/rule.js';
import type { Answer } from '../src/request/materials.js';
import type { RequestRecord } from '../src/request/record.js';
import type { SipRequest, SipResponse } from '../src/sip/message.js';
import { SipRetryError } from '../src/sip/sip-retry-error.js';
import type { Environment } from '../src/timing/environment.js';
import { DeadlineTimer } from './deadline-timer.js';
import type { DriverEvents, Question } from './driver-event.js';
import { Listeners } from './listeners.js';
import { outcomeOf, type Outcome } from './outcome.js';
import { askApplication, askKeyring, isForApplication, refusal, type AnyQuestion, type Reply } from './reply.js';
import { RequestCredentials } from './request-credentials.js';
import { createRetryMachine, type RetryMachine } from './retry.machine.js';
import { attemptEnded, progressed, type Materials, type RetryEmitted, type RetryEvent } from './retry-event.js';
import { stateNameOf, stateValueOf, type RetrySnapshot, type StateName } from './retry-snapshot.js';

/** Where a driven request begins: anew, or where a snapshot left off. */
export type Beginning = { readonly request: SipRequest } | { readonly snapshot: RetrySnapshot };

/** What a driver works with. */
export interface DriverMeans {
  readonly policy: RetryPolicy;
  readonly client: Client;
  readonly limits: Limits;
  readonly environment: Environment;
  readonly keyring: Keyring;
  readonly answer: ((question: Question) => Answer | undefined | Promise<Answer | undefined>) | undefined;
  readonly nextCSeq: ((last: SipRequest) => number) | undefined;
  readonly inspect: ((event: { readonly type: string }) => void) | undefined;
}

type Emitted<K extends RetryEmitted['type']> = Extract<RetryEmitted, { type: K }>;

export class RetryDriver {
  readonly #means: DriverMeans;
  readonly #beginning: Beginning;
  readonly #actor: Actor<RetryMachine>;
  readonly #listeners = new Listeners<DriverEvents>();
  readonly #credentials: RequestCredentials;
  readonly #timer: DeadlineTimer;
  readonly #outbox: RetryEmitted[] = [];
  /** The moment on the monotonic clock at which the request began, here or in an earlier process. */
  readonly #startedAt: number;
  #outcome: Promise<Outcome> | undefined;
  #end: { readonly resolve: (outcome: Outcome) => void; readonly reject: (reason: unknown) => void } | undefined;
  /** The request that is in flight, with its credentials. */
  #inFlight: SipRequest | undefined;
  #question: AnyQuestion | undefined;
  #delivering = false;

  constructor(beginning: Beginning, means: DriverMeans) {
    const { clock } = means.environment;
    this.#means = means;
    this.#beginning = beginning;
    this.#credentials = new RequestCredentials(means.keyring);
    this.#actor = createRetryActor(beginning, means);
    this.#startedAt = clock.now() - Math.max(0, clock.date() - this.#record.startedAt);
    // The date may have been set back meanwhile; the wait is over all the same.
    this.#timer = new DeadlineTimer(clock, ({ at }) =>
      this.#dispatch({ type: 'deadline.passed', materials: this.#materials(), at: Math.max(at, clock.date()) }),
    );
    this.#actor.on('*', (event) => void this.#outbox.push(event));
    this.#actor.subscribe({ error: (error) => this.#end?.reject(error) });
  }

  on<K extends keyof DriverEvents>(type: K, listener: (event: DriverEvents[K]) => void): () => void {
    return this.#listeners.on(type, listener);
  }

  start(): Promise<Outcome> {
    if (this.#outcome !== undefined) return this.#outcome;
    const outcome = new Promise<Outcome>((resolve, reject) => {
      this.#end = { resolve, reject };
    });
    this.#outcome = outcome;
    this.#actor.start();
    if ('snapshot' in this.#beginning) this.#resume(this.#beginning.snapshot);
    this.#settle();
    return outcome;
  }

  get state(): StateName {
    return stateNameOf(this.#actor.getSnapshot().value);
  }

  receive(response: SipResponse): void {
    const { status } = response;
    // RFC 4475 §3.1.2.19: a response with a status code that is none is dropped, and the transaction goes on.
    if (!this.#isActive() || !Number.isInteger(status) || status < 100 || status > 699) return;
    if (status < 200) return this.#dispatch(progressed(status, this.#date()));
    if (status < 300 && this.#inFlight !== undefined) {
      this.#means.keyring.noteAuthenticationInfo(response, this.#inFlight);
    }
    this.#finish(response);
  }

  timeout(): void {
    if (this.#isActive()) this.#finish('timeout');
  }

  transportError(): void {
    if (this.#isActive()) this.#finish('transportError');
  }

  answer(answer: Answer): void {
    if (this.#isActive() && this.#question !== undefined && isForApplication(this.#question)) this.#reply({ answer });
  }

  refuse(): void {
    if (this.#isActive()) this.#reply(refusal);
  }

  cancel(): void {
    if (this.#isActive()) this.#dispatch({ type: 'cancel', at: this.#date() });
  }

  persist(): RetrySnapshot {
    this.#isActive();
    return {
      v: 1,
      state: this.state,
      record: this.#record,
      remainingMs: this.#timer.remainingMs,
      savedAt: this.#date(),
    };
  }

  get #record(): RequestRecord {
    return this.#actor.getSnapshot().context;
  }

  #isActive(): boolean {
    if (this.#outcome === undefined) {
      throw new SipRetryError('notStarted', 'The request was not started; call start() before anything but on().');
    }
    return this.#actor.getSnapshot().status === 'active';
  }

  #date(): number {
    return this.#means.environment.clock.date();
  }

  #materials(): Materials {
    const { environment, nextCSeq } = this.#means;
    const token = environment.token();
    return nextCSeq === undefined ? { token } : { token, nextCSeq: nextCSeq(this.#record.request) };
  }

  #finish(ending: SipResponse | LocalOutcome): void {
    const { client, limits, environment } = this.#means;
    const { request, history, challenges, decision } = this.#record;
    const now = this.#date();
    const facts = factsOf(request, ending, history, {
      client: this.#credentials.enrich(client, challenges),
      limits,
      elapsedMs: environment.clock.now() - this.#startedAt,
      random: environment.random(),
      now,
    });
    this.#actor.send(attemptEnded(facts, this.#materials(), now));
    const { decision: decided } = this.#record;
    if (decided !== null && decided !== decision) this.#credentials.note(challenges, facts, decided);
    this.#settle();
  }

  #dispatch(event: RetryEvent): void {
    this.#actor.send(event);
    this.#settle();
  }

  /** Follows the deadline and delivers what was emitted, in order, whoever calls back in between. */
  #settle(): void {
    const { asking, deadline } = this.#record;
    this.#timer.follow(this.#isActive() ? deadline : null);
    if (asking === null) this.#question = undefined;
    if (this.#delivering) return;
    this.#delivering = true;
    for (let event = this.#outbox.shift(); event !== undefined; event = this.#outbox.shift()) this.#deliver(event);
    this.#conclude();
    this.#delivering = false;
    this.#listeners.rethrow();
  }

  #conclude(): void {
    if (this.#actor.getSnapshot().status !== 'done' || this.#end === undefined) return;
    const outcome = outcomeOf(this.#record);
    this.#end.resolve(outcome);
    this.#end = undefined;
    this.#listeners.tell('done', { outcome });
  }

  #deliver(event: RetryEmitted): void {
    switch (event.type) {
      case 'send':
        return this.#prepare(event);
      case 'decision':
        return this.#report(event);
      case 'cancel':
        if (this.#inFlight !== undefined) this.#listeners.tell('cancel', { request: this.#inFlight });
        return;
      case 'hangUp':
        return this.#listeners.tell('hangUp', { status: event.status, cite: event.cite });
    }
  }

  /** The first request goes out as it was given; every later one with credentials computed for it. */
  #prepare(event: Emitted<'send'>): void {
    if (event.attempt === 1 && 'request' in this.#beginning) return this.#transmit(event, this.#beginning.request);
    const transmit = (): void => {
      const token = this.#means.environment.token();
      this.#transmit(event, this.#credentials.authorize(event.request, event.challenges, token));
    };
    const finding = this.#listeners.attempt(() => this.#credentials.find(event.challenges));
    if (finding instanceof Promise) void finding.finally(transmit);
    else transmit();
  }

  #transmit(event: Emitted<'send'>, request: SipRequest): void {
    const { attempt, changes, server = this.#means.client.servers?.[0] } = event;
    // While credentials were looked for, the request may have been cancelled: then it never goes out.
    if (this.state !== 'pending' || this.#record.history.attempts !== attempt) return this.transportError();
    this.#inFlight = request;
    this.#listeners.tell('send', { request, server, attempt, changes });
  }

  #report({ decision, attempt, asking, deadline }: Emitted<'decision'>): void {
    const { action } = decision;
    this.#listeners.tell('decision', { decision, attempt });
    if (deadline === null) return;
    if (asking !== null) this.#ask({ for: asking, action, until: deadline.at });
    else if (action.type === 'wait') this.#listeners.tell('wait', { until: deadline.at, action });
  }

  #ask(question: AnyQuestion): void {
    this.#question = question;
    if (!isForApplication(question)) return this.#await(question, () => askKeyring(question, this.#credentials));
    this.#listeners.tell('ask', question);
    const { answer } = this.#means;
    if (answer !== undefined) return this.#await(question, () => askApplication(question, answer));
    // Nobody is there to answer.
    if (!this.#listeners.hears('ask')) this.#reply(refusal);
  }

  /** Replies now or later. Who throws instead of answering has refused, and the exception goes on its way. */
  #await(question: AnyQuestion, ask: () => Reply | Promise<Reply>): void {
    const reply = this.#listeners.attempt(ask) ?? refusal;
    const close = (given: Reply): void => {
      if (this.#question === question) this.#reply(given);
    };
    if (!(reply instanceof Promise)) return close(reply);
    reply.then(close, (reason: unknown) => {
      close(refusal);
      throw reason;
    });
  }

  #reply(reply: Reply): void {
    if (this.#question === undefined || !this.#isActive()) return;
    this.#question = undefined;
    const at = this.#date();
    if ('answer' in reply) {
      this.#dispatch({ type: 'answer.given', materials: { ...reply.answer, ...this.#materials() }, at });
    } else {
      this.#dispatch({
        type: 'answer.refused',
        at,
        ...(reply.because === undefined ? {} : { because: reply.because }),
      });
    }
  }

  /** Goes on where an earlier process left off. What was in flight then has no answer any more. */
  #resume({ state, record, remainingMs }: RetrySnapshot): void {
    const { decision, asking, deadline } = record;
    if (!this.#isActive()) return;
    this.#timer.follow(deadline, remainingMs ?? Infinity);
    if (state === 'pending' || state.startsWith('cancelling')) return this.#finish('restart');
    if (asking !== null && deadline !== null && decision !== null) {
      this.#ask({ for: asking, action: decision.action, until: deadline.at });
    }
  }
}

function createRetryActor(beginning: Beginning, { policy, environment, inspect }: DriverMeans): Actor<RetryMachine> {
  const machine = createRetryMachine(policy);
  const options = inspect === undefined ? {} : { inspect };
  if ('request' in beginning) {
    return createActor(machine, {
      ...options,
      input: { request: beginning.request, at: environment.clock.date() },
    });
  }
  const { state, record } = beginning.snapshot;
  const snapshot = machine.resolveState({ value: stateValueOf(state), context: record });
  return createActor(machine, { ...options, snapshot });
}
