// The Via values below that of a proxy: they travel with its requests and responses, and its own transactions know only the topmost.
import { allHeaders, replaceHeaders } from '../../sip/header-list.js';
import type { SipRequest, SipResponse } from '../../sip/message.js';
import { readTokenList } from '../../sip/token-list.js';
import { topVia } from '../../sip/via.js';

/** More requests than this are not on their way at once; the oldest are forgotten. */
const MOST = 10_000;

export class ViasBelow {
  readonly #byKey = new Map<string, readonly string[]>();

  /** The request with its topmost Via alone; the others are kept for the network. */
  takeOff(request: SipRequest): SipRequest {
    const [top = '', ...below] = readTokenList(allHeaders(request.headers, 'Via'));
    this.#byKey.set(keyOf(request), below);
    const [oldest] = this.#byKey.keys();
    if (this.#byKey.size > MOST && oldest !== undefined) this.#byKey.delete(oldest);
    return { ...request, headers: replaceHeaders(request.headers, 'Via', [top]) };
  }

  /** The request as the network carries it. */
  putOn(request: SipRequest): SipRequest {
    const below = this.#byKey.get(keyOf(request));
    if (below === undefined) return request;
    const vias = [...allHeaders(request.headers, 'Via'), ...below];
    return { ...request, headers: replaceHeaders(request.headers, 'Via', vias) };
  }
}

/** The text of a message with no Via but the topmost, as a user agent client would receive its responses. */
export function withTopViaOnly(text: string): string {
  const [head = '', ...rest] = text.split('\r\n\r\n');
  let seen = 0;
  const rows = head.split('\r\n').filter((row) => !/^(?:Via|v)[ \t]*:/i.test(row) || (seen += 1) === 1);
  return [rows.join('\r\n'), ...rest].join('\r\n\r\n');
}

/** The response with the Via values of the request that it answers (RFC 3261 §16.7, step 3). */
export function withViasOf(request: SipRequest, response: SipResponse): SipResponse {
  return { ...response, headers: replaceHeaders(response.headers, 'Via', allHeaders(request.headers, 'Via')) };
}

/** A CANCEL and the ACK of a refusal have the same branch, and no Via below (RFC 3261 §9.1, §17.1.1.3). */
function keyOf({ method, headers }: SipRequest): string {
  return `${method} ${topVia(headers)?.branch ?? ''}`;
}
