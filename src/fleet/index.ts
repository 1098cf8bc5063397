// The fleet: very many clients after an outage, as numbers and as a chart. Nothing here needs Node.
export { FleetRun } from './fleet-run.js';
export type { SentMessage } from './fleet-run.js';
export { resultOf } from './fleet-result.js';
export type { FleetResult } from './fleet-result.js';
export type { CohortPlan, FleetPlan, NetworkPlan, OutagePlan, RegistrarPlan, SecondsRange } from './fleet-plan.js';
export type { CohortSummary, FleetSeries, FleetSummary, Recovery } from './summary.js';
export { tallied } from './tally.js';
export type { Tallied } from './tally.js';
import { FleetRun } from './fleet-run.js';
import type { FleetPlan } from './fleet-plan.js';
import { resultOf, type FleetResult } from './fleet-result.js';

/** Runs a fleet to its end. A large one takes minutes: see `FleetRun` for one that can be watched and stopped. */
export function runFleet(plan: FleetPlan): FleetResult {
  const run = new FleetRun(plan);
  run.advance(Infinity);
  return resultOf(run);
}
