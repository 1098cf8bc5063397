// The topmost Via of a request on its way out (RFC 3261 §18.1.1, RFC 3581 §3): transport, sent-by and rport.
import { allHeaders, replaceHeaders } from '../sip/header-list.js';
import type { Header, SipRequest } from '../sip/message.js';
import { splitOutside } from '../sip/split-outside.js';
import { SipRetryError } from '../sip/sip-retry-error.js';
import { topVia } from '../sip/via.js';
import { bracketed, defaultPort, type Endpoint, type TransportName } from './server-address.js';

/**
 * The request with these in its topmost Via. The branch and all other parameters stay; `rport` stands there without a
 * value, "it serves as a flag" (RFC 3581 §3), and what a server once filled in is gone.
 * @throws SipRetryError `badRequest` without a topmost Via that has a branch.
 */
export function withSentBy(request: SipRequest, transport: TransportName, sentBy: Endpoint): SipRequest {
  requireBranch(request.headers);
  const [first = '', ...others] = allHeaders(request.headers, 'Via');
  const [top = ''] = splitOutside(first, ',');
  const filled = filledVia(top, transport, sentBy) + first.slice(top.length);
  return { ...request, headers: replaceHeaders(request.headers, 'Via', [filled, ...others]) };
}

/** @throws SipRetryError `badRequest` without a topmost Via that has a branch: the transaction could not be matched. */
export function requireBranch(headers: readonly Header[]): void {
  if (topVia(headers)?.branch) return;
  throw new SipRetryError('badRequest', 'A request needs a Via with a branch before it is sent; give it one.');
}

function filledVia(via: string, transport: TransportName, sentBy: Endpoint): string {
  const [, ...params] = splitOutside(via, ';');
  const kept = params
    .map((param) => param.trim())
    .filter((param) => param !== '' && !/^(?:rport|received)\b/i.test(param));
  return [`SIP/2.0/${transport} ${writeSentBy(sentBy)};rport`, ...kept].join(';');
}

/** `192.0.2.1:5060`, `[2001:db8::1]:5060`. */
export function writeSentBy({ host, port }: Endpoint): string {
  return `${bracketed(host)}:${port}`;
}

/** The sent-by to compare by: in lower case, and with the port that counts where none is written. */
export function sentByKey(sentBy: string, transport: string): string {
  const port = /:\d+$/.test(sentBy) ? '' : `:${defaultPort(transport === 'TLS' ? 'TLS' : 'UDP')}`;
  return sentBy.toLowerCase() + port;
}
