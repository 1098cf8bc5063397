// The public surface of `sip-retry/policy/describe`: a policy, an action and a reason in words for people.
export { rfcPolicy } from './table/index.js';
export { describeEntry, describePolicy } from './describe-policy.js';
export type { EntryDescription, PolicyRow, RuleRow } from './describe-policy.js';
export { policyToMarkdown, policyToText } from './policy-table.js';
export { actionLabels } from './action-label.js';
export { conditionSentences } from './condition-sentence.js';
export { giveUpSentences } from './reason-sentence.js';
export { lookUp } from './look-up.js';
export type { FoundEntry } from './look-up.js';
export { actionStates } from './action-state.js';
export type { RetryState } from './action-state.js';
export { actionCosts } from './action.js';
export type { ActionCost, ActionType } from './action.js';
export type { ConditionName } from './condition.js';
export type { GiveUpReason } from './reason.js';
export type { RetryPolicy } from './rule.js';
export { SipRetryError } from '../sip/sip-retry-error.js';
export type { SipRetryErrorCode } from '../sip/sip-retry-error.js';
