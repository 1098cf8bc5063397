// Where a request stands: its server, its address-of-record, the ceiling that counts it.
import type { CeilingKey } from '../budget/ceiling.js';
import { uriOf } from '../sip/address.js';
import { firstHeader } from '../sip/header-list.js';
import type { SipRequest } from '../sip/message.js';
import { parseUri } from '../sip/uri.js';

/** The next hop where no server is chosen: host and port of the topmost Route, else of the Request-URI (RFC 3261 §8.1.2). */
export function serverOf({ uri, headers }: SipRequest): string {
  const route = firstHeader(headers, 'Route');
  return hostPortOf(route === undefined ? uri : uriOf(route));
}

/** Whom the request is sent for: To of a REGISTER (RFC 3261 §10.2), else From. Parameters and ports do not count. */
export function addressOfRecordOf({ method, headers }: SipRequest): string {
  const uri = uriOf(firstHeader(headers, method === 'REGISTER' ? 'To' : 'From') ?? '');
  const { user = '', host = uri } = parseUri(uri) ?? {};
  return `${user}@${host.toLowerCase()}`;
}

/** What the ceiling counts this request under. */
export function ceilingKeyOf(request: SipRequest, server: string | undefined): CeilingKey {
  return {
    server: (server ?? serverOf(request)).toLowerCase(),
    addressOfRecord: addressOfRecordOf(request),
    method: request.method,
  };
}

/**
 * Whether the ceiling counts this attempt. What refreshes by itself is counted from its first attempt; of all other
 * methods only what is added to the application's own requests.
 */
export function isCounted({ method }: SipRequest, attempt: number): boolean {
  return attempt > 1 || REFRESHED.has(method);
}

const REFRESHED: ReadonlySet<string> = new Set(['REGISTER', 'SUBSCRIBE', 'PUBLISH']);

/** Host and port in lower case; what is no SIP URI stands for itself. */
export function hostPortOf(uri: string): string {
  const { scheme, host, port } = parseUri(uri) ?? {};
  if (host === undefined || (scheme !== 'sip' && scheme !== 'sips')) return uri.trim().toLowerCase();
  return `${host.toLowerCase()}${port === undefined ? '' : `:${port}`}`;
}
