// Another body, or another Accept: 406, 412, 413, 415, 488, 493, 513 (RFC 3261 §8.1.3.5).
import type { ActionOf } from '../policy/action.js';
import { allHeaders, firstHeader, removeHeader } from '../sip/header-list.js';
import { boundaryOf, readMediaType } from '../sip/media-type.js';
import type { Header, SipRequest } from '../sip/message.js';
import { type BodyPart, partsOf } from '../sip/multipart.js';
import { withBody, withoutBody } from './body.js';
import type { Body, Materials } from './materials.js';
import { addTokens } from './token-rows.js';

/** "omitting the body or using one of a smaller length" (RFC 3261 §8.1.3.5). */
export function shrinkBody(request: SipRequest, { omit }: ActionOf<'shrinkBody'>, { body }: Materials): SipRequest {
  if (body !== undefined) return withBody(request, body);
  return omit ? withoutBody(request) : request;
}

/** The part that the server can read, another body of the application, or a wider Accept. */
export function changeContent(request: SipRequest, action: ActionOf<'changeContent'>, { body }: Materials): SipRequest {
  const { part, accept, keepPart } = action;
  if (part === 'accept') return { ...request, headers: widenAccept(request, accept) };
  const kept = keepPart === undefined ? undefined : partOf(request, keepPart);
  if (kept !== undefined) return withBody(request, kept);
  return body === undefined ? request : withBody(request, body);
}

/** Another offer; `null` takes the offer out of the request. */
export function changeOffer(request: SipRequest, _: ActionOf<'changeOffer'>, { body }: Materials): SipRequest {
  return body === undefined ? request : withBody(request, body);
}

// RFC 3903 §5: the EPA MUST NOT reattempt the PUBLISH; it SHOULD send an initial one, and that needs the full state.
export function republish(request: SipRequest, _: ActionOf<'republish'>, { body }: Materials): SipRequest {
  if (body === undefined || body === null || body.content === '') return request;
  const published = withBody(request, body);
  return { ...published, headers: removeHeader(published.headers, 'SIP-If-Match') };
}

/** Without Accept the server assumes application/sdp (RFC 3261 §20.1), which must not get lost when others are added. */
function widenAccept({ method, headers }: SipRequest, accept: readonly string[]): readonly Header[] {
  const isImplied = allHeaders(headers, 'Accept').length === 0 && method !== 'SUBSCRIBE';
  return addTokens(headers, 'Accept', isImplied ? ['application/sdp', ...accept] : accept);
}

/** A part of the multipart body as a body of its own; not when its octets are encoded as in mail. */
function partOf({ headers, body }: SipRequest, index: number): Body | undefined {
  const mediaType = readMediaType(firstHeader(headers, 'Content-Type') ?? '');
  const boundary = mediaType === undefined ? undefined : boundaryOf(mediaType);
  const part = boundary === undefined ? undefined : partsOf(body, boundary)[index];
  return part === undefined || isMailEncoded(part) ? undefined : bodyOf(part);
}

function bodyOf(part: BodyPart): Body {
  // RFC 2046 §5.1: a part without Content-Type is plain text.
  const type = firstHeader(part.headers, 'Content-Type') ?? 'text/plain';
  return { type, content: part.body, headers: removeHeader(part.headers, 'Content-Transfer-Encoding') };
}

function isMailEncoded({ headers }: BodyPart): boolean {
  return /base64|quoted-printable/i.test(firstHeader(headers, 'Content-Transfer-Encoding') ?? '');
}
