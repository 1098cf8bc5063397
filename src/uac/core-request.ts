// One logical request on a core: the driven request, the gate before it, and what the core hears of it.
import { driveRetry, type DrivenRequest } from '../../machines/drive-retry.js';
import type { DriverEvents } from '../../machines/driver-event.js';
import type { Departure } from '../../machines/driver-means.js';
import { Ending } from '../../machines/ending.js';
import { requireResponse } from '../../machines/given-message.js';
import type { Outcome } from '../../machines/outcome.js';
import type { StateName } from '../../machines/retry-snapshot.js';
import { isChargeable } from '../policy/denial.js';
import type { Answer } from '../request/materials.js';
import type { SipRequest, SipResponse } from '../sip/message.js';
import { SipRetryError } from '../sip/sip-retry-error.js';
import type { Remark } from './apply-learned.js';
import { attemptOf, type AttemptInFlight } from './attempt-in-flight.js';
import { driverOptionsOf, originalIn, type UacBeginning } from './driver-options.js';
import { Gate } from './gate.js';
import { gateHostOf } from './gate-host.js';
import { learnFrom } from './learned-from.js';
import { keeperOf, type RequestKeeper } from './request-keeper.js';
import { resume } from './resume.js';
import { coreOf, type UacCore } from './uac-core.js';
import type { UacEvents } from './uac-event.js';
import { UacListeners } from './uac-listeners.js';
import { uacOutcomeOf, type CancelReason, type UacOutcome } from './uac-outcome.js';
import type { UacRequest, UacRequestOptions } from './uac-request.js';
import { uacSnapshotOf, type UacSnapshot } from './uac-snapshot.js';

export class CoreRequest implements UacRequest {
  readonly id: string;
  readonly remarks: readonly Remark[];
  readonly #options: UacRequestOptions;
  readonly #beginning: UacBeginning;
  readonly #core: UacCore;
  readonly #driven: DrivenRequest;
  readonly #listeners = new UacListeners();
  readonly #gate: Gate;
  readonly #keeper: RequestKeeper;
  readonly #abort = (): void => this.#cancel('aborted');
  readonly #attempt: AttemptInFlight;
  readonly #ending = new Ending<UacOutcome>();
  #because: CancelReason | undefined;
  #isResuming = false;

  constructor(beginning: UacBeginning, options: UacRequestOptions) {
    this.#options = options;
    this.#beginning = beginning;
    this.remarks = 'request' in beginning ? beginning.remarks : [];
    this.#core = options.core ?? coreOf(options.environment);
    this.id = options.id ?? ('snapshot' in beginning ? beginning.snapshot.id : this.#core.environment.token());
    this.#gate = new Gate(
      this.#core,
      gateHostOf(options, this.#listeners, {
        save: () => void this.#keeper.save(() => this.persist()),
        store: (request) =>
          this.#keeper.save(() => uacSnapshotOf(this.id, this.#driven.persist(), { held: false, request })),
        cancel: (because) => this.#cancel(because),
        fail: (cause) => this.#ending.fail(cause),
        isInFlight: () => this.#attempt.isThere,
      }),
    );
    this.#keeper = keeperOf(options, this.id, this.#listeners, () => this.#cancel('storeFailure'));
    this.#attempt = attemptOf(beginning, options, this.#core, () => this.#cancel('ringTimeout'));
    const { servers } = this.#attempt;
    this.#driven = driveRetry(
      driverOptionsOf(beginning, options, this.#core, {
        circumstances: (request, server) => servers.circumstances(request, server, this.#isResuming),
        gate: (departure, go) => this.#pass({ ...departure, server: servers.towards(departure) }, go),
      }),
    );
    this.#driven.on('send', (event) => this.#onSend(event));
    this.#driven.on('decision', (event) => this.#onDecision(event));
    this.#driven.on('done', ({ outcome }) => this.#onDone(outcome));
    this.#listeners.connect(this.#driven);
    learnFrom(this, originalIn(beginning), this.#core.learned);
  }

  on<K extends keyof UacEvents>(type: K, listener: (event: UacEvents[K]) => void): () => void {
    return this.#listeners.on(type, listener);
  }

  start(): Promise<UacOutcome> {
    if (this.#ending.promise !== undefined) return this.#ending.promise;
    const outcome = this.#ending.open();
    const { signal } = this.#options;
    signal?.addEventListener('abort', this.#abort, { once: true });
    if ('snapshot' in this.#beginning) {
      this.#isResuming = true;
      this.#attempt.resume(resume(this.#beginning.snapshot, this.#core, this.#options.client?.servers));
    }
    try {
      void this.#driven.start();
    } finally {
      this.#isResuming = false;
      this.#driven.start().catch((reason: unknown) => {
        if (!this.#ending.isOpen) return;
        this.#tidyUp();
        this.#ending.reject(reason);
      });
      if (signal?.aborted === true) this.#cancel('aborted');
    }
    return outcome;
  }

  get state(): StateName {
    return this.#driven.state;
  }

  receive(response: SipResponse): void {
    if (!this.#attempt.isAnsweredBy(requireResponse(response)) || !this.#isHeard()) return;
    if (this.#attempt.noteResponse(response)) this.#gate.line.endTransaction();
    this.#driven.receive(response);
  }

  timeout(): void {
    if (this.#isHeard()) this.#endAttempt('timeout');
  }

  transportError(error?: unknown): void {
    if (!this.#isHeard()) return;
    // A mistake of the program is none of the network's, and trying again does not help.
    if (error instanceof SipRetryError && this.#ending.fail(error)) this.#cancel('cancelled');
    this.#endAttempt('transportError');
  }

  useServers(servers: readonly string[]): void {
    this.#attempt.useServers(servers);
  }

  answer(answer: Answer): void {
    this.#driven.answer(answer);
  }

  refuse(): void {
    this.#driven.refuse();
  }

  cancel(): void {
    if (this.#ending.promise === undefined) this.#driven.cancel();
    this.#cancel('cancelled');
  }

  stop(): void {
    if (!this.#ending.isOpen) return;
    this.#listeners.silence();
    this.#cancel('stopped');
    // No answer to a CANCEL is waited for: none was sent.
    if (this.state.startsWith('cancelling')) this.#driven.transportError();
  }

  persist(): UacSnapshot {
    const held = this.state === 'pending' && !this.#attempt.isThere;
    return uacSnapshotOf(this.id, this.#driven.persist(), { held, request: this.#gate.held });
  }

  /** Whether something is in flight, so that what comes belongs to it. Before `start` the driver says what is wrong. */
  #isHeard(): boolean {
    return this.#ending.promise === undefined || this.#attempt.isThere;
  }

  #endAttempt(how: 'timeout' | 'transportError'): void {
    this.#attempt.endWithout(how, this.#because !== undefined);
    this.#gate.line.endTransaction();
    this.#driven[how]();
  }

  #cancel(because: CancelReason): void {
    if (!this.#ending.isOpen) return;
    this.#because ??= because;
    this.#gate.close();
    this.#driven.cancel();
    // An INVITE that is not on its way needs no CANCEL (RFC 3261 §9.1), and no answer is waited for.
    if (!this.#attempt.isThere && this.state.startsWith('cancelling')) this.#driven.transportError();
  }

  #pass(departure: Departure, go: (request: SipRequest) => void): void {
    const { isSuperseded } = this.#gate.line;
    if (isSuperseded || this.#options.signal?.aborted === true) {
      this.#cancel(isSuperseded ? 'superseded' : 'aborted');
      return;
    }
    this.#gate.pass(departure, go, this.#attempt.takeWait());
  }

  #onSend(event: DriverEvents['send']): void {
    // What `beforeSend` made of the request may have another first hop.
    const server = this.#attempt.servers.towards(event);
    this.#attempt.begin(event.request, server);
    this.#listeners.announce('send', { ...event, server });
  }

  #onDecision(event: DriverEvents['decision']): void {
    const { action } = event.decision;
    this.#attempt.servers.noteAction(action);
    if (isChargeable(action)) this.#core.retryBudget.tryWithdraw();
    if (this.state.startsWith('recovering')) {
      this.#attempt.noteWait(action.type === 'wait' ? this.#core.environment.clock.now() : undefined);
      void this.#keeper.save(() => this.persist());
    }
    if (this.#gate.line.isSuperseded) this.#cancel('superseded');
    this.#listeners.announce('decision', event);
  }

  #onDone(outcome: Outcome): void {
    const ended = uacOutcomeOf(outcome, this.#attempt, this.#because);
    this.#tidyUp();
    const removed = ended.type === 'cancelled' && ended.because === 'stopped' ? true : this.#keeper.remove();
    // The driver rejects where a provider of credentials or an `answer` has failed.
    this.#ending.resolve(Promise.all([this.#driven.start(), removed]).then(() => ended));
    this.#listeners.announce('done', { outcome: ended });
  }

  #tidyUp(): void {
    this.#gate.close();
    this.#attempt.stopRinging();
    this.#options.signal?.removeEventListener('abort', this.#abort);
    if (this.#attempt.isThere) this.#gate.line.linger();
    else this.#gate.line.leave();
  }
}
