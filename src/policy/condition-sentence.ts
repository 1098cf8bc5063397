// What each condition asks, in words: for the table, the command line and the schema. Deciding needs none of it.
import type { ConditionName } from './condition.js';

/** The sentence of each condition; one without a sentence does not compile. */
export const conditionSentences: { readonly [K in ConditionName]: string } = {
  // dialog
  endsUsage: 'the response ends the dialog or the usage that the request belongs to',
  isInDialog: 'the request was sent inside a dialog',

  // authentication
  hasChallenge: 'the response carries a challenge',
  hasUsableChallenge: 'the response carries a challenge that this client understands',
  challengeRejects: 'credentials for one of the realms were just refused',
  challengeAnswerable: 'credentials exist, or may exist, for at least one realm that asks',
  credentialsUnproven: 'the request carried credentials that no server has accepted yet',
  securityAgreeable: 'the server lists a security mechanism that this client implements',
  securityListChanged: 'the server now lists other security mechanisms than before',

  // interval
  intervalApplies: 'the request asks for an interval that is not 0',
  intervalBelowMinimum: 'the interval sent is below Min-Expires',
  minimumAcceptable: 'the minimum is within this client’s limit',
  noUsableMinExpires: 'Min-Expires is missing, malformed or not above what was sent',
  notYetRaised: 'no interval has been raised in this request yet',
  askedBelowOneHour: 'less than an hour was asked for',
  sessionIntervalApplies: 'the request may carry a session interval',
  sessionIntervalBelowMinimum: 'the largest Min-SE seen is not in the request yet',
  noMinSe: 'Min-SE is missing or malformed',
  sessionIntervalSent: 'the request carries Session-Expires',

  // content
  bodyCanShrink: 'the body can be left out or made smaller',
  acceptableContentLeft: 'there is another content that the server accepts',
  nothingAcceptable: 'the server accepts no content at all',
  bodyOmissible: 'the request has a meaning without its body',
  hasBody: 'the request has a body',
  acceptCanWiden: 'this client can accept more than the request said',
  certificateOffered: 'the response brings the certificate to encrypt for',
  offerCanChange: 'another offer can be made',
  isConditionalPublish: 'the request is a PUBLISH with SIP-If-Match',
  isRemoval: 'the request only removes',

  // extension
  requiredTagListed: 'an extension that the request requires can be dropped',
  supportedTagListed: 'the refused extension is only offered, and can be left out',
  unlistedTagDroppable: 'nothing is listed, and the request requires extensions that can be dropped',
  pathMissing: 'a proxy needs Path, which this client implements and did not say',
  proxyTagListed: 'an extension of Proxy-Require is refused',
  extensionsAddable: 'this client implements every extension that is asked for and has not said so',
  extensionsRequirable: 'the extension asked for must be required, not only supported',
  sentOutbound: 'the REGISTER carries reg-id',
  sentPush: 'the REGISTER carries push parameters',

  // identity
  canSign: 'this client signs its requests itself',
  isUnsigned: 'the request carries no Identity',
  notYetSigned: 'the Identity was not renewed yet',
  referrerMissing: 'the request is a REFER to which no Referred-By token was added yet',
  locationCorrectable: 'the request carries a location that may be corrected',
  isAnonymous: 'the request hides who calls',
  priorityChangeable: 'another resource priority may be chosen',

  // addressing
  uriCanShorten: 'the Request-URI can be made shorter',
  uriIsSips: 'the Request-URI is a SIPS URI',
  uriConvertible: 'the Request-URI has another scheme that can be written as a SIP URI',
  digitsExtendable: 'a telephone number was dialled to which digits can be added',
  hasChoices: 'the response lists addresses not tried yet',
  targetLeft: 'a target of the redirection is left',
  sipsNotAllowed: 'the server says that SIPS is not allowed (Warning 380)',
  maxForwardsLow: 'Max-Forwards was below 70 and was not raised yet',

  // time
  hasRetryAfter: 'the response says Retry-After',
  retryAfterTooLong: 'Retry-After asks for a longer wait than this client’s limits allow',
  redialWanted: 'the application wants the call repeated by itself',
  glareApplies: 'an offer inside a dialog crossed another one',
  isRepeatable: 'repeating the request later does no harm (REGISTER, SUBSCRIBE, PUBLISH, OPTIONS)',
  cseqMayBeLow: 'the server may have seen a higher CSeq, and none was tried yet',

  // elsewhere
  serverLeft: 'a server of the server set was not tried yet',
  nothingReceived: 'nothing at all was received',
  nobodyRinging: 'nobody can be ringing',
  fromWire: 'the response came from the network',
  fromTimer: 'no final response came in time',
  fromRestart: 'the client was restarted while the request was in flight',
  wasExecutedMaybe: 'the request may have been carried out (MESSAGE, INFO, REFER)',
};
