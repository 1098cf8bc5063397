// A fleet as it is run: clients, registrars, the network between, and for how long. All times are milliseconds.
import type { Limits } from '../policy/limits.js';
import type { RetryPolicy } from '../policy/rule.js';

/** As many cohorts as can be told apart by their colours. */
export const MOST_COHORTS = 6;

/** Everything that a run depends on. The same plan gives the same result. */
export interface FleetPlan {
  readonly name: string;
  readonly seed: number;
  /** When the run ends; it begins at 0. */
  readonly untilMs: number;
  readonly network: NetworkPlan;
  /** Clients are dealt out to the registrars in turn. */
  readonly registrars: readonly RegistrarPlan[];
  readonly cohorts: readonly CohortPlan[];
}

export interface NetworkPlan {
  /** UDP retransmits (RFC 3261 §17.1.2.2), TCP does not. */
  readonly transport: 'UDP' | 'TCP';
  /** One way. */
  readonly latencyMs: number;
}

/** One registrar. */
export interface RegistrarPlan {
  readonly name: string;
  /** Requests that it answers in a second, one after another. */
  readonly perSecond: number;
  /** Requests that may wait for that. */
  readonly queue: number;
  /**
   * What happens to the request that finds the queue full: nothing (`drop`), a 503 (`refuse`), or a 503 and a percentage
   * in the Via of every response of the clients' requests to leave out (`control`, RFC 7339).
   */
  readonly whenFull: 'drop' | 'refuse' | 'control';
  /** Retry-After of a 503 for a full queue, chosen between these by chance; absent: none. */
  readonly retryAfter?: SecondsRange;
  /** Whether it asks for Digest credentials. */
  readonly challenges: boolean;
  readonly nonceLifetimeMs: number;
  /** Whether an expired nonce draws `stale=true`; many registrars leave it out. */
  readonly saysStale: boolean;
  /** The longest interval that it grants, in seconds. */
  readonly mostExpires: number;
  /** In order, without overlap. */
  readonly outages: readonly OutagePlan[];
}

/** Whole seconds from, up to and including. */
export interface SecondsRange {
  readonly least: number;
  readonly most: number;
}

/** A time in which a registrar does not work. A restart is a brief one that forgets. */
export interface OutagePlan {
  readonly fromMs: number;
  readonly forMs: number;
  /** Nothing comes back, the host refuses (ICMP, RST), or something before it answers 503. */
  readonly answer: 'silent' | 'refused' | 'unavailable';
  /** Of the 503. */
  readonly retryAfter?: SecondsRange;
  /** What it has forgotten afterwards. */
  readonly forgets: { readonly bindings: boolean; readonly nonces: boolean };
}

/** Clients that behave alike. */
export interface CohortPlan {
  readonly name: string;
  readonly count: number;
  /** `standard` registers by `keepRegistered`'s rules; the others are habits of other clients, as measured. */
  readonly behaviour: 'standard' | 'fixedInterval' | 'immediateRetry';
  /** The first REGISTER of each goes out by chance between `atMs` and `atMs + overMs`. */
  readonly start: { readonly atMs: number; readonly overMs: number };
  /** The interval that is asked for, in seconds. */
  readonly expires: number;
  /** Whether the credentials are right. */
  readonly hasPassword: boolean;
  /** Of a habit: how long it waits after whatever went wrong. */
  readonly retryMs: number;
  /** Of a habit: the part of the granted interval after which it refreshes. */
  readonly refreshAt: number;
  /** Of a standard client. */
  readonly policy: RetryPolicy;
  readonly limits: Limits;
}
