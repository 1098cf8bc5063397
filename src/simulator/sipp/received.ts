// A message as a SIPp scenario looks at it: its method or status code, its header fields as they came.
import { tagOf } from '../../sip/address.js';
import { readContacts } from '../../sip/contact.js';
import { readCSeq } from '../../sip/cseq.js';
import { allHeaders, firstHeader, headerKey } from '../../sip/header-list.js';
import type { Header } from '../../sip/message.js';
import { readMessage } from '../../sip/read-message.js';

export interface Received {
  readonly text: string;
  /** Of a request: its method; of a response: `undefined`. */
  readonly method: string | undefined;
  /** The Request-URI. */
  readonly uri: string;
  readonly status: number | undefined;
  /** The method in CSeq. */
  readonly cseqMethod: string;
  readonly headers: readonly Header[];
  readonly body: string;
}

/** `undefined` for what is no SIP message. */
export function receivedOf(text: string): Received | undefined {
  const read = readMessage(text);
  if (read.kind !== 'request' && read.kind !== 'response') return undefined;
  const { headers, body } = read.kind === 'request' ? read.request : read.response;
  const cseqMethod = readCSeq(headers)?.method ?? '';
  if (read.kind === 'response') {
    return { text, method: undefined, uri: '', status: read.response.status, cseqMethod, headers, body };
  }
  return { text, method: read.request.method, uri: read.request.uri, status: undefined, cseqMethod, headers, body };
}

export function callIdOf({ headers }: Pick<Received, 'headers'>): string {
  return firstHeader(headers, 'Call-ID') ?? '';
}

/** The header field with this name, all its values in one row; empty where there is none. */
export function rowOf({ headers }: Received, name: string): string {
  const rows = headers.filter(([written]) => headerKey(written) === headerKey(name));
  const [first] = rows;
  return first === undefined ? '' : `${first[0]}: ${rows.map(([, value]) => value).join(', ')}`;
}

/**
 * What SIPp searches in: the header field as it came, counted from 1, behind the name as the scenario writes it. A name
 * without its colon leaves the colon, and the space behind it is always there. Empty where there is none.
 */
export function searchedRow({ headers }: Received, written: string, occurrence: number): string {
  const name = written.trim().replace(/\s*:$/, '');
  const value = allHeaders(headers, name)[occurrence - 1];
  if (value === undefined) return '';
  return `${written.trimEnd().endsWith(':') ? '' : ':'} ${value}`;
}

/** The number in CSeq. */
export function numberOf({ headers }: Received): number {
  return readCSeq(headers)?.number ?? 0;
}

/** What the peer put into the To of a response: `;tag=…`. */
export function peerTagOf({ headers }: Received): string {
  const tag = tagOf(firstHeader(headers, 'To') ?? '');
  return tag === undefined ? '' : `;tag=${tag}`;
}

/** The route set that the message gives to its receiver, as a Route header field (RFC 3261 §12.1). */
export function routesOf({ method, headers }: Received): string {
  const rows = allHeaders(headers, 'Record-Route');
  const routes = method === undefined ? [...rows].reverse() : rows;
  return routes.length === 0 ? '' : `Route: ${routes.join(', ')}`;
}

/** The remote target. */
export function contactOf({ headers }: Received): string | undefined {
  return readContacts(allHeaders(headers, 'Contact'))[0]?.uri;
}

/** In words: `BYE`, `a 481`. */
export function wordsOf({ method, status }: Received): string {
  return method ?? `a ${String(status)}`;
}
