// The public surface of `sip-retry/policy`: deciding, and the table that decides. Nothing outside src/sip is needed.
// A policy from JSON: `sip-retry/policy/custom`. A policy in words: `sip-retry/policy/describe`.
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
export { decideOnTermination } from './subscription-termination.js';
export type { TerminationDecision, TerminationOptions } from './subscription-termination.js';

export { rfcPolicy } from './table/index.js';
export { extendPolicy } from './extend-policy.js';
export type { ExtensionOptions, Overrides } from './extend-policy.js';
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
export type { Condition, ConditionName } from './condition.js';
export type { Impact } from './impact.js';
export { defaultLimits, maxWaitOf } from './limits.js';
export { withLimits } from './set-limits.js';
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
export { readSubscriptionState } from '../sip/subscription-state.js';
export type { SubscriptionState } from '../sip/subscription-state.js';
