// The public surface of `sip-retry/policy`: deciding from facts, and the table that decides. Nothing is read here: facts
// come from `factsOf` of `sip-retry`, or from a parser of one's own.
export { decide } from './decide.js';
export type { Aftermath, ConditionOutcome, Decision } from './decide.js';
export { rfcPolicy } from './table/index.js';
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
export { defaultLimits } from './limits.js';
export type { Limits } from './limits.js';

export type { Action, ActionOf, ActionType } from './action.js';
export type { Citation } from './citation.js';
export type { Condition, ConditionName } from './condition.js';
export type { Impact } from './impact.js';
export type { Learned } from './learned.js';
export type { GiveUpDetail, GiveUpReason } from './reason.js';
export type { Challenge } from '../sip/challenge.js';
export type { RetryAfter } from '../sip/retry-after.js';
export type { AcceptRange } from '../sip/accept.js';
export type { StatusClass } from '../sip/status-class.js';
