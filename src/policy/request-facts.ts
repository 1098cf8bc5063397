// What the answered request says, read once: every header field that a rule of the table looks at.
import { readAcceptList } from '../sip/accept.js';
import { tagOf, uriOf } from '../sip/address.js';
import { readContactExpires } from '../sip/contact.js';
import { readCSeq } from '../sip/cseq.js';
import { readDeltaSeconds } from '../sip/delta-seconds.js';
import { boundaryOf, readMediaType } from '../sip/media-type.js';
import { firstHeader } from '../sip/header-list.js';
import type { Header, SipRequest } from '../sip/message.js';
import { partsOf } from '../sip/multipart.js';
import { octetLength } from '../sip/octets.js';
import { readMinSe, readSessionExpires } from '../sip/session-interval.js';
import { readTokenList } from '../sip/token-list.js';
import { parseUri } from '../sip/uri.js';
import type { Client, RequestFacts } from './facts.js';
import { firstOf, type HeaderRows, readIfPresent, rowsOf } from './header-rows.js';

/** Reads what the rules look at. */
export function readRequestFacts(request: SipRequest, client: Client): RequestFacts {
  const rows = rowsOf(request.headers, ASKED);
  const contacts = rows.get('contact') ?? [];
  const { expires, removal } = intervalOf(rows);
  const { contentType, contentEncoding, parts } = contentOf(rows, request.body);
  return {
    method: request.method,
    uri: request.uri,
    scheme: schemeOf(request.uri),
    inDialog: client.inDialog ?? tagOf(firstOf(rows, 'to') ?? '') !== undefined,
    cseq: readCSeq(request.headers)?.number ?? 0,
    expires,
    removal,
    sessionExpires: readIfPresent(rows, 'session-expires', readSessionExpires)?.seconds,
    minSe: readIfPresent(rows, 'min-se', readMinSe),
    require: readIfPresent(rows, 'require', readTokenList) ?? [],
    proxyRequire: readIfPresent(rows, 'proxy-require', readTokenList) ?? [],
    supported: readIfPresent(rows, 'supported', readTokenList) ?? [],
    accept: readIfPresent(rows, 'accept', readAcceptList)?.map(({ value }) => value),
    bodyLength: octetLength(request.body),
    contentType,
    contentEncoding,
    parts,
    maxForwards: readDeltaSeconds(firstOf(rows, 'max-forwards') ?? ''),
    dialled: dialledOf(request.uri),
    conditional: rows.has('sip-if-match'),
    located: rows.has('geolocation'),
    signed: rows.has('identity'),
    anonymous: isAnonymous(rows),
    resourcePriority: readIfPresent(rows, 'resource-priority', readTokenList) ?? [],
    regId: contacts.some((row) => /;\s*reg-id\s*=/i.test(row)),
    push: contacts.some((row) => /;\s*pn-[a-z]+\s*[=;>]/i.test(row)),
    domain: domainOf(uriOf(firstOf(rows, 'from') ?? '')),
  };
}

/** The header fields that facts are made of. */
const ASKED = new Set([
  'accept',
  'contact',
  'content-encoding',
  'content-type',
  'expires',
  'from',
  'geolocation',
  'identity',
  'max-forwards',
  'min-se',
  'privacy',
  'proxy-require',
  'require',
  'resource-priority',
  'session-expires',
  'sip-if-match',
  'supported',
  'to',
] as const);

type Rows = HeaderRows<typeof ASKED extends Set<infer Key extends string> ? Key : never>;

/** The interval that was asked for: the briefest of all contacts, because that is the one that is too brief. */
function intervalOf(rows: Rows): Pick<RequestFacts, 'expires' | 'removal'> {
  const header = readDeltaSeconds(firstOf(rows, 'expires') ?? '');
  const contacts = readIfPresent(rows, 'contact', readContactExpires) ?? [];
  const asked = contacts.length === 0 ? [header] : contacts.map((expires) => expires ?? header);
  const wanted = asked.filter(isPositive);
  const removal = asked.every((seconds) => seconds === 0);
  return { expires: wanted.length === 0 ? undefined : Math.min(...wanted), removal };
}

function isPositive(seconds: number | undefined): seconds is number {
  return seconds !== undefined && seconds > 0;
}

function contentOf(rows: Rows, body: string): Pick<RequestFacts, 'contentType' | 'contentEncoding' | 'parts'> {
  const written = firstOf(rows, 'content-type');
  const mediaType = written === undefined ? undefined : readMediaType(written);
  const boundary = mediaType === undefined ? undefined : boundaryOf(mediaType);
  return {
    contentType: mediaType?.type,
    contentEncoding: firstOf(rows, 'content-encoding')?.trim().toLowerCase(),
    parts: boundary === undefined ? [] : partsOf(body, boundary).map(({ headers }) => typeOfPart(headers)),
  };
}

function typeOfPart(headers: readonly Header[]): string {
  return readMediaType(firstHeader(headers, 'Content-Type') ?? '')?.type ?? 'text/plain';
}

/** The number of a tel URI, or in the user part of a SIP URI, parameters left out (RFC 3261 §19.1.1, §19.1.6). */
function dialledOf(uri: string): string | undefined {
  const number = /^(?:tel:([^;?]+)|sips?:([^;:@?]+)(?:[;:][^@]*)?@)/i.exec(uri);
  const digits = number?.[1] ?? number?.[2] ?? '';
  return NUMBER.test(digits) ? digits : undefined;
}

/** Digits with their separators, `+` first, DTMF letters; a SIP URI writes `#` as `%23` (RFC 3966 §3). */
const NUMBER = /^(?=.*[0-9*#])\+?(?:[0-9*#a-d().-]|%23)+$/i;

/** RFC 3323 §4.1: a Privacy that hides the user, or a From that names nobody. */
function isAnonymous(rows: Rows): boolean {
  const privacy = firstOf(rows, 'privacy') ?? '';
  return /\b(?:id|user|header)\b/i.test(privacy) || /@anonymous\.invalid\b/i.test(firstOf(rows, 'from') ?? '');
}

function schemeOf(uri: string): string {
  return (/^([a-z][a-z0-9+.-]*):/i.exec(uri)?.[1] ?? '').toLowerCase();
}

/** A From that is no SIP URI names no domain. */
function domainOf(uri: string): string {
  const parsed = parseUri(uri);
  return parsed?.scheme === 'sip' || parsed?.scheme === 'sips' ? parsed.host : '';
}
