// Whether a corrective request differs in what the response complained about: "The client SHOULD NOT retry the same
// request without modification" (RFC 3261 §21.4).
import type { ActionType } from '../policy/action.js';
import { firstHeader } from '../sip/header-list.js';
import type { SipRequest } from '../sip/message.js';
import { octetLength } from '../sip/octets.js';
import type { Change } from './change.js';
import { isNobody } from './rewrite-identity.js';

/** The next request as it is judged. */
export interface Step {
  readonly next: SipRequest;
  readonly changes: readonly Change[];
  /** Whether a challenge is answered, or will be when the request is sent. */
  readonly isAnswered: boolean;
}

/** Whether this step can fare better than the last request; actions of time and place always can. */
export function didProgress(type: ActionType, step: Step): boolean {
  return judges[type](step);
}

type Judge = (step: Step) => boolean;

const always: Judge = () => true;
const never: Judge = () => false;

/** A change in one of these places. */
function changed(...places: readonly string[]): Judge {
  return ({ changes }) => changes.some(({ what }) => places.includes(what));
}

const hides = changed('From', 'Privacy');

const judges: { readonly [K in ActionType]: Judge } = {
  authenticate: ({ isAnswered }) => isAnswered,
  agreeSecurity: changed('Security-Verify'),
  raiseInterval: changed('Expires', 'Contact', 'Session-Expires', 'Min-SE'),
  shrinkBody: ({ changes }) =>
    changes.some(({ what, before, after }) => what === 'Body' && lengthOf(after) < lengthOf(before)),
  changeContent: changed(
    'Body',
    'Accept',
    'Content-Type',
    'Content-Encoding',
    'Content-Language',
    'Content-Disposition',
  ),
  changeOffer: changed('Body'),
  changeUri: changed('Request-URI'),
  dropExtensions: changed('Require', 'Proxy-Require', 'Supported', 'Contact', 'Session-Expires', 'Min-SE'),
  addExtensions: changed('Supported', 'Require'),
  addIdentity: changed('Identity'),
  addReferredBy: changed('Referred-By'),
  changeLocation: changed('Geolocation', 'Body'),
  changePriority: changed('Resource-Priority'),
  raiseMaxForwards: changed('Max-Forwards'),
  // Without Privacy, but with a From that still names nobody, the caller is as anonymous as before.
  revealIdentity: (step) => hides(step) && !isNobody(firstHeader(step.next.headers, 'From')),
  republish: changed('SIP-If-Match'),
  extendDigits: changed('Request-URI'),
  chooseTarget: changed('Request-URI'),
  wait: always,
  tryOtherServer: always,
  tryOtherTarget: always,
  accept: never,
  giveUp: never,
  custom: always,
};

function lengthOf(values: readonly string[]): number {
  return octetLength(values.join(''));
}
