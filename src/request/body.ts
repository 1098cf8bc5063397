// The body of a request and the header fields that describe it (RFC 3261 §7.4).
import { headerKey, replaceHeaders, setHeader } from '../sip/header-list.js';
import type { Header, SipRequest } from '../sip/message.js';
import { octetLength } from '../sip/octets.js';
import type { Body } from './materials.js';

/** The request with another body and the header fields that belong to it, in place of the old ones. */
export function withBody(request: SipRequest, body: Body | null): SipRequest {
  if (body === null || body.content === '') return withoutBody(request);
  const described = (body.headers ?? []).filter(
    ([name]) => isContentHeader(name) && headerKey(name) !== 'content-type',
  );
  const typed = setHeader(withoutDescription(request.headers, 'content-type'), 'Content-Type', body.type);
  const headers = described.reduce((rows, [name, value]) => replaceHeaders(rows, name, [value]), typed);
  return { ...request, headers, body: body.content };
}

/** The request without a body and without what described it. */
export function withoutBody(request: SipRequest): SipRequest {
  return { ...request, headers: withoutDescription(request.headers), body: '' };
}

/** The request with a Content-Length that is right, where it carries one. */
export function withContentLength(request: SipRequest): SipRequest {
  const length = String(octetLength(request.body));
  const isWrong = request.headers.some(([name, value]) => headerKey(name) === 'content-length' && value !== length);
  return isWrong ? { ...request, headers: setHeader(request.headers, 'Content-Length', length) } : request;
}

/** Whether a header field describes the body: `Content-Type`, `Content-Disposition` and their like, but no length. */
export function isContentHeader(name: string): boolean {
  const key = headerKey(name);
  return key.startsWith('content-') && key !== 'content-length';
}

function withoutDescription(headers: readonly Header[], keptKey = ''): readonly Header[] {
  return headers.filter(([name]) => !isContentHeader(name) || headerKey(name) === keptKey);
}
