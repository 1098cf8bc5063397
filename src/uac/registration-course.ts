// The course of one registration: which REGISTER goes out when, and when none does any more.
import type { Action } from '../policy/action.js';
import type { Decision } from '../policy/decide.js';
import type { SipRequest } from '../sip/message.js';
import type { Clock } from '../timing/clock.js';
import type { GrantedBinding } from './granted.js';
import type { KeepRegisteredOptions } from './keep-registered.js';
import type { AttemptHost, RegistrationAttempt } from './registration-attempt.js';
import type { ProbeCause, RegistrationNews, RegistrationState, StopReason } from './registration-event.js';
import { RegistrationInProgress } from './registration-in-progress.js';
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
  readonly #inProgress = new RegistrationInProgress();
  #resumed: RegistrationSnapshot | undefined;
  #state: RegistrationState = 'idle';
  #wish: Wish = 'nothing';
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
    return this.#inProgress.attempt?.uac;
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
    this.#again = this.#inProgress.isInFlight;
    if (this.#again) return;
    this.#inProgress.abandon();
    this.#state = 'registering';
    this.#plan.soon();
  }

  unregister(): void {
    if (this.#wish === 'removal') return;
    this.#wish = 'removal';
    this.#again = false;
    this.#resumed = undefined;
    this.#state = 'unregistering';
    if (this.#inProgress.isInFlight) return;
    this.#inProgress.abandon();
    this.#plan.soon();
  }

  persist(): RegistrationSnapshot {
    if (this.#resumed !== undefined) return this.#resumed;
    const plan = this.#plan.persist(this.#inProgress.attempt?.waitsUntil);
    return { v: 1, state: this.#state, wish: this.#wish, ...this.#sequence.persist(), ...plan };
  }

  /** The REGISTER whose answer is awaited. */
  inFlight(): UacRequest | undefined {
    return this.#inProgress.awaited;
  }

  /** Registers: at once, unless the registrar wants to be left alone or still owes an answer. */
  #begin(): void {
    this.#wish = 'binding';
    this.#state = 'registering';
    if (this.#inProgress.isInFlight) return;
    if (this.#plan.notBeforeMs > 0) this.#plan.soon();
    else this.#go();
  }

  /** What was in flight is sent again; what the registrar ended waits for a change. */
  #resume(snapshot: RegistrationSnapshot): void {
    this.#wish = snapshot.wish;
    this.#state = snapshot.state;
    const isPlanned = this.#plan.resume(snapshot);
    if (snapshot.wish === 'removal') this.#plan.soon();
    else if (!isPlanned && snapshot.state !== 'stopped') this.#begin();
  }

  #go(): void {
    if (this.#wish === 'nothing') return;
    const purpose = this.#wish;
    this.#plan.clear();
    this.#again = false;
    this.#state = purpose === 'removal' ? 'unregistering' : 'registering';
    this.#inProgress.begin(
      () => this.#sequence.next(purpose),
      (attempt) => attempt.start(this, this.#news, this.#clock),
    );
  }

  /** An answer has come: what was wished meanwhile is done now (RFC 3261 §10.2: not before). */
  answered(attempt: RegistrationAttempt, { action }: Decision): void {
    if (this.#inProgress.attempt !== attempt) return;
    const goesOn = action.type !== 'accept' && action.type !== 'giveUp';
    if (attempt.purpose === this.#wish && !(this.#again && goesOn)) return;
    this.#heed(action);
    this.#inProgress.abandon();
    this.#plan.soon();
  }

  /**
   * A wait that the registrar asked for belongs to the request as long as the registration has not failed. Every other one
   * is a failure, and how long to wait after how many of them is for the whole registration to know (RFC 5626 §4.5).
   */
  waits(attempt: RegistrationAttempt, event: UacEvents['wait'], decision: Decision): void {
    if (this.#inProgress.attempt !== attempt) return;
    const { basis, delayMs } = event.action;
    this.#heed(event.action);
    if (attempt.purpose === 'removal' || (basis === 'retryAfter' && this.#plan.failures === 0)) {
      attempt.waitsUntil = event.until;
      this.#news.tell('wait', event);
      return;
    }
    this.#inProgress.abandon();
    this.#probe({ type: 'backOff', decision }, delayMs, basis === 'backoff');
  }

  /** What the registrar said holds for what comes instead of this request, too. */
  #heed(action: Action): void {
    if (action.type === 'giveUp') this.#plan.leaveAloneFor(action.detail?.notBefore ?? 0);
    if (action.type !== 'wait') return;
    if (action.basis === 'retryAfter') this.#plan.leaveAloneFor(action.delayMs);
    this.#sequence.leap(action.nextCSeq);
  }

  ended(attempt: RegistrationAttempt, outcome: UacOutcome): void {
    if (this.#inProgress.attempt !== attempt) return;
    this.#inProgress.clear();
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

  end(because: StopReason): void {
    if (this.#wish === 'nothing' && this.#state === 'stopped') return;
    this.#wish = 'nothing';
    this.#again = false;
    this.#resumed = undefined;
    this.#inProgress.end();
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
