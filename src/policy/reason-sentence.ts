// What each reason for giving up tells a person. Deciding needs none of it.
import type { GiveUpReason } from './reason.js';

/** The sentence of each reason, for the person in front of the UAC; one without a sentence does not compile. */
export const giveUpSentences: { readonly [K in GiveUpReason]: string } = {
  credentialsRejected: 'the server refused these credentials; they must change before they are sent again',
  noCredentials: 'there are no credentials for the realm that asks for them',
  noUsableChallenge:
    'no challenge in the response can be answered (unknown or refused scheme, algorithm or quality of protection)',
  refused: 'the server refused the request; repeating it cannot help',
  forbidden: 'the server understood the request and refuses to fulfil it; credentials will not help',
  notFound: 'the user does not exist at the address that was asked for',
  gone: 'the address is gone for good and no forwarding address is known',
  busy: 'the called party is busy',
  unavailable: 'the called party or the service is not available now',
  intervalRefused: 'the interval is too brief for the server and cannot be raised further',
  malformedResponse: 'the response lacks what it must carry, so there is nothing to act on',
  cannotCorrect: 'the response asks for a change that cannot be made',
  noAnswer: 'no answer came in time',
  declined: 'the called party declined',
  loopDetected: 'the request went in a circle or through too many hops',
  usageEnded: 'the response ends the dialog or the dialog usage that the request belongs to',
  downgradeRefused: 'going on would weaken security, which only a person may decide',
  notRetriable: 'ACK and CANCEL belong to the transaction of the INVITE and are never retried',
  outcomeUnknown: 'nobody knows whether the request was carried out, so it is not repeated',
  noServerLeft: 'the request reached no server and none is left to try',
  noTargetLeft: 'the redirection names no address that may be tried',
  attemptsExhausted: 'the limit on attempts is reached',
  deadlinePassed: 'the limit on elapsed time would be passed',
  retryAfterTooLong: 'the server asks for a longer wait than the limit allows',
  budgetExhausted: 'the retry budget that this server has left is spent',
  ceilingReached: 'the ceiling of requests a minute for this server and address-of-record is reached',
};
