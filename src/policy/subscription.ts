// The public surface of `sip-retry/policy/subscription`: what a subscriber does when a NOTIFY ends its subscription.
export { decideOnTermination } from './subscription-termination.js';
export type { TerminationDecision, TerminationOptions } from './subscription-termination.js';
export { readSubscriptionState } from '../sip/subscription-state.js';
export type { SubscriptionState } from '../sip/subscription-state.js';
export type { ActionOf } from './action.js';
export type { Citation } from './citation.js';
export { defaultLimits } from './limits.js';
export type { Limits } from './limits.js';
export type { GiveUpReason } from './reason.js';
