// The host of one request's chart: it adds time, chance, credentials and answers, and owns no rule of SIP.
import { createActor, type Actor } from 'xstate';
import { factsOf, type LocalOutcome } from '../src/policy/facts-of.js';
import type { Answer } from '../src/request/materials.js';
import { withCredentials } from '../src/request/credential-rows.js';
import type { RequestRecord } from '../src/request/record.js';
import { isIdenticalCopy, type Reorigination } from '../src/request/reoriginate.js';
import type { SipRequest, SipResponse } from '../src/sip/message.js';
import { SipRetryError } from '../src/sip/sip-retry-error.js';
import { DeadlineTimer } from './deadline-timer.js';
import type { DriverEvents } from './driver-event.js';
import type { Beginning, DriverMeans } from './driver-means.js';
import { Listeners } from './listeners.js';
import { outcomeOf, type Outcome } from './outcome.js';
import { OpenQuestion, type Reply } from './open-question.js';
import { RequestCredentials } from './request-credentials.js';
import { createRetryMachine, type RetryMachine } from './retry.machine.js';
import { attemptEnded, progressed, type EventMaterials, type RetryEmitted, type RetryEvent } from './retry-event.js';
import { stateNameOf, stateValueOf, type RetrySnapshot, type StateName } from './retry-snapshot.js';

type Emitted<K extends RetryEmitted['type']> = Extract<RetryEmitted, { type: K }>;

export class RetryDriver {
  readonly #means: DriverMeans;
  readonly #beginning: Beginning;
  readonly #actor: Actor<RetryMachine>;
  readonly #listeners = new Listeners<DriverEvents>();
  readonly #credentials: RequestCredentials;
  readonly #question: OpenQuestion;
  readonly #timer: DeadlineTimer;
  readonly #outbox: RetryEmitted[] = [];
  /** The moment on the monotonic clock at which the request began, here or in an earlier process. */
  readonly #startedAt: number;
  #outcome: Promise<Outcome> | undefined;
  #end: { readonly resolve: (outcome: Outcome) => void; readonly reject: (reason: unknown) => void } | undefined;
  /** The request that is in flight, with its credentials. */
  #inFlight: SipRequest | undefined;
  #delivering = false;

  constructor(beginning: Beginning, means: DriverMeans) {
    const { clock } = means.environment;
    this.#means = means;
    this.#beginning = beginning;
    this.#credentials = new RequestCredentials(means.keyring);
    this.#question = new OpenQuestion(this.#credentials, this.#listeners, means.answer, (reply) => this.#reply(reply));
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
    if (status < 200) {
      this.#dispatch(progressed(status, this.#date()));
      return;
    }
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
    if (this.#isActive()) this.#question.answer(answer);
  }

  refuse(): void {
    if (this.#isActive()) this.#question.refuse();
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

  #materials(): EventMaterials {
    const { environment, nextCSeq } = this.#means;
    const token = environment.token();
    return nextCSeq === undefined ? { token } : { token, nextCSeq: nextCSeq(this.#record.request) };
  }

  #finish(ending: SipResponse | LocalOutcome): void {
    const { client, limits, environment, circumstances } = this.#means;
    const { request, history, challenges, decision } = this.#record;
    const now = this.#date();
    const { servers, ...shared } = circumstances?.(request, history.server ?? client.servers?.[0]) ?? {};
    const facts = factsOf(request, ending, history, {
      ...shared,
      client: this.#credentials.enrich(servers === undefined ? client : { ...client, servers }, challenges),
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
    const isActive = this.#isActive();
    this.#timer.follow(isActive ? deadline : null);
    if (asking === null || !isActive) this.#question.close();
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
      case 'send': {
        this.#prepare(event);
        return;
      }
      case 'decision': {
        this.#report(event);
        return;
      }
      case 'cancel':
        if (this.#inFlight !== undefined) this.#listeners.tell('cancel', { request: this.#inFlight });
        return;
      case 'hangUp': {
        this.#listeners.tell('hangUp', { status: event.status, cite: event.cite });
        return;
      }
    }
  }

  /** The first request goes out as it was given; every later one with credentials computed for it. */
  #prepare(event: Emitted<'send'>): void {
    if (event.attempt === 1 && 'request' in this.#beginning) {
      this.#transmit(event, this.#beginning.request);
      return;
    }
    const last = this.#inFlight;
    if (last !== undefined && isIdenticalCopy(last, reoriginationOf(this.#record))) {
      this.#transmit(event, withCredentials(event.request, last.headers));
      return;
    }
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
    if (this.state.startsWith('cancelling')) {
      this.transportError();
      return;
    }
    if (this.state !== 'pending' || this.#record.history.attempts !== attempt) return;
    this.#inFlight = request;
    this.#listeners.tell('send', { request, server, attempt, changes });
  }

  #report({ decision, attempt, asking, deadline }: Emitted<'decision'>): void {
    const { action } = decision;
    this.#listeners.tell('decision', { decision, attempt });
    // A listener may have cancelled the request.
    if (deadline === null || !this.#isActive()) return;
    if (asking !== null) this.#question.ask({ for: asking, action, until: deadline.at });
    else if (action.type === 'wait') this.#listeners.tell('wait', { until: deadline.at, action });
  }

  #reply(reply: Reply): void {
    const at = this.#date();
    if ('answer' in reply) {
      this.#dispatch({ type: 'answer.given', materials: { ...reply.answer, ...this.#materials() }, at });
    } else if (reply.because === undefined) {
      this.#dispatch({ type: 'answer.refused', at });
    } else {
      this.#dispatch({ type: 'answer.refused', at, because: reply.because });
    }
  }

  /** Goes on where an earlier process left off. What was in flight then has no answer any more. */
  #resume({ state, record, remainingMs }: RetrySnapshot): void {
    const { decision, asking, deadline } = record;
    if (!this.#isActive()) return;
    this.#timer.follow(deadline, remainingMs ?? Infinity);
    if (state === 'pending' || state.startsWith('cancelling')) {
      this.#finish('restart');
      return;
    }
    if (asking !== null && deadline !== null && decision !== null) {
      this.#question.ask({ for: asking, action: decision.action, until: deadline.at });
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

function reoriginationOf({ decision }: RequestRecord): Reorigination | undefined {
  return decision?.action.type === 'tryOtherServer' ? decision.action.reorigination : undefined;
}
