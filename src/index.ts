// The public surface of `sip-retry`: the main job, from a response to the next request. Every name is listed, so that a
// diff shows what became public. What else there is has doors of its own (decisions/0016-doors.md).

// Deciding (more in `sip-retry/policy`).
export { decide } from './policy/decide.js';
export type { Aftermath, ConditionOutcome, Decision } from './policy/decide.js';
export { factsOf } from './policy/facts-of.js';
export type { FactsOptions, LocalOutcome } from './policy/facts-of.js';
export type {
  ChallengeFact,
  ChallengeVerdict,
  Client,
  Facts,
  Origin,
  RealmOf,
  RequestFacts,
  ResponseFacts,
} from './policy/facts.js';
export { emptyHistory } from './policy/history.js';
export type { AnsweredRealm, History, Provisional } from './policy/history.js';
export type { Learned } from './policy/learned.js';
export { rfcPolicy } from './policy/table/index.js';
export { extendPolicy } from './policy/extend-policy.js';
export type { ExtensionOptions, Overrides } from './policy/extend-policy.js';
export type {
  EntryKey,
  FallbackKey,
  FinalRule,
  GuardedRule,
  RetryPolicy,
  Rule,
  RuleId,
  Rules,
  StatusEntry,
} from './policy/rule.js';
export { askOf } from './policy/action.js';
export type { Action, ActionInfo, ActionOf, ActionType, AskFor, RetryState } from './policy/action.js';
export type { Citation } from './policy/citation.js';
export type { Condition, ConditionName } from './policy/condition.js';
export type { Impact } from './policy/impact.js';
export { defaultLimits } from './policy/limits.js';
export { withLimits } from './policy/set-limits.js';
export type { Limits } from './policy/limits.js';
export type { GiveUpDetail, GiveUpReason } from './policy/reason.js';
export { SipRetryError } from './sip/sip-retry-error.js';
export type { SipRetryErrorCode } from './sip/sip-retry-error.js';
export type { SipRequest, SipResponse, Header } from './sip/message.js';
export type { Challenge } from './sip/challenge.js';
export type { RetryAfter } from './sip/retry-after.js';
export type { AcceptRange } from './sip/accept.js';
export type { StatusClass } from './sip/status-class.js';

// Messages and the next request (also `sip-retry/request`).
export { readMessage } from './sip/read-message.js';
export type { ReadMessage, ReadNote } from './sip/read-message.js';
export { writeMessage } from './sip/write-message.js';
export { octetsOf, textOf } from './sip/octets.js';
export { allHeaders, firstHeader, removeHeader, replaceHeaders, setHeader } from './sip/header-list.js';
export { rewrite } from './request/rewrite.js';
export type { Rewritten } from './request/rewrite.js';
export type { Change } from './request/change.js';
export type { Answer, Body, Materials } from './request/materials.js';
export { ackOf, cancelOf } from './request/ack-and-cancel.js';
export { CANCEL_PATIENCE_MS, noteCancelSent, noteRefusal } from './request/note-lifecycle.js';
export {
  beginRecord,
  composeNext,
  isComposable,
  noteDecision,
  noteOutcome,
  noteProvisional,
} from './request/record.js';
export type { Deadline, RequestRecord } from './request/record.js';

// Credentials (also `sip-retry/digest`).
export { Keyring } from './digest/keyring.js';
export type { KeyringOptions, KeyringVerdicts, RealmOfKind, ServerProof } from './digest/keyring.js';
export type { CredentialUse } from './digest/verdicts.js';
export { authorize } from './digest/authorize.js';
export type { AuthorizeOptions } from './digest/authorize.js';
export { credentialsFor, readCredentials, readCredentialsList } from './digest/credentials.js';
export type { Credentials, CredentialsInput, CredentialsProvider } from './digest/credentials.js';
export { Secret, secret } from './digest/secret.js';
export { digestResponse, ha1Of, rspauth } from './digest/digest.js';
export type { DigestIdentity, DigestKey, DigestQuestion } from './digest/digest.js';
export { nobleHashes } from './digest/hash.js';
export type { HashFunctions } from './digest/hash.js';
export { readChallenges } from './sip/challenge.js';
export type { DigestAlgorithm, DigestHash, DigestQop } from './sip/digest-algorithm.js';

// The host that carries a request through (the statechart itself: `sip-retry/machines`).
export type { Outcome } from '../machines/outcome.js';
export type { DrivenRequest, DriveRetryOptions } from '../machines/drive-retry.js';
export { driveRetry } from '../machines/drive-retry.js';
export type { DriverEvents, Question } from '../machines/driver-event.js';
export type {
  AnswerFunction,
  Circumstances,
  CircumstancesFunction,
  Departure,
  GateFunction,
} from '../machines/driver-means.js';
export type { RetrySnapshot, StateName } from '../machines/retry-snapshot.js';

// Time, chance and tokens come in through an Environment.
export { systemEnvironment } from './timing/environment.js';
export type { Environment } from './timing/environment.js';
export { systemClock } from './timing/clock.js';
export type { Clock } from './timing/clock.js';
