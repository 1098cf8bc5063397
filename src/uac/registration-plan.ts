// When the next REGISTER of a registration goes out: one moment, what it depends on, and the timer that waits for it.
import type { Environment } from '../timing/environment.js';
import type { RegistrationSnapshot } from './registration-snapshot.js';
import { LEAST_GAP_MS, probeAfterMs, refreshAfterMs, spreadMs } from './registration-timing.js';

type PlanSnapshot = Pick<RegistrationSnapshot, 'failures' | 'dueAt' | 'remainingMs' | 'notBeforeMs' | 'savedAt'>;

/**
 * How often it is looked whether the date of a refresh has come. No more than a minute passes between two looks, and no
 * less than the gap between two requests.
 */
const LOOK_MS = 60_000 - LEAST_GAP_MS;

export class RegistrationPlan {
  /** Consecutive failures (RFC 5626 §4.5). */
  failures = 0;
  readonly #environment: Environment;
  readonly #go: () => void;
  #armed: { readonly moment: number; readonly disarm: () => void } | undefined;
  /** Before this moment the registrar does not want to be asked, whatever changes (RFC 3261 §20.33). */
  #notBefore = -Infinity;

  constructor(environment: Environment, go: () => void) {
    this.#environment = environment;
    this.#go = go;
  }

  /** Plans the refresh of a REGISTER that was sent at this moment; returns its date. */
  refresh(grantedSeconds: number, sentAt: number): number {
    const { clock, random } = this.#environment;
    this.failures = 0;
    this.#notBefore = -Infinity;
    // The interval began when the registrar answered, not when we read it: counted from sending, a refresh is never late.
    const moment = sentAt + refreshAfterMs(grantedSeconds, random());
    return this.#arm(Math.max(moment, clock.now() + LEAST_GAP_MS), true);
  }

  /**
   * Plans the next try after one more failure; returns its date.
   * @param isBackOff the least time is the first step of RFC 5626 §4.5 already, with its chance: drawn again, and the
   * later one taken, nearly all would wait long.
   */
  probe(leastMs: number, isBackOff = false): number {
    const { clock, random } = this.#environment;
    this.failures += 1;
    const isDrawn = isBackOff && this.failures === 1;
    return this.#arm(clock.now() + (isDrawn ? leastMs : probeAfterMs(this.failures, leastMs, random())));
  }

  /** What a server asked for, and by chance a little more. */
  spread(notBeforeMs: number): number {
    return spreadMs(notBeforeMs, this.#environment.random());
  }

  /** As soon as the registrar may be asked; never from within this call. Returns the date. */
  soon(): number {
    return this.#arm(Math.max(this.#environment.clock.now(), this.#notBefore));
  }

  /**
   * What an earlier process planned: at its date, and not later than what was left of the wait. Late is fine, early is not.
   * Returns whether there was anything.
   */
  resume({
    failures,
    dueAt,
    remainingMs,
    notBeforeMs,
    state,
  }: PlanSnapshot & Pick<RegistrationSnapshot, 'state'>): boolean {
    const { clock } = this.#environment;
    this.failures = failures;
    this.leaveAloneFor(notBeforeMs);
    if (dueAt === null || remainingMs === null) return false;
    const waitMs = Math.min(Math.max(0, dueAt - clock.date()), Math.max(0, remainingMs));
    this.#arm(clock.now() + waitMs, state === 'registered');
    return true;
  }

  /** @param waitsUntil when a request in progress goes on by itself, in epoch milliseconds. */
  persist(waitsUntil: number | undefined): PlanSnapshot {
    const { clock } = this.#environment;
    const moment = waitsUntil === undefined ? this.#armed?.moment : clock.now() + waitsUntil - clock.date();
    const remainingMs = moment === undefined ? null : Math.max(0, moment - clock.now());
    return {
      failures: this.failures,
      dueAt: remainingMs === null ? null : Math.ceil(clock.date() + remainingMs),
      remainingMs,
      notBeforeMs: this.notBeforeMs,
      savedAt: clock.date(),
    };
  }

  leaveAloneFor(ms: number): void {
    if (ms > 0) this.#notBefore = Math.max(this.#notBefore, this.#environment.clock.now() + ms);
  }

  clear(): void {
    this.#armed?.disarm();
    this.#armed = undefined;
  }

  get notBeforeMs(): number {
    return Math.max(0, this.#notBefore - this.#environment.clock.now());
  }

  #arm(moment: number, isRefresh = false): number {
    const { clock } = this.#environment;
    this.clear();
    const date = Math.round(clock.date() + moment - clock.now());
    if (isRefresh) this.#watch(moment, date);
    else this.#wait(moment, moment, () => this.#go());
    return date;
  }

  /**
   * `now()` may stand still while a computer sleeps, and the registrar's clock does not: RFC 3261 §10.2.4 wants the refresh
   * "before the expiration interval has elapsed". A refresh therefore goes when either clock has come to it. Other waits
   * do not: a date that was set forward must not make them early.
   */
  #watch(moment: number, date: number): void {
    const { clock } = this.#environment;
    const left = moment - clock.now();
    // Counted back from the moment, which was drawn by chance: after a sleep, many do not look together.
    const toLook = left % LOOK_MS;
    const look = clock.now() + (toLook < LEAST_GAP_MS ? toLook + LOOK_MS : toLook);
    this.#wait(moment, Math.min(moment, look), () => {
      if (clock.now() >= moment || clock.date() >= date) this.#go();
      else this.#watch(moment, date);
    });
  }

  #wait(moment: number, until: number, then: () => void): void {
    const disarm = this.#environment.clock.at(until, () => {
      this.#armed = undefined;
      then();
    });
    this.#armed = { moment, disarm };
  }
}
