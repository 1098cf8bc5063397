// The public surface of `sip-retry/budget`: limits that requests share.
export { Ceiling } from './ceiling.js';
export type { CeilingKey, CeilingOptions } from './ceiling.js';
export { requestBound } from './request-bound.js';
export type { RequestBound } from './request-bound.js';
export { RetryBudget } from './retry-budget.js';
export type { RetryBudgetNumbers, RetryBudgetOptions } from './retry-budget.js';
export { ServerHealth } from './server-health.js';
export type { ServerHealthOptions } from './server-health.js';
export type { HealthAdmission, Quarantine, QuarantineCause } from './standing.js';
export { OverloadControl } from './overload-control.js';
export type { OverloadAdmission, OverloadControlOptions } from './overload-control.js';
export type { OverloadAlgorithm } from './overload-report.js';
export { isExemptFromQuarantine, urgencyOf } from './request-urgency.js';
export type { RequestUrgency } from './request-urgency.js';
export { flowBackOffMs } from './flow-back-off.js';
export type { FlowBackOffOptions } from './flow-back-off.js';
