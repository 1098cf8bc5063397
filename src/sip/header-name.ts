// Names of header fields (RFC 3261 §7.3.1: case-insensitive; §7.3.3: compact forms).

/** The usual spelling: 'm' → 'Contact', 'call-id' → 'Call-ID'. Unknown names come back unchanged. */
export function canonicalName(name: string): string {
  return CANONICAL_BY_KEY.get(headerKey(name)) ?? name;
}

/** The name to compare by, in lower case and in its long form: 'm', 'CONTACT' → 'contact'. */
export function headerKey(name: string): string {
  // Spellings on the wire are nearly always the canonical one, so the table answers; it never grows.
  return KEYS.get(name) ?? keyOfOddSpelling(name);
}

/** A name in a spelling that is registered, and its key. */
export interface Spelling {
  readonly spelling: string;
  readonly key: string;
}

/** All registered spellings with their keys: canonical, in lower case, compact. */
export function registeredSpellings(): readonly Spelling[] {
  return [...KEYS].map(([spelling, key]) => ({ spelling, key }));
}

function keyOfOddSpelling(name: string): string {
  const lower = name.toLowerCase();
  return KEYS.get(lower) ?? lower;
}

/** Compact forms: RFC 3261 §7.3.3, RFC 3515, 3841, 3892, 4028, 6665, 8224. */
const COMPACT_FORMS = {
  'Accept-Contact': 'a',
  'Referred-By': 'b',
  'Content-Type': 'c',
  'Request-Disposition': 'd',
  'Content-Encoding': 'e',
  From: 'f',
  'Call-ID': 'i',
  'Reject-Contact': 'j',
  Supported: 'k',
  'Content-Length': 'l',
  Contact: 'm',
  Event: 'o',
  'Refer-To': 'r',
  Subject: 's',
  To: 't',
  'Allow-Events': 'u',
  Via: 'v',
  'Session-Expires': 'x',
  Identity: 'y',
} as const;

const OTHER_NAMES = [
  'Accept',
  'Accept-Encoding',
  'Accept-Language',
  'Accept-Resource-Priority',
  'Alert-Info',
  'AlertMsg-Error',
  'Allow',
  'Authentication-Info',
  'Authorization',
  'CSeq',
  'Call-Info',
  'Content-Disposition',
  'Content-ID',
  'Content-Language',
  'Date',
  'Error-Info',
  'Expires',
  'Flow-Timer',
  'Geolocation',
  'Geolocation-Error',
  'Geolocation-Routing',
  'History-Info',
  'In-Reply-To',
  'Info-Package',
  'Join',
  'MIME-Version',
  'Max-Breadth',
  'Max-Forwards',
  'Min-Expires',
  'Min-SE',
  'Organization',
  'P-Asserted-Identity',
  'P-Preferred-Identity',
  'Path',
  'Permission-Missing',
  'Priority',
  'Privacy',
  'Proxy-Authenticate',
  'Proxy-Authentication-Info',
  'Proxy-Authorization',
  'Proxy-Require',
  'RAck',
  'RSeq',
  'Reason',
  'Record-Route',
  'Recv-Info',
  'Replaces',
  'Reply-To',
  'Require',
  'Resource-Priority',
  'Retry-After',
  'Route',
  'SIP-ETag',
  'SIP-If-Match',
  'Security-Client',
  'Security-Server',
  'Security-Verify',
  'Server',
  'Service-Route',
  'Subscription-State',
  'Timestamp',
  'Unsupported',
  'User-Agent',
  'WWW-Authenticate',
  'Warning',
] as const;

const CANONICAL_BY_KEY = new Map<string, string>();
const KEYS = new Map<string, string>();

for (const name of [...Object.keys(COMPACT_FORMS), ...OTHER_NAMES]) {
  const key = name.toLowerCase();
  CANONICAL_BY_KEY.set(key, name);
  KEYS.set(name, key);
  KEYS.set(key, key);
}
for (const [name, compact] of Object.entries(COMPACT_FORMS)) KEYS.set(compact, name.toLowerCase());
