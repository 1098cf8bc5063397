// The public surface of `sip-retry/policy/custom`: rows and limits of one's own, from code or from JSON, and what is wrong in
// them.
export { rfcPolicy } from './table/index.js';
export { extendPolicy } from './extend-policy.js';
export type { ExtensionOptions, Overrides } from './extend-policy.js';
export { onlyStatuses } from './only-statuses.js';
export { parsePolicy } from './parse-policy.js';
export type { ParsedPolicy } from './parse-policy.js';
export { policyToJson } from './policy-json.js';
export type { PolicyJson } from './policy-json.js';
export { defaultLimits, maxWaitOf } from './limits.js';
export type { Limits } from './limits.js';
export { limitDefects, withLimits } from './set-limits.js';
export { sentenceOf } from './defect.js';
export type { Defect } from './defect.js';

export { conditions } from './condition.js';
export type { Condition, ConditionName } from './condition.js';
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
export type { ActionType } from './action.js';
export type { Citation } from './citation.js';
export type { Facts } from './facts.js';
export type { Impact } from './impact.js';
export { giveUpReasons } from './reason.js';
export type { GiveUpReason } from './reason.js';
export { SipRetryError } from '../sip/sip-retry-error.js';
export type { SipRetryErrorCode } from '../sip/sip-retry-error.js';
