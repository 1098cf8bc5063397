// What a lesson is about, as a key: a registrar, a call, a destination, an address, an entity-tag.
import { tagOf, uriOf } from '../sip/address.js';
import { firstHeader } from '../sip/header-list.js';
import type { SipRequest } from '../sip/message.js';
import { parseUri } from '../sip/uri.js';

/** Who sets the least interval: for this method and event package, the host of the Request-URI. */
export function intervalKey({ method, uri, headers }: SipRequest): string {
  const [event = ''] = (firstHeader(headers, 'Event') ?? '').split(';');
  return JSON.stringify([method, hostOf(uri), event.trim().toLowerCase()]);
}

export function callKey({ headers }: SipRequest): string {
  return JSON.stringify(['call', (firstHeader(headers, 'Call-ID') ?? '').trim()]);
}

/**
 * RFC 3261 §22.2: credentials are for "a given value of the To header field"; and for the host that asked for them, so
 * that a request which was redirected shows them to nobody else.
 */
export function destinationKey({ uri, headers }: SipRequest): string {
  return JSON.stringify(['destination', uriKey(uriOf(firstHeader(headers, 'To') ?? '')), hostOf(uri)]);
}

/** An address without its parameters; the host in lower case. */
export function uriKey(uri: string): string {
  const parsed = parseUri(uri);
  if (parsed === undefined) return uri.trim();
  const { scheme, user = '', host, port = 0 } = parsed;
  return JSON.stringify([scheme, user, scheme === 'sip' || scheme === 'sips' ? host.toLowerCase() : host, port]);
}

export function entityTagKey({ uri, headers }: SipRequest): string {
  return JSON.stringify([uriKey(uri), (firstHeader(headers, 'SIP-If-Match') ?? '').trim()]);
}

/**
 * Whether a request may be sent to this address in place of its own: outside a dialog, as SIP, and not out of SIPS.
 * Inside one the Request-URI is the peer's Contact (RFC 3261 §12.2.1.1).
 */
export function isPlaceFor({ uri, headers }: SipRequest, other: string): boolean {
  if (tagOf(firstHeader(headers, 'To') ?? '') !== undefined) return false;
  const scheme = parseUri(other)?.scheme;
  return scheme === 'sips' || (scheme === 'sip' && !/^\s*sips:/i.test(uri));
}

function hostOf(uri: string): string {
  const { host = uri, port } = parseUri(uri) ?? {};
  return `${host.toLowerCase()}${port === undefined ? '' : `:${port}`}`;
}
