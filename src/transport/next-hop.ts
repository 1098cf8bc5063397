// Which URI a request is sent to (RFC 3261 §8.1.2): the first hop, whose server set RFC 3263 gives.
import { uriOf } from '../sip/address.js';
import { firstHeader } from '../sip/header-list.js';
import type { SipRequest } from '../sip/message.js';
import { paramOf } from '../sip/params.js';
import { splitOutside } from '../sip/split-outside.js';
import { parseUri } from '../sip/uri.js';

/** What the request does not say itself. */
export interface NextHopOptions {
  /** A proxy that every request goes through, as a SIP URI. */
  readonly outboundProxy?: string;
  /**
   * The request was formed for a strict router (RFC 3261 §12.2.1.1): its URI already is the Request-URI, and the
   * topmost Route, which may have `lr`, is the hop behind it.
   */
  readonly strictRoute?: boolean;
}

/**
 * The URI to resolve for this request: the outbound proxy, else the topmost Route, else the Request-URI. "If the first
 * element in the route set indicated a strict router, the procedures MUST be applied to the Request-URI" (RFC 3261
 * §8.1.2): so a topmost Route without `lr` is passed over. Ask again for each next request: a redirection or a new
 * remote target may have another first hop; `isSameHop` tells.
 */
export function nextHopOf(request: SipRequest, options: NextHopOptions = {}): string {
  if (options.outboundProxy !== undefined) return options.outboundProxy;
  if (options.strictRoute === true) return request.uri;
  const [route] = splitOutside(firstHeader(request.headers, 'Route') ?? '', ',');
  const uri = uriOf(route ?? '').trim();
  const parsed = parseUri(uri);
  return parsed !== undefined && paramOf(parsed.params, 'lr') !== undefined ? uri : request.uri;
}

/** Whether two hops have the same server set, so that servers tried for the one count for the other. */
export function isSameHop(one: string, other: string): boolean {
  return one === other || hopKey(one) === hopKey(other);
}

/** What RFC 3263 looks at: scheme, TARGET, port and transport; the user part plays no role. */
function hopKey(text: string): string {
  const uri = parseUri(text);
  if (uri === undefined) return text;
  const host = paramOf(uri.params, 'maddr') ?? uri.host;
  const transport = paramOf(uri.params, 'transport') ?? '';
  return [uri.scheme, uri.host, host, String(uri.port ?? ''), transport].join(' ').toLowerCase();
}
