// The public surface of `sip-retry/machines`: the statechart, and the host that carries a request through it. XState is
// needed here.
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
export type { AskFailure, DriverEvents, Question } from './driver-event.js';
export type { AnswerFunction, Circumstances, CircumstancesFunction, Departure, GateFunction } from './driver-means.js';
export { secret } from '../src/digest/secret.js';
export type { Secret } from '../src/digest/secret.js';
export type { Credentials, CredentialsInput, CredentialsProvider } from '../src/digest/credentials.js';
// Time, chance and tokens come in through an Environment.
export { systemEnvironment } from '../src/timing/environment.js';
export type { Environment } from '../src/timing/environment.js';
export { systemClock } from '../src/timing/clock.js';
export type { Clock } from '../src/timing/clock.js';
export type { RetrySnapshot, StateName } from './retry-snapshot.js';
export { readSnapshot, stateNames } from './retry-snapshot.js';
export type { ClientTransactionEmitted, ClientTransactionEvent } from './client-transaction-event.js';
export type { ClientTransactionContext, ClientTransactionInput } from './client-transaction-setup.js';
export type { TimerName, TimerValues, TimerWaits } from './client-transaction-timers.js';
export type { InviteClientTransactionMachine } from './invite-client-transaction.machine.js';
export { createInviteClientTransactionMachine } from './invite-client-transaction.machine.js';
export type { NonInviteClientTransactionMachine } from './non-invite-client-transaction.machine.js';
export { createNonInviteClientTransactionMachine } from './non-invite-client-transaction.machine.js';
export { SipRetryError } from '../src/sip/sip-retry-error.js';
export type { SipRetryErrorCode } from '../src/sip/sip-retry-error.js';
