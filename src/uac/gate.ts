// The gate before each attempt: line, quarantine, ceiling, overload, beforeSend, store. It opens at once where nothing is to be held.
import type { Departure } from '../../machines/driver-means.js';
import { isExemptFromQuarantine } from '../budget/request-urgency.js';
import type { SipRequest } from '../sip/message.js';
import { askBeforeSend, isPromise, type Passed } from './before-send.js';
import { LinePlace } from './line-place.js';
import { askAgainAt, passageOf, serverIn, type GateHost, type Passage } from './passage.js';
import { ceilingKeyOf, isCounted } from './request-place.js';
import type { UacCore } from './uac-core.js';
import type { HoldReason } from './uac-event.js';

export class Gate {
  readonly line: LinePlace;
  readonly #core: UacCore;
  readonly #host: GateHost;
  #passage: Passage | undefined;

  constructor(core: UacCore, host: GateHost) {
    this.#core = core;
    this.#host = host;
    this.line = new LinePlace(
      core.lines,
      core.environment.clock,
      () => this.#goOn(),
      () => host.superseded(),
    );
  }

  /** The request that is held, as it would go out; `undefined` when none is. */
  get held(): SipRequest | undefined {
    return this.#passage?.request;
  }

  /** Lets an attempt through, at once or later. @param waitingSince when its wait began, if it comes after one. */
  pass(departure: Departure, go: (request: SipRequest) => void, waitingSince: number | undefined): void {
    this.#passage = passageOf(departure, go, waitingSince);
    if (this.line.join(departure.request)) this.#proceed();
    else this.#hold('line', undefined, undefined);
  }

  /** What is held never goes out. */
  close(): void {
    const passage = this.#passage;
    if (passage === undefined) return;
    this.#passage = undefined;
    passage.stop?.();
    passage.place?.giveBack();
  }

  /** A hold has ended, outside any call of the application. */
  #goOn(): void {
    this.#proceed();
    this.#host.listeners.rethrow();
  }

  /** Goes as far as nothing holds the attempt. */
  #proceed(): void {
    const passage = this.#passage;
    if (passage === undefined) return;
    passage.stop = undefined;
    if (this.#isHeldByServer(passage) || this.#isHeldByCeiling(passage) || this.#isHeldByOverload(passage)) return;
    this.#ask(passage);
  }

  #isHeldByServer(passage: Passage): boolean {
    const server = serverIn(passage);
    if (isExemptFromQuarantine(passage.request) || this.#core.health.isAvailable(server)) return false;
    this.#holdForServer(passage, server);
    return true;
  }

  #holdForServer(passage: Passage, server: string): void {
    // Others may begin meanwhile.
    passage.place?.giveBack();
    passage.place = undefined;
    const { until, stop } = this.#core.servers.await(server, () => this.#goOn());
    this.#hold('quarantine', until, stop);
  }

  #isHeldByCeiling(passage: Passage): boolean {
    const { departure, request } = passage;
    if (!isCounted(request, departure.attempt) || passage.place?.isReserved === true) return false;
    const place = this.#core.ceilings.reserve(ceilingKeyOf(request, departure.server), () => this.#goOn());
    passage.place = place;
    if (place.isReserved) return false;
    this.#hold('ceiling', place.until, undefined);
    return true;
  }

  #isHeldByOverload(passage: Passage): boolean {
    // An admitted request counts as sent: it is asked for once.
    if (passage.isAdmitted) return false;
    const { overload, environment } = this.#core;
    const admission = overload.admit(serverIn(passage), passage.request);
    passage.isAdmitted = admission.admitted;
    if (admission.admitted) return false;
    passage.refusals += 1;
    const moment = askAgainAt(admission, passage.refusals, environment);
    this.#hold(
      'overload',
      moment,
      environment.clock.at(moment, () => this.#goOn()),
    );
    return true;
  }

  #hold(reason: HoldReason, moment: number | undefined, stop: (() => void) | undefined): void {
    const passage = this.#passage;
    if (passage === undefined) return;
    const { clock } = this.#core.environment;
    passage.waitingSince ??= clock.now();
    passage.isAdmitted = false;
    passage.isAsked = false;
    passage.isStored = false;
    passage.stop = stop;
    const { server, attempt } = passage.departure;
    const until = moment === undefined ? {} : { until: clock.date() + moment - clock.now() };
    this.#host.held();
    this.#host.listeners.announce('hold', { for: reason, ...until, server, attempt });
  }

  #ask(passage: Passage): void {
    const { beforeSend } = this.#host;
    const { departure, request, waitingSince } = passage;
    if (beforeSend === undefined || waitingSince === undefined || passage.isAsked) {
      this.#store(passage);
      return;
    }
    passage.isAsked = true;
    const about = { attempt: departure.attempt, waitedMs: this.#core.environment.clock.now() - waitingSince };
    const passed = askBeforeSend(beforeSend, request, about);
    if (!isPromise(passed)) {
      if (this.#take(passage, passed)) this.#store(passage);
      return;
    }
    void passed.then((later) => {
      // Meanwhile a server may have said that nothing should come.
      if (this.#take(passage, later)) this.#proceed();
      this.#host.listeners.rethrow();
    });
  }

  /** Whether the attempt still goes out, and as what. */
  #take(passage: Passage, passed: Passed): boolean {
    if (passage !== this.#passage) return false;
    if ('cause' in passed) {
      this.#host.beforeSendFailed({ attempt: passage.departure.attempt, cause: passed.cause });
      return false;
    }
    const { request } = passed;
    if (request === undefined) {
      this.#host.vetoed();
      return false;
    }
    passage.request = request;
    return true;
  }

  #store(passage: Passage): void {
    if (passage.isStored) {
      this.#leave(passage);
      return;
    }
    passage.isStored = true;
    const stored = this.#host.store(passage.request);
    if (!isPromise(stored)) {
      if (stored && passage === this.#passage) this.#leave(passage);
      return;
    }
    void stored.then((mayGo) => {
      if (mayGo && passage === this.#passage) this.#goOn();
    });
  }

  #leave(passage: Passage): void {
    const { departure, request, go } = passage;
    const server = serverIn(passage);
    const admission = isExemptFromQuarantine(request) ? undefined : this.#core.health.admit(server);
    if (admission?.admitted === false) {
      this.#holdForServer(passage, server);
      return;
    }
    this.#passage = undefined;
    passage.place?.use();
    if (departure.attempt === 1) this.#core.retryBudget.deposit();
    go(request);
  }
}
