// The public surface of `sip-retry`: every name, listed one by one, so that a diff shows what became public.

// Deciding (also `sip-retry/policy`).
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
export { onlyStatuses } from './policy/only-statuses.js';
export { parsePolicy } from './policy/parse-policy.js';
export type { ParsedPolicy } from './policy/parse-policy.js';
export { policyToJson } from './policy/policy-json.js';
export type { PolicyJson } from './policy/policy-json.js';
export { sentenceOf } from './policy/defect.js';
export type { Defect } from './policy/defect.js';
export { describeEntry, describePolicy } from './policy/describe-policy.js';
export type { EntryDescription, PolicyRow, RuleRow } from './policy/describe-policy.js';
export { lookUp } from './policy/look-up.js';
export type { FoundEntry } from './policy/look-up.js';
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
export { actionInfo, askOf } from './policy/action.js';
export type { Action, ActionInfo, ActionOf, ActionType, AskFor, RetryState } from './policy/action.js';
export type { Citation } from './policy/citation.js';
export { conditions } from './policy/condition.js';
export { conditionSentences } from './policy/condition-sentence.js';
export type { Condition, ConditionName } from './policy/condition.js';
export type { Impact } from './policy/impact.js';
export { defaultLimits, limitDefects, maxWaitOf, withLimits } from './policy/limits.js';
export type { Limits } from './policy/limits.js';
export { giveUpReasons } from './policy/reason.js';
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
export { beginRecord, composeNext, isComposable, noteDecision, noteProvisional } from './request/record.js';
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

// The statechart and its host (also `sip-retry/machines`).
export type { RetryMachine } from '../machines/retry.machine.js';
export { createRetryMachine } from '../machines/retry.machine.js';
export type { RetryInput, RetryTag } from '../machines/retry-setup.js';
export type { AttemptEnded, EventMaterials, Progressed, RetryEmitted, RetryEvent } from '../machines/retry-event.js';
export { attemptEnded, progressed } from '../machines/retry-event.js';
export { exportMachine } from '../machines/export-machine.js';
export type { Outcome } from '../machines/outcome.js';
export { outcomeOf } from '../machines/outcome.js';
export type { PolicyEdge, PolicyProjection, ProjectionOptions, RetryGuard } from '../machines/project-policy.js';
export { projectPolicy } from '../machines/project-policy.js';
export type { DrivenRequest, DriveRetryOptions } from '../machines/drive-retry.js';
export { driveRetry } from '../machines/drive-retry.js';
export type { DriverEvents, Question } from '../machines/driver-event.js';
export type { AnswerFunction } from '../machines/driver-means.js';
export type { RetrySnapshot, StateName } from '../machines/retry-snapshot.js';
export { readSnapshot, stateNames } from '../machines/retry-snapshot.js';

// Time, chance and tokens come in through an Environment.
export { systemEnvironment } from './timing/environment.js';
export type { Environment } from './timing/environment.js';
export { systemClock } from './timing/clock.js';
export type { Clock } from './timing/clock.js';
export { VirtualClock } from './timing/virtual-clock.js';
export { seededRandom } from './timing/random.js';
export { seededToken } from './timing/random.js';
