// When a registration begins its next request by itself: before the binding ends, or as a slow probe after a failure.
import { LEAST_GAP_MS, probeAfterMs, refreshAfterMs, spreadMs } from '../uac/registration-timing.js';
import type { RegistrationVerdict } from '../uac/registration-verdict.js';
import type { FleetHost } from './behaviour.js';
import { FAILURES, REGISTERED, SENT_AT, STOPPED, WAITS_FOR_CHALLENGE, type StandardStates } from './standard-states.js';

export class StandardPace {
  readonly #first: number;
  readonly #host: FleetHost;
  readonly #states: StandardStates;
  #stopped = 0;

  constructor(first: number, host: FleetHost, states: StandardStates) {
    this.#first = first;
    this.#host = host;
    this.#states = states;
  }

  /** How many send nothing any more. */
  get stopped(): number {
    return this.#stopped;
  }

  /** A request of this client, counted from the first of the cohort, has ended. */
  noteEnd(at: number, verdict: RegistrationVerdict): void {
    const client = at + this.#first;
    switch (verdict.type) {
      case 'bound': {
        this.#states.set(at, FAILURES, 0);
        this.#states.mark(at, REGISTERED, true);
        const moment = this.#states.get(at, SENT_AT) + refreshAfterMs(verdict.grant.seconds, this.#host.random(client));
        this.#host.wakeAt(client, Math.max(moment, this.#host.now + LEAST_GAP_MS), 'begin');
        break;
      }
      case 'tryAgain':
        if (verdict.isNonceReuseRefused) this.#states.mark(at, WAITS_FOR_CHALLENGE, true);
        this.probe(at, spreadMs(verdict.notBeforeMs, this.#host.random(client)));
        break;
      case 'over':
        this.#states.mark(at, STOPPED, true);
        this.#stopped += 1;
    }
  }

  /** RFC 5626 §4.5. @param isBackOff as for `RegistrationPlan`: the first step has been drawn already. */
  probe(at: number, leastMs: number, isBackOff = false): void {
    const client = at + this.#first;
    const failures = this.#states.get(at, FAILURES) + 1;
    this.#states.set(at, FAILURES, failures);
    const isDrawn = isBackOff && failures === 1;
    const wait = isDrawn ? leastMs : probeAfterMs(failures, leastMs, this.#host.random(client));
    this.#host.wakeAt(client, this.#host.now + wait, 'begin');
  }
}
