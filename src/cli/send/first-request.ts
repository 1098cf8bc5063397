// The request that `send` begins with, as a user agent writes it (RFC 3261 §8.1.1).
import type { Header, SipRequest } from '../../sip/message.js';
import { octetLength } from '../../sip/octets.js';
import { parseUri, writeUri } from '../../sip/uri.js';
import type { Body } from '../../request/materials.js';

/** What the request is made of. */
export interface RequestParts {
  readonly method: string;
  readonly uri: string;
  /** The address-of-record in From. */
  readonly from: string;
  readonly expires: number | undefined;
  readonly headers: readonly Header[];
  readonly supported: readonly string[];
  readonly body: Body | undefined;
  /** Host and port that this program listens on, as a Contact has it. */
  readonly contact: string;
}

/** The first request. Its Via is completed by the transport that carries it. */
export function firstRequest(parts: RequestParts, token: () => string): SipRequest {
  const { method, from, expires, headers, supported, body, contact } = parts;
  const isRegister = method === 'REGISTER';
  const given = new Set(headers.map(([name]) => name.toLowerCase()));
  const rows: Header[] = [
    ['Via', `SIP/2.0/UDP ${contact};branch=z9hG4bK${token()}`],
    ['Max-Forwards', '70'],
    ['From', `<${from}>;tag=${token()}`],
    // RFC 3261 §10.2: the To of a REGISTER is the address-of-record that is registered.
    ['To', `<${isRegister ? from : parts.uri}>`],
    ['Call-ID', token() + token()],
    ['CSeq', `1 ${method}`],
    ['Contact', `<${contactUri(from, contact)}>`],
    ['Allow', ALLOWED],
    ...(supported.length === 0 || given.has('supported') ? [] : [['Supported', supported.join(', ')] as const]),
    ...(expires === undefined ? [] : [['Expires', String(expires)] as const]),
    ['User-Agent', 'sip-retry'],
    ...headers,
    ...(body === undefined ? [] : [['Content-Type', body.type] as const]),
    ['Content-Length', String(body === undefined ? 0 : octetLength(body.content))],
  ];
  const own = new Set(['max-forwards', 'user-agent', 'call-id', 'allow'].filter((name) => given.has(name)));
  return {
    method,
    uri: isRegister ? registrarOf(parts.uri) : parts.uri,
    headers: rows.filter((row) => headers.includes(row) || !own.has(row[0].toLowerCase())),
    body: body?.content ?? '',
  };
}

/** What may come to this program inside a dialog. */
export const ALLOWED = 'INVITE, ACK, CANCEL, BYE, OPTIONS, NOTIFY';

/** RFC 3261 §10.2: "The 'userinfo' and '@' components of the SIP URI MUST NOT be present." */
function registrarOf(uri: string): string {
  const parsed = parseUri(uri);
  if (parsed?.user === undefined) return uri;
  const { scheme, host, port, params } = parsed;
  return writeUri({ scheme, host, params, ...(port === undefined ? {} : { port }) });
}

function contactUri(from: string, contact: string): string {
  const { user, scheme } = parseUri(from) ?? {};
  const local = user === undefined || scheme === 'tel' ? contact : `${user}@${contact}`;
  return `${scheme === 'sips' ? 'sips' : 'sip'}:${local}`;
}
