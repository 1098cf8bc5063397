// Which servers are not asked now: those that said so with a 503 (RFC 3261 §21.5.4), and those that stay silent (RFC 7339 §5.9).
import type { Environment } from '../timing/environment.js';
import { BoundedMemory } from './bounded-memory.js';
import { flowBackOffMs } from './flow-back-off.js';
import { requireAmount, requireWhole } from './require-option.js';
import {
  availableAt,
  NOTHING_TOLD,
  quarantineFrom,
  type HealthAdmission,
  type Probing,
  type Quarantine,
  type QuarantineBeginning,
  type QuarantineCause,
  type Standing,
} from './standing.js';

export interface ServerHealthOptions {
  /** Timeouts and transport errors in a row after which a server is no longer asked. Default: 3. */
  readonly failures?: number;
  /** The longest that one 503 is obeyed, in milliseconds. Default: 3 600 000. */
  readonly maxToldMs?: number;
  /** The upper bound of the first quarantine for silence; each failed probe doubles it. Milliseconds. Default: 30 000. */
  readonly baseSilentMs?: number;
  /** The largest such upper bound. Milliseconds. Default: 300 000. */
  readonly maxSilentMs?: number;
  /** A probe without a word for so long is given up. Milliseconds. Default: 64 000, twice 64·T1. */
  readonly probeMs?: number;
  /** How many servers are remembered. Default: 1024. */
  readonly capacity?: number;
}

/** Where standings are kept by the name of their server. */
export type StandingMemory = Pick<BoundedMemory<Standing>, 'get' | 'set' | 'delete' | 'size'>;

/** RFC 3261 §20.33 leaves it to the client not to come back together with all others: as in `Limits`. */
const SPREAD = 0.1;
const MAX_SPREAD_MS = 30_000;

/**
 * The health of servers as their answers show it. A quarantined server is sent nothing until the quarantine is over;
 * then one request at a time goes as a probe. A response resumes; a failed probe quarantines for longer, up to a bound.
 *
 * No single 503 shuts a server out for more than an hour (and the spread), so a forged one does not silence a phone
 * for ever. ACK, CANCEL, BYE, requests inside a dialog and calls to an emergency service need not ask.
 */
export class ServerHealth {
  readonly #environment: Pick<Environment, 'clock' | 'random'>;
  readonly #limits: Required<ServerHealthOptions>;
  readonly #standings: StandingMemory;

  /**
   * @param standings a memory of another form, which is to have room for every server that is asked about.
   * @throws SipRetryError `badOptions` for a number that cannot be used.
   */
  constructor(
    environment: Pick<Environment, 'clock' | 'random'>,
    options: ServerHealthOptions = {},
    standings?: StandingMemory,
  ) {
    this.#environment = environment;
    this.#limits = {
      failures: requireWhole('failures', options.failures ?? 3, 1),
      maxToldMs: requireAmount('maxToldMs', options.maxToldMs ?? 3_600_000),
      baseSilentMs: requireAmount('baseSilentMs', options.baseSilentMs ?? 30_000),
      maxSilentMs: requireAmount('maxSilentMs', options.maxSilentMs ?? 300_000),
      probeMs: requireAmount('probeMs', options.probeMs ?? 64_000),
      capacity: requireWhole('capacity', options.capacity ?? 1_024, 1),
    };
    const { probeMs, maxSilentMs, capacity } = this.#limits;
    this.#standings =
      standings ??
      new BoundedMemory<Standing>(environment.clock, {
        capacity,
        // Failures that have not come to anything forbid nothing. A quarantine that is over still lets only one at a time.
        forbidsUntil: (one) => (one.state === 'faltering' ? -Infinity : availableAt(one, probeMs) + maxSilentMs),
      });
  }

  /**
   * A 503 came. With Retry-After the server is not asked before then, plus a spread. Without, RFC 3261 §21.5.4 reads it
   * as a 500, which says nothing about other requests: only a probe has failed with it.
   */
  noteUnavailable(server: string, retryAfterMs: number | undefined): void {
    const standing = this.#standings.get(server);
    if (retryAfterMs === undefined || Number.isNaN(retryAfterMs)) {
      if (standing?.state === 'faltering') this.#standings.delete(server);
      else if (this.#isProbing(standing)) this.#probeFailed(server, standing, 'unavailable');
      return;
    }
    const told = Math.min(Math.max(0, retryAfterMs), this.#limits.maxToldMs);
    const spread = Math.min(told * SPREAD, MAX_SPREAD_MS) * this.#environment.random();
    const wait = Math.ceil(told + spread);
    if (this.#isProbing(standing)) this.#probeFailed(server, standing, 'retryAfter', wait);
    else this.#noteTold(server, standing, wait);
  }

  /** A transaction ended with timer B or F. */
  noteTimeout(server: string): void {
    this.#noteFailure(server, 'timeout');
  }

  /** A request could not be sent, or the transport reported that it did not arrive. */
  noteTransportError(server: string): void {
    this.#noteFailure(server, 'transportError');
  }

  /**
   * A response other than 503 came, provisional or final: the server is there. That lifts a quarantine for silence at
   * once, but not the time that a 503 told: the response may belong to a request from before.
   */
  noteResponse(server: string): void {
    const standing = this.#standings.get(server);
    if (standing === undefined) return;
    if (standing.state === 'quarantined' && this.#environment.clock.now() < standing.notBefore) return;
    this.#standings.delete(server);
  }

  /** Whether a request may go to this server now: it is not in quarantine, or it can be probed. Claims nothing. */
  isAvailable(server: string): boolean {
    return this.#availableAt(server) <= this.#environment.clock.now();
  }

  /**
   * Asks to send a request to this server now. Where a quarantine is over the request becomes the probe, and others
   * are refused until it has ended: report that with a `note…` method, or with `releaseProbe` if it is not sent.
   */
  admit(server: string): HealthAdmission {
    const standing = this.#standings.get(server);
    if (standing?.state !== 'quarantined') return { admitted: true, isProbe: false };
    const now = this.#environment.clock.now();
    const at = availableAt(standing, this.#limits.probeMs);
    if (now < at) return { admitted: false, quarantine: standing, at };
    this.#standings.set(server, { ...standing, probeAt: now });
    return { admitted: true, isProbe: true };
  }

  /** The probe was not sent after all, and is not going to be: another request may be it. */
  releaseProbe(server: string): void {
    const standing = this.#standings.get(server);
    if (this.#isProbing(standing)) this.#standings.set(server, { ...standing, probeAt: undefined });
  }

  /** Those that may be asked now, in their order. */
  available(servers: readonly string[]): readonly string[] {
    return servers.filter((server) => this.isAvailable(server));
  }

  /**
   * The first moment at which one of them may be asked, on the scale of the clock's `now()`; not before now; undefined
   * for an empty list. A response may make it sooner.
   */
  earliest(servers: readonly string[]): number | undefined {
    if (servers.length === 0) return undefined;
    return Math.max(this.#environment.clock.now(), Math.min(...servers.map((server) => this.#availableAt(server))));
  }

  /** Why a server is not asked, with the numbers; undefined when it may be. A probe may be under way. */
  explain(server: string): Quarantine | undefined {
    const standing = this.#standings.get(server);
    return standing?.state === 'quarantined' ? standing : undefined;
  }

  /** How many servers are remembered. */
  get size(): number {
    return this.#standings.size;
  }

  #availableAt(server: string): number {
    const standing = this.#standings.get(server);
    return standing?.state === 'quarantined' ? availableAt(standing, this.#limits.probeMs) : -Infinity;
  }

  #noteFailure(server: string, because: QuarantineCause): void {
    const standing = this.#standings.get(server);
    if (standing?.state === 'quarantined') {
      // Without a probe, this is the end of a request from before: it tells nothing new.
      if (this.#isProbing(standing)) this.#probeFailed(server, standing, because);
      return;
    }
    const failures = (standing?.failures ?? 0) + 1;
    if (failures < this.#limits.failures) this.#standings.set(server, { state: 'faltering', failures });
    else this.#quarantine(server, { because, wait: this.#silentMs(0), failures, failedProbes: 0 });
  }

  /** RFC 7339 §5.9: conservative in probing, with an exponential back-off. */
  #probeFailed(server: string, standing: Probing, because: QuarantineCause, told?: number): void {
    const failures = standing.failures + 1;
    const failedProbes = standing.failedProbes + 1;
    // What ended may have been another request than the probe: until the probe itself has ended none is sent besides.
    const probing = standing.probeAt + this.#limits.probeMs - this.#environment.clock.now();
    const wait = Math.max(told ?? 0, this.#silentMs(failedProbes), probing);
    this.#quarantine(server, { because, wait, told, failures, failedProbes });
  }

  /** A time that was told before is kept; silence is over, because there was a response. */
  #noteTold(server: string, standing: Standing | undefined, wait: number): void {
    const { notBefore, failures, failedProbes } = standing?.state === 'quarantined' ? standing : NOTHING_TOLD;
    const told = Math.max(wait, notBefore - this.#environment.clock.now());
    this.#quarantine(server, { because: 'retryAfter', wait: told, told, failures, failedProbes });
  }

  #quarantine(server: string, beginning: QuarantineBeginning): void {
    this.#standings.set(server, quarantineFrom(this.#environment.clock.now(), beginning));
  }

  #silentMs(failedProbes: number): number {
    const { baseSilentMs: baseMs, maxSilentMs: maxMs } = this.#limits;
    return flowBackOffMs(failedProbes, this.#environment.random(), { baseMs, maxMs });
  }

  #isProbing(standing: Standing | undefined): standing is Probing {
    return standing?.state === 'quarantined' && standing.probeAt !== undefined;
  }
}
