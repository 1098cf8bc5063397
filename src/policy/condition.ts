// The closed vocabulary of conditions: named predicates over facts, each with the sentence that explains it.
import { challengeRejects, credentialsUnproven } from './challenge-choice.js';
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

/** A condition of the vocabulary: what it asks, and the sentence that says so. */
export interface ConditionDefinition {
  readonly sentence: string;
  readonly holds: Condition;
}

/** Every condition by name. */
export const conditions = {
  // dialog
  endsUsage: {
    sentence: 'the response ends the dialog or the usage that the request belongs to',
    holds: (facts, column) => impactOf(column, facts) !== 'transaction',
  },
  isInDialog: { sentence: 'the request was sent inside a dialog', holds: ({ request }) => request.inDialog },

  // authentication
  hasChallenge: {
    sentence: 'the response carries a challenge',
    holds: ({ response }) => response.challengesOffered > 0,
  },
  hasUsableChallenge: {
    sentence: 'the response carries a challenge that this client understands',
    holds: ({ response }) => response.challenges.length > 0,
  },
  challengeRejects: {
    sentence: 'credentials for one of the realms were just refused',
    holds: challengeRejects,
  },
  challengeAnswerable: {
    sentence: 'credentials exist, or may exist, for at least one realm that asks',
    holds: ({ response }) => response.challenges.some(({ credentials }) => credentials !== 'none'),
  },
  credentialsUnproven: {
    sentence: 'the request carried credentials that no server has accepted yet',
    holds: credentialsUnproven,
  },
  securityAgreeable: {
    sentence: 'the server lists a security mechanism that this client implements',
    holds: securityAgreeable,
  },
  securityListChanged: {
    sentence: 'the server now lists other security mechanisms than before',
    holds: securityListChanged,
  },

  // interval
  intervalApplies: { sentence: 'the request asks for an interval that is not 0', holds: intervalApplies },
  intervalBelowMinimum: { sentence: 'the interval sent is below Min-Expires', holds: intervalBelowMinimum },
  minimumAcceptable: { sentence: 'the minimum is within this client’s limit', holds: minimumAcceptable },
  noUsableMinExpires: {
    sentence: 'Min-Expires is missing, malformed or not above what was sent',
    holds: noUsableMinExpires,
  },
  notYetRaised: { sentence: 'no interval has been raised in this request yet', holds: notYetRaised },
  askedBelowOneHour: { sentence: 'less than an hour was asked for', holds: askedBelowOneHour },
  sessionIntervalApplies: { sentence: 'the request may carry a session interval', holds: sessionIntervalApplies },
  sessionIntervalBelowMinimum: {
    sentence: 'the largest Min-SE seen is not in the request yet',
    holds: sessionIntervalBelowMinimum,
  },
  noMinSe: { sentence: 'Min-SE is missing or malformed', holds: ({ response }) => response.minSe === undefined },
  sessionIntervalSent: {
    sentence: 'the request carries Session-Expires',
    holds: ({ request }) => request.sessionExpires !== undefined,
  },

  // content
  bodyCanShrink: { sentence: 'the body can be left out or made smaller', holds: bodyCanShrink },
  acceptableContentLeft: { sentence: 'there is another content that the server accepts', holds: acceptableContentLeft },
  nothingAcceptable: {
    sentence: 'the server accepts no content at all',
    holds: ({ response }) => response.accept?.every(({ q }) => q === 0) === true,
  },
  bodyOmissible: { sentence: 'the request has a meaning without its body', holds: bodyOmissible },
  hasBody: { sentence: 'the request has a body', holds: ({ request }) => request.bodyLength > 0 },
  acceptCanWiden: { sentence: 'this client can accept more than the request said', holds: acceptCanWiden },
  certificateOffered: { sentence: 'the response brings the certificate to encrypt for', holds: certificateOffered },
  offerCanChange: { sentence: 'another offer can be made', holds: offerCanChange },
  isConditionalPublish: { sentence: 'the request is a PUBLISH with SIP-If-Match', holds: isConditionalPublish },
  isRemoval: { sentence: 'the request only removes', holds: ({ request }) => request.removal },

  // extension
  requiredTagListed: { sentence: 'an extension that the request requires can be dropped', holds: requiredTagListed },
  supportedTagListed: {
    sentence: 'the refused extension is only offered, and can be left out',
    holds: supportedTagListed,
  },
  unlistedTagDroppable: {
    sentence: 'nothing is listed, and the request requires extensions that can be dropped',
    holds: unlistedTagDroppable,
  },
  pathMissing: { sentence: 'a proxy needs Path, which this client implements and did not say', holds: pathMissing },
  proxyTagListed: { sentence: 'an extension of Proxy-Require is refused', holds: proxyTagListed },
  extensionsAddable: {
    sentence: 'this client implements every extension that is asked for and has not said so',
    holds: extensionsAddable,
  },
  extensionsRequirable: {
    sentence: 'the extension asked for must be required, not only supported',
    holds: extensionsRequirable,
  },
  sentOutbound: { sentence: 'the REGISTER carries reg-id', holds: ({ request }) => request.regId },
  sentPush: { sentence: 'the REGISTER carries push parameters', holds: ({ request }) => request.push },

  // identity
  canSign: { sentence: 'this client signs its requests itself', holds: ({ client }) => client.canSign === true },
  isUnsigned: { sentence: 'the request carries no Identity', holds: ({ request }) => !request.signed },
  notYetSigned: {
    sentence: 'the Identity was not renewed yet',
    holds: ({ history }) => history.taken.addIdentity === undefined,
  },
  referrerMissing: {
    sentence: 'the request is a REFER to which no Referred-By token was added yet',
    holds: ({ request, history }) => request.method === 'REFER' && history.taken.addReferredBy === undefined,
  },
  locationCorrectable: { sentence: 'the request carries a location that may be corrected', holds: locationCorrectable },
  isAnonymous: {
    sentence: 'the request hides who calls',
    holds: ({ request, history }) => request.anonymous && history.taken.revealIdentity === undefined,
  },
  priorityChangeable: { sentence: 'another resource priority may be chosen', holds: priorityChangeable },

  // addressing
  uriCanShorten: { sentence: 'the Request-URI can be made shorter', holds: uriCanShorten },
  uriIsSips: { sentence: 'the Request-URI is a SIPS URI', holds: ({ request }) => request.scheme === 'sips' },
  uriConvertible: {
    sentence: 'the Request-URI has another scheme that can be written as a SIP URI',
    holds: uriConvertible,
  },
  digitsExtendable: {
    sentence: 'a telephone number was dialled to which digits can be added',
    holds: digitsExtendable,
  },
  hasChoices: { sentence: 'the response lists addresses not tried yet', holds: hasChoices },
  targetLeft: { sentence: 'a target of the redirection is left', holds: targetLeft },
  sipsNotAllowed: {
    sentence: 'the server says that SIPS is not allowed (Warning 380)',
    holds: ({ request, response }) => request.scheme === 'sips' && response.warnings.includes(380),
  },
  maxForwardsLow: { sentence: 'Max-Forwards was below 70 and was not raised yet', holds: maxForwardsLow },

  // time
  hasRetryAfter: {
    sentence: 'the response says Retry-After',
    holds: ({ response }) => response.retryAfter !== undefined,
  },
  redialWanted: {
    sentence: 'the application wants the call repeated by itself',
    holds: redialWanted,
  },
  glareApplies: {
    sentence: 'an offer inside a dialog crossed another one',
    holds: ({ request }) => request.inDialog && (request.method === 'INVITE' || request.method === 'UPDATE'),
  },
  isRepeatable: {
    sentence: 'repeating the request later does no harm (REGISTER, SUBSCRIBE, PUBLISH, OPTIONS)',
    holds: isRepeatable,
  },
  cseqMayBeLow: {
    sentence: 'the server may have seen a higher CSeq, and none was tried yet',
    holds: ({ request, history }) => request.inDialog && history.waits.backoff === 0,
  },

  // elsewhere
  serverLeft: { sentence: 'a server of the server set was not tried yet', holds: serverLeft },
  nothingReceived: { sentence: 'nothing at all was received', holds: ({ history }) => history.provisional === 'none' },
  nobodyRinging: { sentence: 'nobody can be ringing', holds: ({ history }) => history.provisional !== 'alerting' },
  fromWire: { sentence: 'the response came from the network', holds: ({ origin }) => origin === 'wire' },
  fromTimer: { sentence: 'no final response came in time', holds: ({ origin }) => origin === 'timer' },
  fromRestart: {
    sentence: 'the client was restarted while the request was in flight',
    holds: ({ origin }) => origin === 'restart',
  },
  wasExecutedMaybe: {
    sentence: 'the request may have been carried out (MESSAGE, INFO, REFER)',
    holds: wasExecutedMaybe,
  },
} as const satisfies { readonly [name: string]: ConditionDefinition };

/** The name of a condition. */
export type ConditionName = keyof typeof conditions;

/** Whether this is the name of a condition of the vocabulary. */
export function isConditionName(name: string): name is ConditionName {
  return Object.hasOwn(conditions, name);
}
