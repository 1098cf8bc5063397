// simulateFleet(): very many clients after an outage, in simulated time: who storms, what is wasted, and when everyone is back.
import type { FleetPlan } from './fleet-plan.js';
import { resultOf, type FleetResult } from './fleet-result.js';
import { FleetRun } from './fleet-run.js';
import { requireRunnable } from './require-runnable.js';

/** A fleet on its way: a program that shows how far it is, or lets somebody stop it, goes on a piece at a time. */
export interface FleetSimulation {
  readonly plan: FleetPlan;
  /** Simulated milliseconds so far. */
  readonly now: number;
  /** Whether everything has happened that happens before the end of the plan. */
  readonly isOver: boolean;
  /** Goes on for so many events at most (some hundred thousand take a second); false when the run is over. */
  advance(events: number): boolean;
  /** What has come of it so far. */
  result(): FleetResult;
}

/**
 * Simulates a fleet to its end: the same plan gives the same result. It returns when all is done, and a million clients take
 * minutes; see `beginFleet` for one that can be watched and stopped.
 *
 * @throws SipRetryError `badOptions` for a plan that cannot be run: it names the member, and what would be allowed.
 */
export function simulateFleet(plan: FleetPlan): FleetResult {
  const fleet = beginFleet(plan);
  fleet.advance(Infinity);
  return fleet.result();
}

/**
 * A fleet at its beginning: nothing has happened yet.
 *
 * @throws SipRetryError `badOptions` for a plan that cannot be run: it names the member, and what would be allowed.
 */
export function beginFleet(plan: FleetPlan): FleetSimulation {
  requireRunnable(plan);
  const run = new FleetRun(plan);
  return {
    plan,
    get now() {
      return run.now;
    },
    get isOver() {
      return run.isOver;
    },
    advance: (events) => run.advance(events),
    result: () => resultOf(run),
  };
}
