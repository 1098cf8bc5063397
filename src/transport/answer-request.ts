// What this user agent answers to requests: it places calls and subscriptions, and is a server only inside them.
import { tagOf, withTag } from '../sip/address.js';
import { allHeaders, firstHeader } from '../sip/header-list.js';
import type { Header, SipRequest, SipResponse } from '../sip/message.js';
import { readSessionExpires, type SessionExpires } from '../sip/session-interval.js';
import { phraseOf } from '../sip/status-code.js';

/** How a request that came in stands to what this user agent has begun. */
export interface IncomingPlace {
  /** It belongs to a call of ours. */
  readonly inCall: boolean;
  /** It belongs to a subscription of ours: a NOTIFY with the Call-ID of our SUBSCRIBE or REFER. */
  readonly inSubscription: boolean;
  /** The body that we offered in this call, for a re-INVITE that changes nothing. */
  readonly offer?: { readonly type: string; readonly body: string } | undefined;
  /** Our Contact value. */
  readonly contact?: string | undefined;
}

/** The methods that are answered with a 2xx where they belong. */
export const ALLOWED_METHODS = 'INVITE, ACK, CANCEL, BYE, OPTIONS, NOTIFY';

/** The response to a request; `undefined` for an ACK, which has none (RFC 3261 §17). */
export function answerRequest(request: SipRequest, place: IncomingPlace, token: string): SipResponse | undefined {
  const { method, headers } = request;
  const isInDialog = tagOf(firstHeader(headers, 'To') ?? '') !== undefined;
  switch (method) {
    case 'ACK':
      return undefined;
    case 'BYE':
      return respond(request, place.inCall ? 200 : 481, token);
    case 'OPTIONS':
      return respond(request, 200, token, [['Allow', ALLOWED_METHODS]]);
    case 'NOTIFY':
      // RFC 6665 §4.1.3: a NOTIFY that matches no subscription gets a 481.
      return respond(request, place.inSubscription ? 200 : 481, token);
    case 'INVITE':
    case 'UPDATE':
      if (place.inCall) return answerOffer(request, place, token);
      return respond(request, isInDialog ? 481 : 405, token, [['Allow', ALLOWED_METHODS]]);
    case 'CANCEL':
      return respond(request, 481, token);
    default:
      return respond(request, isInDialog && !place.inCall ? 481 : 405, token, [['Allow', ALLOWED_METHODS]]);
  }
}

/** Nothing in the call can change here: what was agreed on stands (RFC 3261 §14.2). */
function answerOffer(request: SipRequest, { offer, contact }: IncomingPlace, token: string): SipResponse {
  if (request.body !== '' && offer === undefined) return respond(request, 488, token);
  const timer = readSessionExpires(allHeaders(request.headers, 'Session-Expires'));
  const answer = request.method === 'UPDATE' && request.body === '' ? undefined : offer;
  return respond(
    request,
    200,
    token,
    [
      ...(contact === undefined ? [] : [['Contact', contact] as const]),
      ...(timer === undefined ? [] : timerRows(timer)),
      ...(answer === undefined ? [] : [['Content-Type', answer.type] as const]),
    ],
    answer?.body,
  );
}

/** RFC 4028 §9: the 2xx names the refresher, and requires the extension of a peer that is to refresh. */
function timerRows({ seconds, refresher }: SessionExpires): readonly Header[] {
  if (refresher === 'uas') return [['Session-Expires', `${seconds};refresher=uas`]];
  return [
    ['Require', 'timer'],
    ['Session-Expires', `${seconds};refresher=uac`],
  ];
}

/** RFC 3261 §8.2.6.2: Via, From, Call-ID, CSeq as they came; To with a tag. */
function respond(
  { headers }: SipRequest,
  status: number,
  token: string,
  more: readonly Header[] = [],
  body = '',
): SipResponse {
  const to = firstHeader(headers, 'To') ?? '';
  return {
    status,
    reason: phraseOf(status),
    headers: [
      ...allHeaders(headers, 'Via').map((value): Header => ['Via', value]),
      ...allHeaders(headers, 'Record-Route').map((value): Header => ['Record-Route', value]),
      ['From', firstHeader(headers, 'From') ?? ''],
      ['To', tagOf(to) === undefined ? withTag(to, token) : to],
      ['Call-ID', firstHeader(headers, 'Call-ID') ?? ''],
      ['CSeq', firstHeader(headers, 'CSeq') ?? ''],
      ...more,
      ['Content-Length', String(new TextEncoder().encode(body).length)],
    ],
    body,
  };
}
