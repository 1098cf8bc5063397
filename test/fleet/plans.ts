// Plans of fleets for tests.
import type { CohortPlan, FleetPlan, RegistrarPlan } from '../../src/fleet/fleet-plan.js';
import { defaultLimits } from '../../src/policy/limits.js';
import { rfcPolicy } from '../../src/policy/table/index.js';

export const HOUR = 3_600_000;

export function cohort(changes: Partial<CohortPlan> = {}): CohortPlan {
  return {
    name: 'standard',
    count: 1,
    behaviour: 'standard',
    start: { atMs: 0, overMs: 0 },
    expires: 3_600,
    hasPassword: true,
    retryMs: 30_000,
    refreshAt: 0.5,
    policy: rfcPolicy,
    limits: defaultLimits,
    ...changes,
  };
}

export function registrar(changes: Partial<RegistrarPlan> = {}): RegistrarPlan {
  return {
    name: 'registrar',
    perSecond: 1_000,
    queue: 1_000,
    whenFull: 'drop',
    challenges: true,
    nonceLifetimeMs: 300_000,
    saysStale: true,
    mostExpires: 3_600,
    outages: [],
    ...changes,
  };
}

export function fleet(changes: Partial<FleetPlan> = {}): FleetPlan {
  return {
    name: 'a fleet',
    seed: 1,
    untilMs: 4 * HOUR,
    network: { transport: 'UDP', latencyMs: 20 },
    registrars: [registrar()],
    cohorts: [cohort()],
    ...changes,
  };
}

const forgetsNothing = { bindings: false, nonces: false };

/** A registrar that is down for an hour from the first hour on. */
export function outage(answer: 'silent' | 'refused' | 'unavailable', fromMs = HOUR, forMs = HOUR) {
  return { fromMs, forMs, answer, forgets: forgetsNothing } as const;
}
