// What each client of a cohort knows of the health of its registrar, in one row of numbers for each client.
import type { StandingMemory } from '../budget/server-health.js';
import type { Quarantine, QuarantineCause, Standing } from '../budget/standing.js';
import type { Rows } from './rows.js';

const STATE = 0;
const SINCE = 1;
const NOT_BEFORE = 2;
const UNTIL = 3;
const FAILURES = 4;
const FAILED_PROBES = 5;
const PROBE_AT = 6;

/** What stands in `STATE`: nothing is known, it falters, or a quarantine and from 2 on why. */
const FALTERING = 1;
const CAUSES: readonly QuarantineCause[] = ['retryAfter', 'unavailable', 'timeout', 'transportError'];

/** Each client knows one server, whatever it is called: before anything is asked, `client` says whose is meant. */
export class ClientStandings implements StandingMemory {
  /** The client that is asked about, counted from the first of the cohort. */
  client = 0;
  readonly #rows: Rows;
  #size = 0;

  /** @param rows from the first client of the cohort on. */
  constructor(rows: Rows) {
    this.#rows = rows;
  }

  /** How many clients know anything of their registrar; of one that is well nothing is kept. */
  get size(): number {
    return this.#size;
  }

  /** Whether this client knows anything. */
  has(client: number): boolean {
    return this.#rows.get(client, STATE) !== 0;
  }

  get(): Standing | undefined {
    const { client } = this;
    const state = this.#rows.get(client, STATE);
    if (state === 0) return undefined;
    const failures = this.#rows.get(client, FAILURES);
    if (state === FALTERING) return { state: 'faltering', failures };
    const probeAt = this.#rows.get(client, PROBE_AT);
    return {
      state: 'quarantined',
      because: CAUSES[state - FALTERING - 1] ?? 'timeout',
      since: this.#rows.get(client, SINCE),
      notBefore: this.#rows.get(client, NOT_BEFORE),
      until: this.#rows.get(client, UNTIL),
      failures,
      failedProbes: this.#rows.get(client, FAILED_PROBES),
      probeAt: probeAt === NO_PROBE ? undefined : probeAt,
    };
  }

  set(_server: string, standing: Standing): true {
    const { client } = this;
    if (this.#rows.get(client, STATE) === 0) this.#size += 1;
    this.#rows.set(client, FAILURES, standing.failures);
    if (standing.state === 'faltering') this.#rows.set(client, STATE, FALTERING);
    else this.#quarantine(client, standing);
    return true;
  }

  delete(): void {
    const { client } = this;
    if (this.#rows.get(client, STATE) !== 0) this.#size -= 1;
    this.#rows.set(client, STATE, 0);
  }

  #quarantine(client: number, { because, since, notBefore, until, failedProbes, probeAt }: Quarantine): void {
    this.#rows.set(client, STATE, FALTERING + 1 + CAUSES.indexOf(because));
    this.#rows.set(client, SINCE, since);
    this.#rows.set(client, NOT_BEFORE, notBefore);
    this.#rows.set(client, UNTIL, until);
    this.#rows.set(client, FAILED_PROBES, failedProbes);
    this.#rows.set(client, PROBE_AT, probeAt ?? NO_PROBE);
  }
}

const NO_PROBE = -1;
