// The REGISTER requests of one registration: the same Call-ID, growing CSeq numbers, and the corrections that were accepted.
import { requireRequest } from '../../machines/given-message.js';
import type { Change } from '../request/change.js';
import { reoriginate } from '../request/reoriginate.js';
import { readCredentialsOf } from '../request/sent-credentials.js';
import { withContactExpires } from '../sip/contact.js';
import { allHeaders, firstHeader, removeHeader, replaceHeaders, setHeader } from '../sip/header-list.js';
import type { SipRequest } from '../sip/message.js';
import { SipRetryError } from '../sip/sip-retry-error.js';
import { asksForBinding } from './granted.js';

/** The request without Digest credentials, which are computed for each REGISTER. */
export function withoutDigest(request: SipRequest): SipRequest {
  return readCredentialsOf(request).bare;
}

/** The request without any credentials: what may be stored. */
export function withoutAnyCredentials(request: SipRequest): SipRequest {
  const headers = removeHeader(removeHeader(request.headers, 'Authorization'), 'Proxy-Authorization');
  return { ...request, headers };
}

/**
 * The next REGISTER. "A UA MUST increment the CSeq value by one for each REGISTER request with the same Call-ID" (RFC
 * 3261 §10.2); when no number is left, a new Call-ID begins again.
 */
export function nextRegister(request: SipRequest, lastCSeq: number, token: string): SipRequest {
  const numbered = (last: number): SipRequest => ({
    ...request,
    headers: setHeader(request.headers, 'CSeq', `${last} REGISTER`),
  });
  return reoriginate(numbered(lastCSeq), 'retry', { token }) ?? freshRegister(numbered(0), token);
}

function freshRegister(request: SipRequest, token: string): SipRequest {
  return reoriginate(request, 'fresh', { token }) ?? request;
}

/** "an expiration interval of "0" for that contact address" (RFC 3261 §10.2.2): our own contacts, never `*`. */
export function removalOf(request: SipRequest): SipRequest {
  const contacts = allHeaders(request.headers, 'Contact').map((row) => withContactExpires(row, 0));
  const headers = contacts.length === 0 ? request.headers : replaceHeaders(request.headers, 'Contact', contacts);
  return { ...request, headers: setHeader(headers, 'Expires', '0') };
}

/**
 * The request with corrections that led to a 2xx, so that no refresh draws the same refusals again: a longer interval,
 * extensions dropped, Security-Verify (RFC 3329 §2.3.1: in every further request). What belongs to one request alone, and
 * where a redirection has led, stays out: after a 305 "repeat this single request via the proxy" (RFC 3261 §21.3.4).
 */
export function withCorrections(request: SipRequest, changes: readonly Change[]): SipRequest {
  return changes.reduce((corrected, { what, after }) => {
    if (OF_ONE_REQUEST.has(what)) return corrected;
    if (what === 'Body') return { ...corrected, body: after[0] ?? '' };
    return { ...corrected, headers: replaceHeaders(corrected.headers, what, after) };
  }, request);
}

const OF_ONE_REQUEST: ReadonlySet<string> = new Set([
  'Request-URI',
  'Route',
  'Via',
  'CSeq',
  'Call-ID',
  'From',
  'To',
  'Authorization',
  'Proxy-Authorization',
]);

/** Other contacts or another user, in the same sequence of REGISTER requests. */
export function inSequenceOf(request: SipRequest, before: SipRequest): SipRequest {
  const callId = firstHeader(before.headers, 'Call-ID');
  const bare = withoutDigest(request);
  return callId === undefined ? bare : { ...bare, headers: setHeader(bare.headers, 'Call-ID', callId) };
}

/** @throws SipRetryError `badRequest` when it is no REGISTER with a contact to bind. */
export function requireBinding(request: SipRequest): SipRequest {
  requireRequest(request);
  if (request.method === 'REGISTER' && asksForBinding(request)) return request;
  throw new SipRetryError(
    'badRequest',
    'Give a REGISTER whose Contact asks for an interval above 0; removing is done by unregister().',
  );
}
