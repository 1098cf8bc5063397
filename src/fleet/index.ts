// The public surface of `sip-retry/fleet`: very many clients after an outage, as numbers and as a chart. Nothing here needs Node.
export { beginFleet, simulateFleet } from './simulate-fleet.js';
export type { FleetSimulation } from './simulate-fleet.js';
export type { FleetResult } from './fleet-result.js';
export type { CohortPlan, FleetPlan, NetworkPlan, OutagePlan, RegistrarPlan, SecondsRange } from './fleet-plan.js';
export type { CohortSummary, FleetSeries, FleetSummary, Recovery } from './summary.js';
export { tallied } from './tally.js';
export type { Tallied } from './tally.js';
// What a plan of standard clients names besides.
export { rfcPolicy } from '../policy/table/index.js';
export type { RetryPolicy } from '../policy/rule.js';
export { defaultLimits } from '../policy/limits.js';
export type { Limits } from '../policy/limits.js';
export { SipRetryError } from '../sip/sip-retry-error.js';
export type { SipRetryErrorCode } from '../sip/sip-retry-error.js';
