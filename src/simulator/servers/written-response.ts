// A response as its server writes it (RFC 3261 §8.2.6), with what a request of its kind is owed.
import { tagOf, withTag } from '../../sip/address.js';
import { readContacts } from '../../sip/contact.js';
import { allHeaders, firstHeader, hasHeader, removeHeader } from '../../sip/header-list.js';
import type { Header, SipRequest, SipResponse } from '../../sip/message.js';
import { octetLength } from '../../sip/octets.js';
import { phraseOf } from '../../sip/status-code.js';
import { bracketed, type Endpoint } from '../../transport/server-address.js';
import { intervalOf } from '../holds.js';
import type { Answer } from './service.js';

/** Who writes. */
export interface Writer {
  readonly name: string;
  /** Where requests of the dialog are to be sent. */
  readonly contact: Endpoint;
  readonly transport: string;
}

/** The response; `tag` is that of To, which every response but a 100 has. */
export function writtenResponse(
  request: SipRequest,
  { status, reason, headers, body }: Answer,
  tag: string,
  writer: Writer,
): SipResponse {
  const own = [...removeHeader(headers, 'Via'), ...owedRows(request, status, headers, writer)];
  const to = firstHeader(request.headers, 'To') ?? '';
  const content = body?.content ?? '';
  return {
    status,
    reason: reason ?? phraseOf(status),
    headers: [
      ...viasOf(request, firstHeader(headers, 'Via')),
      ...(status > 100 && status < 300 ? rowsOf(request, 'Record-Route') : []),
      ['From', firstHeader(request.headers, 'From') ?? ''],
      ['To', status === 100 || tagOf(to) !== undefined ? to : withTag(to, tag)],
      ['Call-ID', firstHeader(request.headers, 'Call-ID') ?? ''],
      ['CSeq', firstHeader(request.headers, 'CSeq') ?? ''],
      ...own,
      ...(body === undefined ? [] : [['Content-Type', body.type] as const]),
      ['Content-Length', String(octetLength(content))],
    ],
    body: content,
  };
}

/** The Via values as they came, but for a topmost one that the server has something to say in (RFC 7339 §4). */
function viasOf(request: SipRequest, top: string | undefined): readonly Header[] {
  const copied = rowsOf(request, 'Via');
  return top === undefined ? copied : [['Via', top], ...copied.slice(1)];
}

function rowsOf({ headers }: SipRequest, name: string): readonly Header[] {
  return allHeaders(headers, name).map((value): Header => [name, value]);
}

/** What the script need not say: the Contact of a dialog, the bindings of a REGISTER, the interval of a subscription. */
function owedRows(request: SipRequest, status: number, given: readonly Header[], writer: Writer): readonly Header[] {
  const { method } = request;
  if (status <= 100 || status > 299) return [];
  const isThere = (name: string): boolean => hasHeader(given, name);
  if (method === 'REGISTER') return status < 200 || isThere('Contact') ? [] : bindingsOf(request);
  const contact: readonly Header[] = isThere('Contact') ? [] : [['Contact', contactOf(writer)]];
  if (method === 'INVITE') return contact;
  if (status < 200) return [];
  if (method === 'SUBSCRIBE') {
    const seconds = intervalOf(request) ?? 3600;
    return [...contact, ...(isThere('Expires') ? [] : [['Expires', String(seconds)] as const])];
  }
  if (method !== 'PUBLISH') return [];
  // RFC 3903 §6: a 2xx to a PUBLISH has both.
  return [
    ...(isThere('Expires') ? [] : [['Expires', String(intervalOf(request) ?? 3600)] as const]),
    ...(isThere('SIP-ETag') ? [] : [['SIP-ETag', `etag${request.headers.length}`] as const]),
  ];
}

/** RFC 3261 §10.3: the 200 lists the bindings, each with its interval. */
function bindingsOf(request: SipRequest): readonly Header[] {
  const seconds = intervalOf(request) ?? 3600;
  if (seconds === 0) return [];
  return readContacts(allHeaders(request.headers, 'Contact'))
    .filter(({ uri }) => uri !== '*')
    .map(({ uri }): Header => ['Contact', `<${uri}>;expires=${seconds}`]);
}

function contactOf({ name, contact, transport }: Writer): string {
  const place = `${bracketed(contact.host)}:${contact.port}`;
  return `<sip:${name}@${place}${transport === 'UDP' ? '' : `;transport=${transport.toLowerCase()}`}>`;
}
