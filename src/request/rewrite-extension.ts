// Option-tags that the next request no longer names (420, 439, 555; RFC 3261 §8.1.3.5) or names as well (421, 494).
import type { ActionOf } from '../policy/action.js';
import { removeHeader, replaceHeaders } from '../sip/header-list.js';
import type { Header, SipRequest } from '../sip/message.js';
import { isOutboundParam, isPushParam, withoutContactParams } from './rewrite-contact.js';
import { addTokens, listsToken, removeTokens } from './token-rows.js';

/** Leaves the tags out, and what makes no sense without them. */
export function dropExtensions(request: SipRequest, { tags }: ActionOf<'dropExtensions'>): SipRequest {
  return { ...request, headers: tags.reduce(withoutExtension, request.headers) };
}

/** Names the tags in Supported or Require, each once. */
export function addExtensions(request: SipRequest, { tags, header }: ActionOf<'addExtensions'>): SipRequest {
  return { ...request, headers: addTokens(request.headers, header, tags) };
}

// RFC 3329 §2.3.1: the next request carries the server's list in Security-Verify, octet for octet, and the tag
// sec-agree in both Require and Proxy-Require. Security-Client stays as it was.
export function agreeSecurity(request: SipRequest, { mechanisms }: ActionOf<'agreeSecurity'>): SipRequest {
  const verified = replaceHeaders(request.headers, 'Security-Verify', mechanisms);
  const required = addTokens(verified, 'Require', ['sec-agree']);
  return { ...request, headers: addTokens(required, 'Proxy-Require', ['sec-agree']) };
}

/** What is required was refused; what is only offered goes when nothing else names the tag. */
function withoutExtension(headers: readonly Header[], tag: string): readonly Header[] {
  const isRequired = listsToken(headers, 'Require', tag) || listsToken(headers, 'Proxy-Require', tag);
  const stripped = isRequired
    ? removeTokens(removeTokens(headers, 'Require', [tag]), 'Proxy-Require', [tag])
    : removeTokens(headers, 'Supported', [tag]);
  return companions[tag.toLowerCase()]?.(stripped) ?? stripped;
}

/** What an extension brought into the request besides its tag. */
const companions: { readonly [tag: string]: ((headers: readonly Header[]) => readonly Header[]) | undefined } = {
  timer: (headers) => removeHeader(removeHeader(headers, 'Session-Expires'), 'Min-SE'),
  outbound: (headers) => withoutContactParams(headers, isOutboundParam),
  pn: (headers) => withoutContactParams(headers, isPushParam),
};
