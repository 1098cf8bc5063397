// Names of header fields (RFC 3261 §7.3.1: case-insensitive; §7.3.3: compact forms).

/** The usual spelling: 'm' → 'Contact', 'call-id' → 'Call-ID'. Unknown names come back unchanged. */
export function canonicalName(name: string): string {
  return CANONICAL_BY_KEY.get(headerKey(name)) ?? name;
}

/** The name to compare by, in lower case and in its long form: 'm', 'CONTACT' → 'contact'. */
export function headerKey(name: string): string {
  // Spellings on the wire are nearly always the canonical one, so the table answers; it never grows.
  return KNOWN_NAMES.get(name)?.key ?? keyOfOddSpelling(name);
}

/** A name in a spelling that is registered, its key, and how a line with it begins. */
export interface KnownName {
  readonly spelling: string;
  readonly key: string;
  /** With the line break before it: `'\r\nCall-ID: '`. */
  readonly opening: string;
}

/** The table's own copy of a registered spelling, so that no message keeps one of its own; undefined for other names. */
export function knownName(name: string): KnownName | undefined {
  return KNOWN_NAMES.get(name);
}

/** The same for the name that stands between two places of a text, which need not be cut out of it for that. */
export function knownNameAt(text: string, from: number, to: number): KnownName | undefined {
  const candidates = NAMES_BY_FORM[formOf(text.charCodeAt(from), to - from)];
  if (candidates === undefined) return undefined;
  for (const known of candidates) if (text.startsWith(known.spelling, from)) return known;
  return undefined;
}

/** All registered spellings with their keys: canonical, in lower case, compact. */
export function registeredSpellings(): readonly KnownName[] {
  return [...KNOWN_NAMES.values()];
}

function keyOfOddSpelling(name: string): string {
  const lower = name.toLowerCase();
  return KNOWN_NAMES.get(lower)?.key ?? lower;
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
const KNOWN_NAMES = new Map<string, KnownName>();

/** Registered spellings by first letter and length: seldom more than two share both. */
const NAMES_BY_FORM: (KnownName[] | undefined)[] = [];

for (const name of [...Object.keys(COMPACT_FORMS), ...OTHER_NAMES]) {
  const key = name.toLowerCase();
  CANONICAL_BY_KEY.set(key, name);
  register(name, key);
  register(key, key);
}
for (const [name, compact] of Object.entries(COMPACT_FORMS)) register(compact, name.toLowerCase());

function register(spelling: string, key: string): void {
  const known = { spelling, key, opening: `\r\n${spelling}: ` };
  KNOWN_NAMES.set(spelling, known);
  (NAMES_BY_FORM[formOf(spelling.charCodeAt(0), spelling.length)] ??= []).push(known);
}

/** A number for a first letter (of ASCII; others meet no registered name) and a length. */
function formOf(letter: number, length: number): number {
  return length * 128 + letter;
}
