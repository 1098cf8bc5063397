// What a response says, read once: every header field that a rule of the table looks at.
import { readAcceptList } from '../sip/accept.js';
import { readChallenges } from '../sip/challenge.js';
import { readContacts } from '../sip/contact.js';
import { readDeltaSeconds } from '../sip/delta-seconds.js';
import type { SipResponse } from '../sip/message.js';
import { readRetryAfter, type RetryAfter } from '../sip/retry-after.js';
import { readSecurityMechanisms } from '../sip/security.js';
import { readMinExpires, readMinSe } from '../sip/session-interval.js';
import { readTokenList } from '../sip/token-list.js';
import { parseUri } from '../sip/uri.js';
import { readWarnings } from '../sip/warning.js';
import { judgeChallenges } from './challenge-choice.js';
import type { Client, ResponseFacts } from './facts.js';
import { firstOf, readIfPresent, rowCollector } from './header-rows.js';
import type { History } from './history.js';
import type { Limits } from './limits.js';

/** What is known besides the response when it is read. */
export interface ReadingContext {
  readonly history: History;
  readonly client: Client;
  readonly limits: Limits;
  /** Epoch milliseconds, for a Retry-After that is a date (RFC 2543 §6.32). */
  readonly now: number | undefined;
}

/** What a timeout, a transport error or a restart says: nothing. */
export const silence: ResponseFacts = {
  challengesOffered: 0,
  challenges: [],
  unsupported: [],
  require: [],
  warnings: [],
  contacts: [],
  securityServer: [],
  certificate: false,
};

/** Reads what the rules look at. Header fields that are absent or malformed are absent here. */
export function readResponseFacts(response: SipResponse, context: ReadingContext): ResponseFacts {
  const rows = collectRows(response.headers);
  const isChallenged = rows['www-authenticate'] !== undefined || rows['proxy-authenticate'] !== undefined;
  const offered = isChallenged ? readChallenges(response.headers) : [];
  return {
    retryAfter: retryAfterOf(rows, context.now),
    challengesOffered: offered.length,
    challenges: judgeChallenges(offered, context.history, context.client, context.limits),
    minExpires: readIfPresent(rows['min-expires'], readMinExpires),
    minSe: readIfPresent(rows['min-se'], readMinSe),
    unsupported: readIfPresent(rows.unsupported, readTokenList) ?? [],
    require: readIfPresent(rows.require, readTokenList) ?? [],
    accept: readIfPresent(rows.accept, readAcceptList),
    acceptEncoding: readIfPresent(rows['accept-encoding'], readAcceptList),
    acceptLanguage: readIfPresent(rows['accept-language'], readAcceptList),
    // In other responses Allow is a courtesy (RFC 3261 §20.5); in a 405 it is the answer (§21.4.6).
    allow: response.status === 405 ? readIfPresent(rows.allow, readTokenList) : undefined,
    allowEvents: readIfPresent(rows['allow-events'], readTokenList),
    acceptResourcePriority: readIfPresent(rows['accept-resource-priority'], readTokenList),
    warnings: readIfPresent(rows.warning, warnCodesOf) ?? [],
    contacts: readIfPresent(rows.contact, targetsOf) ?? [],
    securityServer: readIfPresent(rows['security-server'], mechanismsOf) ?? [],
    certificate: firstOf(rows['content-type']).toLowerCase().includes('pkcs7-mime'),
    geolocationError: readIfPresent(rows['geolocation-error'], errorCodeOf),
  };
}

/** The header fields that facts are made of. */
const collectRows = /* @__PURE__ */ rowCollector({
  accept: undefined,
  'accept-encoding': undefined,
  'accept-language': undefined,
  'accept-resource-priority': undefined,
  allow: undefined,
  'allow-events': undefined,
  contact: undefined,
  'content-type': undefined,
  date: undefined,
  'geolocation-error': undefined,
  'min-expires': undefined,
  'min-se': undefined,
  'proxy-authenticate': undefined,
  require: undefined,
  'retry-after': undefined,
  'security-server': undefined,
  unsupported: undefined,
  warning: undefined,
  'www-authenticate': undefined,
});

type Rows = ReturnType<typeof collectRows>;

function retryAfterOf(rows: Rows, now: number | undefined): RetryAfter | undefined {
  const values = rows['retry-after'];
  return values === undefined ? undefined : readRetryAfter(values, { date: rows.date?.[0], now });
}

function warnCodesOf(values: readonly string[]): readonly number[] {
  return readWarnings(values).map(({ code }) => code);
}

/** The code, without what people may read behind it (RFC 6442 §4.3). */
function errorCodeOf(values: readonly string[]): number | undefined {
  return readDeltaSeconds(firstOf(values).replace(/;.*$/s, ''));
}

function mechanismsOf(values: readonly string[]): ResponseFacts['securityServer'] {
  return readSecurityMechanisms(values).map(({ mechanism, q, raw }) => ({ mechanism, q, raw }));
}

/**
 * RFC 3261 §8.1.3.4: the UAC may order the targets by q. Of a Contact URI only what belongs into a Request-URI is
 * taken: `headers` could smuggle Route or From in. An address that demands another method, or an extension, is left out:
 * "SHOULD refuse to send these requests rather than modifying them to match their capabilities" (§19.1.5).
 */
function targetsOf(values: readonly string[]): readonly string[] {
  return readContacts(values)
    .filter(({ uri }) => uri !== '*' && isSip(uri) && !/;method=|[?&]require=/i.test(uri))
    .toSorted((one, other) => (other.q ?? 1) - (one.q ?? 1))
    .map(({ uri }) => uri.replace(/\?.*$/s, ''));
}

function isSip(uri: string): boolean {
  const scheme = parseUri(uri)?.scheme;
  return scheme === 'sip' || scheme === 'sips';
}
