// The door for embedding: requests that share a core.
export type { BeforeSendFailure, Hold, HoldReason, StoreFailure, UacEvents } from './uac-event.js';
export type { CancelReason, UacOutcome } from './uac-outcome.js';
export type { UacSnapshot } from './uac-snapshot.js';
export type { RequestStore, StoredRequest, StoredRequests, UnreadableEntry } from './request-store.js';
export { memoryStore } from './request-store.js';
export type { ResumedRequests, ResumeOptions } from './resume-stored.js';
export { resumeStored } from './resume-stored.js';
export type { UacCore, UacCoreOptions } from './uac-core.js';
export { createUacCore } from './uac-core.js';
export { secret } from '../digest/secret.js';
export type { Secret } from '../digest/secret.js';
export type { UacRequest, UacRequestOptions } from './uac-request.js';
export { createUacRequest, resumeUacRequest } from './uac-request.js';
export type { BeforeSend, SendAbout } from './before-send.js';
export type { DialogId } from './line-of.js';
export type { SendResult, SendWithRetryOptions, Transact, TransactAbout } from './send-with-retry.js';
export { sendWithRetry } from './send-with-retry.js';
// What outlives a request.
export { applyLearned } from './apply-learned.js';
export type { AppliedLearning, Remark } from './apply-learned.js';
export { LearnedStore } from './learned.js';
export type { LearnedFor } from './learned.js';
export { learnFrom } from './learned-from.js';
export { authorizeAhead } from './learned-credentials.js';
export type { AuthorizedAhead } from './learned-credentials.js';
// Registrations.
export { keepRegistered, resumeRegistration } from './keep-registered.js';
export type { KeepRegisteredOptions, Registration } from './keep-registered.js';
export type { ProbeCause, RegistrationEvents, RegistrationState, StopReason } from './registration-event.js';
export type { RegistrationSnapshot, Wish } from './registration-snapshot.js';
export { readRegistrationSnapshot } from './registration-snapshot.js';
export { grantedTo } from './granted.js';
export type { Grant, GrantedBinding, GrantOptions } from './granted.js';
// The bound on what all requests of a core send.
export { requestBound } from '../budget/request-bound.js';
export type { RequestBound } from '../budget/request-bound.js';
export { SipRetryError } from '../sip/sip-retry-error.js';
export type { SipRetryErrorCode } from '../sip/sip-retry-error.js';
