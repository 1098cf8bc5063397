// A response with what a server copies from the request (RFC 3261 §8.2.6.2).
import { tagOf } from '../../../src/sip/address.js';
import { allHeaders, firstHeader } from '../../../src/sip/header-list.js';
import type { Header, SipRequest } from '../../../src/sip/message.js';

/** The text of a response with these header fields of its own. */
export function responseTo(request: SipRequest, status: number, headers: readonly Header[] = []): string {
  const to = firstHeader(request.headers, 'To') ?? '';
  const rows: readonly Header[] = [
    ...allHeaders(request.headers, 'Via').map((via): Header => ['Via', via]),
    ['From', firstHeader(request.headers, 'From') ?? ''],
    ['To', tagOf(to) === undefined && status > 100 ? `${to};tag=server` : to],
    ['Call-ID', firstHeader(request.headers, 'Call-ID') ?? ''],
    ['CSeq', firstHeader(request.headers, 'CSeq') ?? ''],
    ...headers,
    ['Content-Length', '0'],
  ];
  return `SIP/2.0 ${status} Scripted\r\n${rows.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`;
}
