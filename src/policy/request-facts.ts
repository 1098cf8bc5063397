// What the answered request says, read once: every header field that a rule of the table looks at.
import { readAcceptList } from '../sip/accept.js';
import { tagOf, uriOf } from '../sip/address.js';
import { readContactExpires } from '../sip/contact.js';
import { parseCSeq } from '../sip/cseq.js';
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
import { firstOf, readIfPresent, rowCollector } from './header-rows.js';

/** Reads what the rules look at. */
export function readRequestFacts(request: SipRequest, { inDialog }: Client): RequestFacts {
  const rows = collectRows(request.headers);
  const { expires, removal } = intervalOf(rows);
  const { contentType, contentEncoding, parts } = contentOf(rows, request.body);
  return {
    method: request.method,
    uri: request.uri,
    scheme: schemeOf(request.uri),
    inDialog: inDialog ?? tagOf(firstOf(rows.to)) !== undefined,
    cseq: parseCSeq(firstOf(rows.cseq))?.number ?? 0,
    expires,
    removal,
    sessionExpires: readIfPresent(rows['session-expires'], readSessionExpires)?.seconds,
    minSe: readIfPresent(rows['min-se'], readMinSe),
    require: readIfPresent(rows.require, readTokenList) ?? [],
    proxyRequire: readIfPresent(rows['proxy-require'], readTokenList) ?? [],
    supported: readIfPresent(rows.supported, readTokenList) ?? [],
    accept: readIfPresent(rows.accept, readAcceptList)?.map(({ value }) => value),
    bodyLength: octetLength(request.body),
    contentType,
    contentEncoding,
    parts,
    maxForwards: readDeltaSeconds(firstOf(rows['max-forwards'])),
    dialled: dialledOf(request.uri),
    conditional: rows['sip-if-match'] !== undefined,
    located: rows.geolocation !== undefined,
    signed: rows.identity !== undefined,
    anonymous: isAnonymous(rows),
    resourcePriority: readIfPresent(rows['resource-priority'], readTokenList) ?? [],
    regId: hasRow(rows.contact, REG_ID),
    push: hasRow(rows.contact, PUSH_PARAM),
    domain: domainOf(uriOf(firstOf(rows.from))),
  };
}

/** The header fields that facts are made of. */
const collectRows = /* @__PURE__ */ rowCollector({
  accept: undefined,
  contact: undefined,
  'content-encoding': undefined,
  'content-type': undefined,
  cseq: undefined,
  expires: undefined,
  from: undefined,
  geolocation: undefined,
  identity: undefined,
  'max-forwards': undefined,
  'min-se': undefined,
  privacy: undefined,
  'proxy-require': undefined,
  require: undefined,
  'resource-priority': undefined,
  'session-expires': undefined,
  'sip-if-match': undefined,
  supported: undefined,
  to: undefined,
});

type Rows = ReturnType<typeof collectRows>;

const REG_ID = /;\s*reg-id\s*=/i;
const PUSH_PARAM = /;\s*pn-[a-z]+\s*[=;>]/i;

function hasRow(rows: readonly string[] | undefined, form: RegExp): boolean {
  return rows !== undefined && rows.some((row) => form.test(row));
}

/** The interval that was asked for: the briefest of all contacts, because that is the one that is too brief. */
function intervalOf(rows: Rows): Pick<RequestFacts, 'expires' | 'removal'> {
  const header = readDeltaSeconds(firstOf(rows.expires));
  const contacts = readIfPresent(rows.contact, readContactExpires) ?? [];
  const asked = contacts.length === 0 ? [header] : contacts.map((expires) => expires ?? header);
  let briefest: number | undefined;
  let removal = true;
  for (const seconds of asked) {
    if (seconds !== 0) removal = false;
    if (seconds !== undefined && seconds > 0 && !(briefest !== undefined && briefest <= seconds)) briefest = seconds;
  }
  return { expires: briefest, removal };
}

function contentOf(rows: Rows, body: string): Pick<RequestFacts, 'contentType' | 'contentEncoding' | 'parts'> {
  const mediaType = rows['content-type'] === undefined ? undefined : readMediaType(firstOf(rows['content-type']));
  const boundary = mediaType === undefined ? undefined : boundaryOf(mediaType);
  return {
    contentType: mediaType?.type,
    contentEncoding: rows['content-encoding']?.[0]?.trim().toLowerCase(),
    parts: boundary === undefined ? [] : partsOf(body, boundary).map(({ headers }) => typeOfPart(headers)),
  };
}

function typeOfPart(headers: readonly Header[]): string {
  return readMediaType(firstHeader(headers, 'Content-Type') ?? '')?.type ?? 'text/plain';
}

/** The number of a tel URI, or in the user part of a SIP URI, parameters left out (RFC 3261 §19.1.1, §19.1.6). */
function dialledOf(uri: string): string | undefined {
  // A SIP URI without a user part is nobody's number, and most REGISTERs go to one.
  if (uri.startsWith('sip:') && !uri.includes('@')) return undefined;
  const number = /^(?:tel:([^;?]+)|sips?:([^;:@?]+)(?:[;:][^@]*)?@)/i.exec(uri);
  const digits = number?.[1] ?? number?.[2] ?? '';
  return NUMBER.test(digits) ? digits : undefined;
}

/** Digits with their separators, `+` first, DTMF letters; a SIP URI writes `#` as `%23` (RFC 3966 §3). */
const NUMBER = /^(?=.*[0-9*#])\+?(?:[0-9*#a-d().-]|%23)+$/i;

/** RFC 3323 §4.1: a Privacy that hides the user, or a From that names nobody. */
function isAnonymous(rows: Rows): boolean {
  return /\b(?:id|user|header)\b/i.test(firstOf(rows.privacy)) || /@anonymous\.invalid\b/i.test(firstOf(rows.from));
}

function schemeOf(uri: string): string {
  if (uri.startsWith('sip:')) return 'sip';
  return (/^([a-z][a-z0-9+.-]*):/i.exec(uri)?.[1] ?? '').toLowerCase();
}

/** A From that is no SIP URI names no domain. */
function domainOf(uri: string): string {
  const parsed = parseUri(uri);
  return parsed?.scheme === 'sip' || parsed?.scheme === 'sips' ? parsed.host : '';
}
