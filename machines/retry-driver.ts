// The host of one request's chart: it adds time, chance, credentials and answers, and owns no rule of SIP.
import { factsOf, factsOnDemand, type LocalOutcome } from '../src/policy/facts-of.js';
import type { Answer } from '../src/request/materials.js';
import type { RequestRecord } from '../src/request/record.js';
import type { SipRequest, SipResponse } from '../src/sip/message.js';
import { SipRetryError } from '../src/sip/sip-retry-error.js';
import { belongsTo } from './belonging.js';
import { completionOf, isCopy, type Completion } from './completion.js';
import { DeadlineTimer } from './deadline-timer.js';
import { driverEventNames, type AskFailure, type DriverEvents } from './driver-event.js';
import type { Beginning, DriverMeans } from './driver-means.js';
import { Ending } from './ending.js';
import { requireResponse } from './given-message.js';
import { Listeners } from './listeners.js';
import { outcomeOf, type Outcome } from './outcome.js';
import { OpenQuestion, type Reply } from './open-question.js';
import { RequestCredentials } from './request-credentials.js';
import { RetryActor } from './retry-actor.js';
import { attemptEnded, progressed, type EventMaterials, type RetryEmitted, type RetryEvent } from './retry-event.js';
import type { RetrySnapshot, StateName } from './retry-snapshot.js';

type Emitted<K extends RetryEmitted['type']> = Extract<RetryEmitted, { type: K }>;

export class RetryDriver {
  readonly #means: DriverMeans;
  readonly #beginning: Beginning;
  readonly #actor: RetryActor;
  readonly #listeners = new Listeners<DriverEvents>(driverEventNames);
  readonly #credentials: RequestCredentials;
  readonly #question: OpenQuestion;
  readonly #timer: DeadlineTimer;
  /** The moment on the monotonic clock at which the request began, here or in an earlier process. */
  readonly #startedAt: number;
  readonly #ending = new Ending<Outcome>();
  /** Whom a question on this attempt went to has failed. */
  #failure: { readonly cause: unknown; readonly attempt: number } | undefined;
  /** The request that is in flight, with its credentials. */
  #inFlight: SipRequest | undefined;
  #delivering = false;

  constructor(beginning: Beginning, means: DriverMeans) {
    const { clock } = means.environment;
    this.#means = means;
    this.#beginning = beginning;
    const failed = (failure: AskFailure): void => this.#noteFailure(failure);
    this.#credentials = new RequestCredentials(means.keyring, (cause) => failed({ for: 'credentials', cause }));
    this.#question = new OpenQuestion(this.#credentials, this.#listeners, means.answer, failed, (reply) =>
      this.#reply(reply),
    );
    const inspect = this.#listeners.guarded(means.inspect);
    this.#actor = new RetryActor(beginning, inspect === undefined ? means : { ...means, inspect });
    this.#startedAt = clock.now() - Math.max(0, clock.date() - this.#record.startedAt);
    // The date may have been set back meanwhile; the wait is over all the same.
    this.#timer = new DeadlineTimer(clock, ({ at }) =>
      this.#dispatch({ type: 'deadline.passed', materials: this.#materials(), at: Math.max(at, clock.date()) }),
    );
  }

  on<K extends keyof DriverEvents>(type: K, listener: (event: DriverEvents[K]) => void): () => void {
    return this.#listeners.on(type, listener);
  }

  start(): Promise<Outcome> {
    if (this.#ending.promise !== undefined) return this.#ending.promise;
    const outcome = this.#ending.open();
    this.#actor.start();
    if ('snapshot' in this.#beginning) this.#resume(this.#beginning.snapshot);
    this.#settle();
    return outcome;
  }

  get state(): StateName {
    return this.#actor.state;
  }

  receive(response: SipResponse): void {
    const { status } = requireResponse(response);
    // RFC 4475 §3.1.2.19: a response with a status code that is none is dropped, and the transaction goes on.
    if (!this.#isActive() || !Number.isInteger(status) || status < 100 || status > 699) return;
    if (!belongsTo(this.#record.request, response)) return;
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
    return this.#actor.record;
  }

  #isActive(): boolean {
    if (this.#ending.promise === undefined) {
      throw new SipRetryError('notStarted', 'The request was not started; call start() before anything but on().');
    }
    return this.#actor.status === 'active';
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
    const { policy, client, limits, environment, circumstances, inspect } = this.#means;
    const { request, history, challenges, decision } = this.#record;
    // Only an inspector, or a policy with conditions of its own, sees the facts: then they are plain data.
    const read = policy.conditions === undefined && inspect === undefined ? factsOnDemand : factsOf;
    const now = this.#date();
    const { servers, ...shared } = circumstances?.(request, history.server ?? client.servers?.[0]) ?? {};
    const facts = read(request, ending, history, {
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
    for (let event = this.#actor.take(); event !== undefined; event = this.#actor.take()) this.#deliver(event);
    this.#conclude();
    this.#delivering = false;
    if (this.#record.deadline !== null) this.#actor.rest();
    this.#listeners.rethrow();
  }

  #conclude(): void {
    const { status, error } = this.#actor;
    if (status === 'error') this.#ending.reject(error);
    if (status !== 'done' || !this.#ending.isOpen) return;
    const outcome = outcomeOf(this.#record);
    const failure = this.#failure?.attempt === outcome.attempts ? this.#failure : undefined;
    if (failure === undefined || outcome.type !== 'gaveUp') this.#ending.resolve(outcome);
    else this.#ending.reject(failure.cause);
    this.#listeners.tell('done', { outcome });
  }

  #deliver(event: RetryEmitted): void {
    switch (event.type) {
      case 'send':
        this.#prepare(event);
        return;
      case 'decision':
        this.#report(event);
        return;
      case 'cancel':
        if (this.#inFlight !== undefined) this.#listeners.tell('cancel', { request: this.#inFlight });
        return;
      case 'hangUp':
        this.#listeners.tell('hangUp', { status: event.status, cite: event.cite });
        return;
    }
  }

  /** Every request but the first goes out with credentials computed for it, or copied. */
  #prepare(event: Emitted<'send'>): void {
    const given = event.attempt === 1 && 'request' in this.#beginning ? this.#beginning.request : undefined;
    const copied = isCopy(event.request, this.#record) ? this.#inFlight : undefined;
    const completion = completionOf(event, given, copied, (request) =>
      this.#credentials.authorize(request, event.challenges, this.#means.environment.token()),
    );
    const pass = (): void => this.#pass(event, completion);
    const finding = completion.isAuthorized ? undefined : this.#credentials.find(event.challenges);
    if (finding instanceof Promise) void finding.then(pass);
    else pass();
  }

  /** Lets the attempt through the gate. What comes out of it, perhaps later, is completed and sent. */
  #pass(event: Emitted<'send'>, { request, complete }: Completion): void {
    if (!this.#isWanted(event)) return;
    const { gate, client } = this.#means;
    const { attempt, changes, server = client.servers?.[0] } = event;
    const go = (passed: SipRequest): void => {
      if (!this.#isWanted(event)) return;
      if (passed !== request) this.#actor.send({ type: 'request.replaced', request: passed, at: this.#date() });
      const sent = complete(passed);
      this.#inFlight = sent;
      this.#inOrder(() => this.#listeners.tell('send', { request: sent, server, attempt, changes }));
    };
    if (gate === undefined) go(request);
    else this.#listeners.attempt(() => gate({ request, server, attempt }, go));
  }

  /** While credentials were looked for, or the gate was closed, the request may have been cancelled: then it never goes out. */
  #isWanted({ attempt }: Emitted<'send'>): boolean {
    if (this.state.startsWith('cancelling')) this.transportError();
    return this.state === 'pending' && this.#record.history.attempts === attempt;
  }

  /** Tells something outside the order of the outbox, and settles what listeners have answered to it. */
  #inOrder(tell: () => void): void {
    if (this.#delivering) {
      tell();
      return;
    }
    this.#delivering = true;
    tell();
    this.#delivering = false;
    this.#settle();
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
    if (!('answer' in reply)) this.#dispatch({ type: 'answer.refused', at, ...reply });
    else this.#dispatch({ type: 'answer.given', materials: { ...reply.answer, ...this.#materials() }, at });
  }

  #noteFailure(failure: AskFailure): void {
    if (!this.#isActive()) return;
    this.#failure = { cause: failure.cause, attempt: this.#record.history.attempts };
    this.#listeners.tell('askFailure', failure);
  }

  /** Goes on where an earlier process left off. What was in flight then has no answer any more. */
  #resume({ state, record, remainingMs, savedAt }: RetrySnapshot): void {
    const { decision, asking, deadline } = record;
    if (!this.#isActive()) return;
    this.#timer.follow(deadline, { remainingMs, savedAt });
    if (state === 'pending' && this.#means.unsent) {
      const { request, challenges, history, changes } = record;
      const { server, attempts } = history;
      this.#actor.repeat({ type: 'send', request, challenges, server, attempt: attempts, changes });
      return;
    }
    if (state === 'pending' || state.startsWith('cancelling')) {
      this.#finish('restart');
      return;
    }
    if (asking !== null && deadline !== null && decision !== null) {
      this.#question.ask({ for: asking, action: decision.action, until: deadline.at });
    }
  }
}
