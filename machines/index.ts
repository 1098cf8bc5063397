// The statecharts: what a program imports to run, draw or inspect them. The only door that needs XState.
export type { RetryMachine } from './retry.machine.js';
export { createRetryMachine } from './retry.machine.js';
export type { RetryInput, RetryTag } from './retry-setup.js';
export type { AttemptEnded, EventMaterials, Progressed, RetryEmitted, RetryEvent } from './retry-event.js';
export { attemptEnded, progressed } from './retry-event.js';
export { exportMachine } from './export-machine.js';
export type { Outcome } from './outcome.js';
export { outcomeOf } from './outcome.js';
export type { PolicyEdge, PolicyProjection, ProjectionOptions, RetryGuard } from './project-policy.js';
export { projectPolicy } from './project-policy.js';
export type { DrivenRequest, DriveRetryOptions } from './drive-retry.js';
export { driveRetry } from './drive-retry.js';
export type { DriverEvents, Question } from './driver-event.js';
export type { AnswerFunction, Circumstances, CircumstancesFunction } from './driver-means.js';
export type { RetrySnapshot, StateName } from './retry-snapshot.js';
export { readSnapshot, stateNames } from './retry-snapshot.js';
