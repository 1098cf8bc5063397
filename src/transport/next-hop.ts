// Which URI a request is sent to (RFC 3261 §8.1.2): the first hop, whose server set RFC 3263 gives.
import { firstHopOf } from '../request/first-hop.js';
import type { SipRequest } from '../sip/message.js';

export { isSameHop } from '../request/first-hop.js';

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
 * The URI to resolve for this request: the outbound proxy, else the topmost Route, else the Request-URI. Ask again for
 * each next request: a redirection or a new remote target may have another first hop; `isSameHop` tells.
 */
export function nextHopOf(request: SipRequest, options: NextHopOptions = {}): string {
  if (options.outboundProxy !== undefined) return options.outboundProxy;
  return options.strictRoute === true ? request.uri : firstHopOf(request);
}
