// When the next REGISTER of a registration goes out: one moment, what it depends on, and the timer that waits for it.
import type { Environment } from '../timing/environment.js';
import type { RegistrationSnapshot } from './registration-snapshot.js';
import { LEAST_GAP_MS, probeAfterMs, refreshAfterMs, spreadMs } from './registration-timing.js';

type PlanSnapshot = Pick<RegistrationSnapshot, 'failures' | 'dueAt' | 'remainingMs' | 'notBeforeMs' | 'savedAt'>;

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
    return this.#arm(Math.max(moment, clock.now() + LEAST_GAP_MS));
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

  /** Now: a removal does not wait for the moment at which a binding could be asked for. */
  now(): void {
    this.#arm(this.#environment.clock.now());
  }

  /**
   * What an earlier process planned: at its date, and not later than what was left of the wait. Late is fine, early is not.
   * Returns whether there was anything.
   */
  resume({ failures, dueAt, remainingMs, notBeforeMs }: PlanSnapshot): boolean {
    const { clock } = this.#environment;
    this.failures = failures;
    this.leaveAloneFor(notBeforeMs);
    if (dueAt === null || remainingMs === null) return false;
    this.#arm(clock.now() + Math.min(Math.max(0, dueAt - clock.date()), Math.max(0, remainingMs)));
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

  #arm(moment: number): number {
    const { clock } = this.#environment;
    this.clear();
    const disarm = clock.at(moment, () => {
      this.#armed = undefined;
      this.#go();
    });
    this.#armed = { moment, disarm };
    return Math.round(clock.date() + moment - clock.now());
  }
}
