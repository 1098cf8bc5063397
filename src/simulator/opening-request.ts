// The request that the simulated user agent client begins with (RFC 3261 §8.1.1).
import { headerKey } from '../sip/header-list.js';
import type { Header, SipRequest } from '../sip/message.js';
import { octetLength } from '../sip/octets.js';
import { parseUri } from '../sip/uri.js';
import { bracketed, type Endpoint } from '../transport/server-address.js';
import type { WrittenRequest } from './scenario.js';
import { bodyOf, headersOf } from './written-parts.js';

const ALLOWED = 'INVITE, ACK, CANCEL, BYE, OPTIONS, NOTIFY';

const ALICE = 'sip:alice@example.com';

/** The request as the scenario describes it; what the scenario gives as a header field is not written a second time. */
export function openingRequest(
  written: WrittenRequest,
  local: Endpoint,
  supported: readonly string[],
  token: () => string,
): SipRequest {
  const { method, uri, expires, from = ALICE } = written;
  const to = written.to ?? (method === 'REGISTER' ? from : uri);
  const given = headersOf(written.headers);
  const named = Object.keys(written.headers ?? {}).map(headerKey);
  const body = written.body === undefined ? undefined : bodyOf(written.body);
  const rows: readonly Header[] = [
    ['Via', `SIP/2.0/UDP ${placeOf(local)};branch=z9hG4bK${token()}`],
    ['Max-Forwards', '70'],
    ['From', `<${from}>;tag=${token()}`],
    ['To', `<${to}>`],
    ['Call-ID', `${token()}@${bracketed(local.host)}`],
    ['CSeq', `1 ${method}`],
    ['Contact', `<${contactOf(from, uri, local)}>`],
    ['Allow', ALLOWED],
    ...(supported.length === 0 ? [] : [['Supported', supported.join(', ')] as const]),
    ...(expires === undefined ? [] : [['Expires', String(expires)] as const]),
  ];
  return {
    method,
    uri,
    headers: [
      ...rows.filter(([name]) => !named.includes(headerKey(name))),
      ...given,
      ...(body === undefined ? [] : [['Content-Type', body.type] as const]),
      ['Content-Length', String(octetLength(body?.content ?? ''))],
    ],
    body: body?.content ?? '',
  };
}

function contactOf(from: string, uri: string, local: Endpoint): string {
  const user = parseUri(from)?.user ?? 'uac';
  const transport = /;transport=(tcp|tls)\b/i.exec(uri)?.[0] ?? '';
  return `sip:${user}@${placeOf(local)}${transport.toLowerCase()}`;
}

function placeOf({ host, port }: Endpoint): string {
  return `${bracketed(host)}:${port}`;
}
