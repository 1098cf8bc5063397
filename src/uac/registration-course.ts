// The course of one registration: which REGISTER goes out when, and when none does any more.
import type { Decision } from '../policy/decide.js';
import type { SipRequest } from '../sip/message.js';
import type { Clock } from '../timing/clock.js';
import type { GrantedBinding } from './granted.js';
import type { KeepRegisteredOptions } from './keep-registered.js';
import type { AttemptHost, RegistrationAttempt } from './registration-attempt.js';
import type { ProbeCause, RegistrationNews, RegistrationState, StopReason } from './registration-event.js';
import { RegistrationPlan } from './registration-plan.js';
import { RegistrationSequence, type RegistrationBeginning } from './registration-sequence.js';
import type { RegistrationSnapshot, Wish } from './registration-snapshot.js';
import { verdictOn } from './registration-verdict.js';
import type { UacCore } from './uac-core.js';
import type { UacEvents } from './uac-event.js';
import type { UacOutcome } from './uac-outcome.js';
import type { UacRequest } from './uac-request.js';

/** Without what the door sees to. The signal ends the registration: a request in flight is still to be answered. */
export type CourseOptions = Omit<KeepRegisteredOptions, 'credentials' | 'core' | 'signal'>;

export class RegistrationCourse implements AttemptHost {
  readonly #options: CourseOptions;
  readonly #news: RegistrationNews;
  readonly #clock: Clock;
  readonly #plan: RegistrationPlan;
  readonly #sequence: RegistrationSequence;
  #resumed: RegistrationSnapshot | undefined;
  #state: RegistrationState = 'idle';
  #wish: Wish = 'nothing';
  #current: RegistrationAttempt | undefined;
  /** Tells the attempt that is being prepared from those that were overtaken meanwhile. */
  #turn = 0;
  /** Something has changed while a REGISTER was in flight. */
  #again = false;

  constructor(core: UacCore, beginning: RegistrationBeginning, options: CourseOptions, news: RegistrationNews) {
    this.#news = news;
    this.#options = options;
    this.#clock = core.environment.clock;
    this.#plan = new RegistrationPlan(core.environment, () => this.#go());
    this.#sequence = new RegistrationSequence(core, beginning, options);
    if ('snapshot' in beginning) this.#resumed = beginning.snapshot;
  }

  get state(): RegistrationState {
    return this.#state;
  }

  get current(): UacRequest | undefined {
    return this.#current?.uac;
  }

  start(): void {
    if (this.#wish === 'binding') return;
    const resumed = this.#resumed;
    this.#resumed = undefined;
    if (resumed !== undefined && resumed.wish !== 'nothing') this.#resume(resumed);
    else this.#begin();
  }

  changed(request: SipRequest | undefined): void {
    this.#sequence.beginAnew(request);
    this.#plan.failures = 0;
    if (this.#wish !== 'binding') return;
    this.#again = this.inFlight() !== undefined;
    if (this.#again) return;
    this.#abandon();
    this.#state = 'registering';
    this.#plan.soon();
  }

  unregister(): void {
    if (this.#wish === 'removal') return;
    this.#wish = 'removal';
    this.#again = false;
    this.#resumed = undefined;
    this.#state = 'unregistering';
    if (this.inFlight() !== undefined) return;
    this.#abandon();
    this.#plan.now();
  }

  persist(): RegistrationSnapshot {
    if (this.#resumed !== undefined) return this.#resumed;
    const plan = this.#plan.persist(this.#current?.waitsUntil);
    return { v: 1, state: this.#state, wish: this.#wish, ...this.#sequence.persist(), ...plan };
  }

  /** The REGISTER whose answer is awaited. */
  inFlight(): UacRequest | undefined {
    return this.#current?.isInFlight ? this.#current.uac : undefined;
  }

  /** Registers: at once, unless the registrar wants to be left alone or still owes an answer. */
  #begin(): void {
    this.#wish = 'binding';
    this.#state = 'registering';
    if (this.inFlight() !== undefined) return;
    if (this.#plan.notBeforeMs > 0) this.#plan.soon();
    else this.#go();
  }

  /** What was in flight is sent again; what the registrar ended waits for a change. */
  #resume(snapshot: RegistrationSnapshot): void {
    this.#wish = snapshot.wish;
    this.#state = snapshot.state;
    const isPlanned = this.#plan.resume(snapshot);
    if (snapshot.wish === 'removal') this.#plan.now();
    else if (!isPlanned && snapshot.state !== 'stopped') this.#begin();
  }

  #go(): void {
    if (this.#wish === 'nothing') return;
    const purpose = this.#wish;
    this.#plan.clear();
    this.#again = false;
    this.#state = purpose === 'removal' ? 'unregistering' : 'registering';
    this.#turn += 1;
    const turn = this.#turn;
    const begin = (attempt: RegistrationAttempt): void => {
      if (turn !== this.#turn) return;
      this.#current = attempt;
      attempt.start(this, this.#news, this.#clock);
    };
    const attempt = this.#sequence.next(purpose);
    if (attempt instanceof Promise) void attempt.then(begin);
    else begin(attempt);
  }

  /** An answer has come: what was wished meanwhile is done now (RFC 3261 §10.2: not before). */
  answered(attempt: RegistrationAttempt): void {
    if (this.#current !== attempt || attempt.purpose === this.#wish) return;
    this.#abandon();
    if (this.#wish !== 'nothing') this.#plan.now();
  }

  /**
   * A wait that the registrar asked for belongs to the request as long as the registration has not failed. Every other one
   * is a failure, and how long to wait after how many of them is for the whole registration to know (RFC 5626 §4.5).
   */
  waits(attempt: RegistrationAttempt, event: UacEvents['wait'], decision: Decision): void {
    if (this.#current !== attempt) return;
    const { basis, delayMs, nextCSeq } = event.action;
    if (basis === 'retryAfter') this.#plan.leaveAloneFor(delayMs);
    if (attempt.purpose === 'removal' || (basis === 'retryAfter' && this.#plan.failures === 0)) {
      attempt.waitsUntil = event.until;
      this.#news.tell('wait', event);
      return;
    }
    this.#sequence.leap(nextCSeq);
    this.#abandon();
    this.#probe({ type: 'backOff', decision }, delayMs, basis === 'backoff');
  }

  ended(attempt: RegistrationAttempt, outcome: UacOutcome): void {
    if (this.#current !== attempt) return;
    this.#current = undefined;
    const verdict = verdictOn(attempt, outcome, this.#options);
    switch (verdict.type) {
      case 'bound':
        this.#onGranted(attempt, verdict.grant);
        break;
      case 'tryAgain':
        this.#plan.leaveAloneFor(verdict.notBeforeMs);
        if (verdict.isNonceReuseRefused) this.#sequence.noteNonceReuseRefused();
        this.#probe(verdict.because, this.#plan.spread(verdict.notBeforeMs));
        break;
      case 'over':
        this.#halt(verdict.because, outcome);
    }
  }

  #onGranted(attempt: RegistrationAttempt, { seconds, contact, missing }: GrantedBinding): void {
    this.#sequence.noteGranted(attempt);
    this.#state = 'registered';
    const planned = this.#plan.refresh(seconds, attempt.sentAt);
    const refreshAt = this.#again ? this.#plan.soon() : planned;
    this.#news.tell('registered', { grantedSeconds: seconds, refreshAt, contact, missing });
  }

  #probe(because: ProbeCause, leastMs: number, isBackOff = false): void {
    this.#state = 'probing';
    const planned = this.#plan.probe(leastMs, isBackOff);
    this.#news.tell('probing', { at: this.#again ? this.#plan.soon() : planned, because });
  }

  #abandon(): void {
    const attempt = this.#current;
    this.#current = undefined;
    this.#turn += 1;
    attempt?.uac.cancel();
  }

  end(because: StopReason): void {
    if (this.#wish === 'nothing' && this.#state === 'stopped') return;
    this.#wish = 'nothing';
    this.#again = false;
    this.#resumed = undefined;
    if (this.inFlight() === undefined) this.#abandon();
    this.#halt(because);
  }

  /** Sends nothing more. After what the registrar said, the wish for a binding stays: `changed` goes on with it. */
  #halt(because: StopReason, outcome?: UacOutcome): void {
    this.#plan.clear();
    if (this.#again && because !== 'unregistered') {
      this.#state = 'registering';
      this.#plan.soon();
      return;
    }
    if (because === 'unregistered') this.#wish = 'nothing';
    this.#state = 'stopped';
    this.#news.tell('stopped', outcome === undefined ? { because } : { because, outcome });
  }
}
