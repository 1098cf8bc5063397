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

/** The rows with this name, whole; `undefined` where there is none. */
export function rowsOf({ headers }: Received, name: string): string | undefined {
  const rows = headers.filter(([written]) => headerKey(written) === headerKey(name));
  return rows.length === 0 ? undefined : rows.map(([written, value]) => `${written}: ${value}`).join('\r\n');
}

/** The value of one row, counted from 1; all of them where none is asked for. */
export function valueOf({ headers }: Received, name: string, occurrence: number): string | undefined {
  return allHeaders(headers, name)[occurrence - 1];
}

/** What the peer put into the address of its own side: `;tag=…`. */
export function peerTagOf({ method, headers }: Received): string {
  const tag = tagOf(firstHeader(headers, method === undefined ? 'To' : 'From') ?? '');
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
