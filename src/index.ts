// The public surface of `sip-retry`: the main job, from a response to the next request. Every name is listed, so that a
// diff shows what became public. What else there is has doors of its own (decisions/0016-doors.md).

// Deciding (alone: `sip-retry/policy`).
export { factsOf } from './policy/facts-of.js';
export type { FactsOptions, LocalOutcome } from './policy/facts-of.js';
export { decide } from './policy/decide.js';
export type { Aftermath, ConditionOutcome, Decision } from './policy/decide.js';
export { rfcPolicy } from './policy/table/index.js';
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
export { defaultLimits } from './policy/limits.js';
export type { Limits } from './policy/limits.js';
export { askOf } from './policy/action.js';
export type { Action, ActionOf, ActionType, AskFor } from './policy/action.js';
export type { Citation } from './policy/citation.js';
export type { Condition, ConditionName } from './policy/condition.js';
export type { Impact } from './policy/impact.js';
export type { Learned } from './policy/learned.js';
export type { GiveUpDetail, GiveUpReason } from './policy/reason.js';

// The next request (messages as text, ACK and CANCEL: `sip-retry/request`; credentials: `sip-retry/digest`).
export { rewrite } from './request/rewrite.js';
export type { Rewritten } from './request/rewrite.js';
export type { Change } from './request/change.js';
export type { Answer, Body, Materials } from './request/materials.js';
export {
  beginRecord,
  composeNext,
  isComposable,
  noteDecision,
  noteOutcome,
  noteProvisional,
} from './request/record.js';
export type { Deadline, RequestRecord } from './request/record.js';

export type { SipRequest, SipResponse, Header } from './sip/message.js';
export type { Challenge } from './sip/challenge.js';
export type { RetryAfter } from './sip/retry-after.js';
export type { AcceptRange } from './sip/accept.js';
export type { StatusClass } from './sip/status-class.js';
