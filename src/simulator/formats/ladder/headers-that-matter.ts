// The header fields that a ladder shows of a message: those that a retry is about, in as few words as possible.
import { firstHeader, headerKey } from '../../../sip/header-list.js';
import type { Header, SipRequest, SipResponse } from '../../../sip/message.js';
import { readMessage } from '../../../sip/read-message.js';
import type { PassingMessage } from '../../transcript.js';

/** Remembers what was told, so that a further request tells what changed, and a forwarded message nothing. */
export class HeadersThatMatter {
  /** What the last request of this kind carried. */
  readonly #carried = new Map<string, readonly string[]>();
  /** What was told of a request or a response on its way through proxies. */
  readonly #told = new Map<string, readonly string[]>();

  of(message: PassingMessage): readonly string[] {
    if (message.retransmission) return [];
    const read = readMessage(message.text);
    if (read.kind === 'response') {
      const rows = told(read.response.headers, RESPONSE_HEADERS);
      return this.#once(message, read.response, { rows, news: rows });
    }
    if (read.kind !== 'request' || UNREPEATED.has(read.request.method)) return [];
    const rows = told(read.request.headers, REQUEST_HEADERS);
    const key = JSON.stringify([message.from, message.request, read.request.method]);
    const before = this.#carried.get(key);
    this.#carried.set(key, rows);
    const news = rows.filter((row) => before?.includes(row) !== true && (before !== undefined || !isUsual(row)));
    return this.#once(message, read.request, { rows, news });
  }

  /** What is new, unless another hop of the same message told it. */
  #once(
    { request }: PassingMessage,
    message: SipRequest | SipResponse,
    { rows, news }: { readonly rows: readonly string[]; readonly news: readonly string[] },
  ): readonly string[] {
    const kind = 'method' in message ? message.method : message.status;
    const key = JSON.stringify([request, kind, firstHeader(message.headers, 'CSeq')]);
    const before = this.#told.get(key) ?? [];
    this.#told.set(key, [...before, ...rows]);
    return news.filter((row) => !before.includes(row));
  }
}

/** Said by nearly every request: worth telling only where it changes. */
function isUsual(row: string): boolean {
  return row.startsWith('Max-Forwards:');
}

function told(headers: readonly Header[], names: ReadonlySet<string>): readonly string[] {
  return headers
    .filter(([name]) => names.has(headerKey(name)))
    .map(([name, value]) => `${name}: ${brief(name, value)}`);
}

/** Of challenges and credentials the scheme, the realm and the algorithm. */
function brief(name: string, value: string): string {
  if (!/auth/i.test(name)) return value;
  const [scheme = ''] = /^\S*/.exec(value) ?? [];
  const told = ['realm', 'stale', 'algorithm', 'nc'].flatMap((param) => {
    const [found] = new RegExp(String.raw`\b${param}=(?:"(?:[^"\\]|\\.)*"|[^\s,"]+)`, 'i').exec(value) ?? [];
    return found === undefined ? [] : [found];
  });
  return `${scheme} ${told.join(', ')}`.trim();
}

/** Their header fields are those of the INVITE. */
const UNREPEATED: ReadonlySet<string> = new Set(['ACK', 'CANCEL']);

const REQUEST_HEADERS: ReadonlySet<string> = new Set(
  [
    'Expires',
    'Session-Expires',
    'Min-SE',
    'Authorization',
    'Proxy-Authorization',
    'Require',
    'Max-Forwards',
    'Route',
  ].map(headerKey),
);

const RESPONSE_HEADERS: ReadonlySet<string> = new Set(
  [
    'WWW-Authenticate',
    'Proxy-Authenticate',
    'Min-Expires',
    'Min-SE',
    'Retry-After',
    'Unsupported',
    'Require',
    'Accept',
    'Warning',
  ].map(headerKey),
);
