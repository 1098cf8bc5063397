// From what is written to what is run, and what cannot be run although every member of it could.
import type { CohortPlan, FleetPlan, RegistrarPlan } from '../../fleet/fleet-plan.js';
import type { Limits } from '../../policy/limits.js';
import { limitDefects, withLimits } from '../../policy/set-limits.js';
import { parsePolicy } from '../../policy/parse-policy.js';
import { rfcPolicy } from '../../policy/table/index.js';
import type { MemberPath } from '../../schema-defects/member-path.js';
import type { SchemaDefect } from '../../schema-defects/schema-defects.js';
import { MOST_CLIENTS, type WrittenFleet } from './fleet-schema.js';

type WrittenRegistrar = WrittenFleet['registrars'][number];
type WrittenClients = WrittenFleet['clients'][number];

/** The plan. @param seed instead of the one that is written. */
export function fleetPlanOf(written: WrittenFleet, seed = written.seed): FleetPlan {
  const { name, until, network, registrars, clients } = written;
  return {
    name,
    seed,
    untilMs: until,
    network: { transport: network.transport, latencyMs: network.latency },
    registrars: registrars.map(registrarPlanOf),
    cohorts: clients.map(cohortPlanOf),
  };
}

/** Everything that does not fit together. */
export function misfitsOf({ until, clients, registrars }: WrittenFleet): readonly SchemaDefect[] {
  return [
    ...clients.flatMap((cohort, index) => misfitsOfCohort(cohort, ['clients', index], until)),
    ...sharedMisfits(clients, until),
    ...registrars.flatMap(({ outages }, index) =>
      outages.flatMap(({ from }, each) => {
        const before = outages[each - 1];
        const path = ['registrars', index, 'outages', each, 'from'];
        const where = `registrars[${index}].outages[${each}].from`;
        if (before !== undefined && from < before.from + before.for) {
          return [{ path, found: `${where} lies within the outage before it`, expected: 'outages in order' }];
        }
        return from < until
          ? []
          : [{ path, found: `${where} lies after the end of the run`, expected: 'an earlier moment' }];
      }),
    ),
  ];
}

function misfitsOfCohort(cohort: WrittenClients, path: MemberPath, until: number): readonly SchemaDefect[] {
  const { behaviour, start } = cohort;
  const foreign = behaviour === 'standard' ? (['retry', 'refreshAt'] as const) : (['policy', 'limits'] as const);
  const where = `clients[${String(path[1])}]`;
  return [
    ...foreign
      .filter((member) => cohort[member] !== undefined)
      .map((member) => ({
        path: [...path, member],
        found: `${where}.${member} is there although the behaviour is ${behaviour}`,
        expected: behaviour === 'standard' ? 'it with a habit only' : 'it with standard clients only',
      })),
    ...(start.at + start.over <= until
      ? []
      : [
          {
            path: [...path, 'start'],
            found: `${where}.start lies after the end of the run`,
            expected: 'an earlier moment',
          },
        ]),
  ];
}

/** What would take more than a day, or more memory than there is. */
function sharedMisfits(clients: readonly WrittenClients[], until: number): readonly SchemaDefect[] {
  const count = clients.reduce((sum, cohort) => sum + cohort.count, 0);
  const tooMany = { path: ['clients'], found: `clients are ${count} together`, expected: `up to ${MOST_CLIENTS}` };
  return [
    ...(count > MOST_CLIENTS ? [tooMany] : []),
    ...clients.flatMap((cohort, index) => {
      const { retryMs, expires } = { ...cohortPlanOf(cohort) };
      const shortest =
        cohort.behaviour === 'standard' ? Math.max(10_000, 500 * expires) : Math.min(retryMs, 500 * expires);
      const requests = (cohort.count * until) / shortest;
      return requests <= MOST_REQUESTS
        ? []
        : [
            {
              path: ['clients', index],
              found: `clients[${index}] may send ${requests.toExponential(1)} requests in this run`,
              expected: `at most ${MOST_REQUESTS.toExponential(0)}: fewer clients, a longer retry or interval, or a shorter run`,
            },
          ];
    }),
  ];
}

/** Some hours of computing. */
const MOST_REQUESTS = 1e9;

function registrarPlanOf(written: WrittenRegistrar): RegistrarPlan {
  const { perSecond, queue = Math.ceil(2 * perSecond), retryAfter, nonceLifetime, mostExpires, outages } = written;
  const { name, whenFull, challenges, saysStale } = written;
  return {
    name,
    perSecond,
    queue,
    whenFull,
    ...(retryAfter && { retryAfter }),
    challenges,
    nonceLifetimeMs: nonceLifetime,
    saysStale,
    mostExpires: secondsOf(mostExpires),
    outages: outages.map((outage) => ({
      fromMs: outage.from,
      forMs: outage.for,
      answer: outage.answer,
      ...(outage.retryAfter && { retryAfter: outage.retryAfter }),
      forgets: { bindings: outage.forgets.includes('bindings'), nonces: outage.forgets.includes('nonces') },
    })),
  };
}

function cohortPlanOf(written: WrittenClients): CohortPlan {
  const { name, count, behaviour, start, expires, password, policy, limits, refreshAt = 0.9 } = written;
  const { retry = behaviour === 'immediateRetry' ? 100 : 60_000 } = written;
  const parsed = policy === undefined ? undefined : parsePolicy(policy);
  return {
    name,
    count,
    behaviour,
    start: { atMs: start.at, overMs: start.over },
    expires: secondsOf(expires),
    hasPassword: password === 'right',
    retryMs: retry,
    refreshAt,
    policy: parsed?.ok === true ? parsed.policy : rfcPolicy,
    limits: withLimits(areLimits(limits) ? limits : {}),
  };
}

/** Intervals are whole seconds (RFC 3261 §20.19). */
function secondsOf(ms: number): number {
  return Math.max(1, Math.round(ms / 1_000));
}

function areLimits(value: unknown): value is Partial<Limits> {
  return value !== undefined && limitDefects(value).length === 0;
}
