// The public surface of `sip-retry/policy`: deciding, and the table that decides. Nothing outside src/sip is needed.
export { decide } from './decide.js';
export type { Aftermath, ConditionOutcome, Decision } from './decide.js';
export { factsOf } from './facts-of.js';
export type { FactsOptions, LocalOutcome } from './facts-of.js';
export type {
  ChallengeFact,
  ChallengeVerdict,
  Client,
  Facts,
  Origin,
  RealmOf,
  RequestFacts,
  ResponseFacts,
} from './facts.js';
export { emptyHistory } from './history.js';
export type { AnsweredRealm, History, Provisional } from './history.js';
export type { Learned } from './learned.js';

export { rfcPolicy } from './table/index.js';
export { extendPolicy } from './extend-policy.js';
export type { ExtensionOptions, Overrides } from './extend-policy.js';
export { onlyStatuses } from './only-statuses.js';
export { parsePolicy } from './parse-policy.js';
export type { ParsedPolicy } from './parse-policy.js';
export { policyToJson } from './policy-json.js';
export type { PolicyJson } from './policy-json.js';
export { sentenceOf } from './defect.js';
export type { Defect } from './defect.js';
export { describeEntry, describePolicy } from './describe-policy.js';
export type { EntryDescription, PolicyRow, RuleRow } from './describe-policy.js';
export { lookUp } from './look-up.js';
export type { FoundEntry } from './look-up.js';
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
} from './rule.js';

export { actionInfo, askOf } from './action.js';
export type { Action, ActionInfo, ActionOf, ActionType, AskFor, RetryState } from './action.js';
export type { Citation } from './citation.js';
export { conditions } from './condition.js';
export { conditionSentences } from './condition-sentence.js';
export type { Condition, ConditionName } from './condition.js';
export type { Impact } from './impact.js';
export { defaultLimits, limitDefects, maxWaitOf, withLimits } from './limits.js';
export type { Limits } from './limits.js';
export { giveUpReasons } from './reason.js';
export type { GiveUpDetail, GiveUpReason } from './reason.js';

export { SipRetryError } from '../sip/sip-retry-error.js';
export type { SipRetryErrorCode } from '../sip/sip-retry-error.js';
export type { SipRequest, SipResponse } from '../sip/message.js';
export type { Challenge } from '../sip/challenge.js';
export type { RetryAfter } from '../sip/retry-after.js';
export type { AcceptRange } from '../sip/accept.js';
export type { StatusClass } from '../sip/status-class.js';
