// The header fields that a ladder shows of a message: those that a retry is about.
import { headerKey } from '../sip/header-list.js';
import type { Header, SipRequest, SipResponse } from '../sip/message.js';

/** The rows that matter, as text; of a request that follows `before`, those that changed. */
export function rowsThatMatter(message: SipRequest | SipResponse, before?: SipRequest): readonly string[] {
  const names = 'method' in message ? REQUEST_HEADERS : RESPONSE_HEADERS;
  const changed = before === undefined ? message.headers : message.headers.filter((row) => !hasRow(before, row));
  const named = changed.filter(([name]) => names.has(headerKey(name)));
  // A copy for another server differs in its branch alone (RFC 3263 §4.3).
  const shown = before !== undefined && named.length === 0 ? changed : named;
  return shown.map(shortened);
}

function hasRow({ headers }: SipRequest, [name, value]: Header): boolean {
  return headers.some(([other, same]) => headerKey(other) === headerKey(name) && same === value);
}

/** Nonces and digests by their beginning: enough to tell one from another. */
function shortened([name, value]: Header): string {
  return `${name}: ${value.replace(/\b(c?nonce|response|opaque)="([^"]{6})[^"]{2,}"/g, '$1="$2…"')}`;
}

const REQUEST_HEADERS = new Set(
  [
    'To',
    'Call-ID',
    'CSeq',
    'Expires',
    'Session-Expires',
    'Min-SE',
    'Authorization',
    'Proxy-Authorization',
    'Require',
    'Route',
  ].map(headerKey),
);

const RESPONSE_HEADERS = new Set(
  [
    'WWW-Authenticate',
    'Proxy-Authenticate',
    'Min-Expires',
    'Min-SE',
    'Retry-After',
    'Contact',
    'Expires',
    'Unsupported',
    'Require',
    'Accept',
    'Allow',
    'Warning',
  ].map(headerKey),
);
