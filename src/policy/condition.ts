// The closed vocabulary of conditions: named predicates over facts. What each asks, in words: condition-sentence.ts.
import { challengeRejects, credentialsUnproven } from './challenge-choice.js';
import { retryAfterTooLong } from './delay.js';
import type { Facts } from './facts.js';
import { impactOf, type Impact } from './impact.js';
import {
  acceptCanWiden,
  acceptableContentLeft,
  bodyCanShrink,
  bodyOmissible,
  certificateOffered,
  isConditionalPublish,
  locationCorrectable,
  offerCanChange,
  priorityChangeable,
} from './content.js';
import {
  extensionsAddable,
  extensionsRequirable,
  pathMissing,
  proxyTagListed,
  requiredTagListed,
  supportedTagListed,
  unlistedTagDroppable,
} from './extension.js';
import {
  askedBelowOneHour,
  intervalApplies,
  intervalBelowMinimum,
  minimumAcceptable,
  noUsableMinExpires,
  notYetRaised,
  sessionIntervalApplies,
  sessionIntervalBelowMinimum,
} from './interval.js';
import { securityAgreeable, securityListChanged } from './security.js';
import {
  digitsExtendable,
  hasChoices,
  isRepeatable,
  maxForwardsLow,
  redialWanted,
  serverLeft,
  targetLeft,
  uriCanShorten,
  uriConvertible,
  wasExecutedMaybe,
} from './target.js';

/** A predicate over facts and the impact column of the entry. Pure and total: it never throws and never looks at anything else. */
export type Condition = (facts: Facts, column: Impact) => boolean;

/** Every condition by name. */
export const conditions = {
  // dialog
  endsUsage: (facts, column) => impactOf(column, facts) !== 'transaction',
  isInDialog: ({ request }) => request.inDialog,

  // authentication
  hasChallenge: ({ response }) => response.challengesOffered > 0,
  hasUsableChallenge: ({ response }) => response.challenges.length > 0,
  challengeRejects,
  challengeAnswerable: ({ response }) => response.challenges.some(({ credentials }) => credentials !== 'none'),
  credentialsUnproven,
  securityAgreeable,
  securityListChanged,

  // interval
  intervalApplies,
  intervalBelowMinimum,
  minimumAcceptable,
  noUsableMinExpires,
  notYetRaised,
  askedBelowOneHour,
  sessionIntervalApplies,
  sessionIntervalBelowMinimum,
  noMinSe: ({ response }) => response.minSe === undefined,
  sessionIntervalSent: ({ request }) => request.sessionExpires !== undefined,

  // content
  bodyCanShrink,
  acceptableContentLeft,
  nothingAcceptable: ({ response }) => response.accept?.every(({ q }) => q === 0) === true,
  bodyOmissible,
  hasBody: ({ request }) => request.bodyLength > 0,
  acceptCanWiden,
  certificateOffered,
  offerCanChange,
  isConditionalPublish,
  isRemoval: ({ request }) => request.removal,

  // extension
  requiredTagListed,
  supportedTagListed,
  unlistedTagDroppable,
  pathMissing,
  proxyTagListed,
  extensionsAddable,
  extensionsRequirable,
  sentOutbound: ({ request }) => request.regId,
  sentPush: ({ request }) => request.push,

  // identity
  canSign: ({ client }) => client.canSign === true,
  isUnsigned: ({ request }) => !request.signed,
  notYetSigned: ({ history }) => history.taken.addIdentity === undefined,
  referrerMissing: ({ request, history }) => request.method === 'REFER' && history.taken.addReferredBy === undefined,
  locationCorrectable,
  isAnonymous: ({ request, history }) => request.anonymous && history.taken.revealIdentity === undefined,
  priorityChangeable,

  // addressing
  uriCanShorten,
  uriIsSips: ({ request }) => request.scheme === 'sips',
  uriConvertible,
  digitsExtendable,
  hasChoices,
  targetLeft,
  sipsNotAllowed: ({ request, response }) => request.scheme === 'sips' && response.warnings.includes(380),
  maxForwardsLow,

  // time
  hasRetryAfter: ({ response }) => response.retryAfter !== undefined,
  retryAfterTooLong,
  redialWanted,
  glareApplies: ({ request }) => request.inDialog && (request.method === 'INVITE' || request.method === 'UPDATE'),
  isRepeatable,
  cseqMayBeLow: ({ request, history }) => request.inDialog && history.waits.backoff === 0,

  // elsewhere
  serverLeft,
  nothingReceived: ({ history }) => history.provisional === 'none',
  nobodyRinging: ({ history }) => history.provisional !== 'alerting',
  fromWire: ({ origin }) => origin === 'wire',
  fromTimer: ({ origin }) => origin === 'timer',
  fromRestart: ({ origin }) => origin === 'restart',
  wasExecutedMaybe,
} satisfies { readonly [name: string]: Condition };

/** The name of a condition. */
export type ConditionName = keyof typeof conditions;

/** Whether this is the name of a condition of the vocabulary. */
export function isConditionName(name: string): name is ConditionName {
  return Object.hasOwn(conditions, name);
}
