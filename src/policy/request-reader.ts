// Reading the answered request: one getter for each thing that a rule of the table looks at.
import { readAcceptList } from '../sip/accept.js';
import { tagOf, uriOf } from '../sip/address.js';
import { readContactExpires } from '../sip/contact.js';
import { parseCSeq } from '../sip/cseq.js';
import { readDeltaSeconds } from '../sip/delta-seconds.js';
import { boundaryOf, type MediaType, readMediaType } from '../sip/media-type.js';
import { allHeaders, firstHeader, hasHeader } from '../sip/header-list.js';
import type { Header, SipRequest } from '../sip/message.js';
import { partsOf } from '../sip/multipart.js';
import { octetLength } from '../sip/octets.js';
import { readMinSe, readSessionExpires } from '../sip/session-interval.js';
import { readTokenList } from '../sip/token-list.js';
import type { Client, RequestFacts } from './facts.js';
import { dialledOf, sipUriOf } from './dialled-number.js';
import { readIfPresent, rowCollector } from './header-rows.js';

/** What the rules look at, each read when it is asked for: hardly any rule looks at more than three of them. */
export class RequestReader implements RequestFacts {
  readonly #request: SipRequest;
  readonly #inDialog: boolean | undefined;
  readonly #collected: Rows | undefined;
  #asked: readonly (number | undefined)[] | undefined;

  constructor(request: SipRequest, { inDialog }: Client, collected?: Rows) {
    this.#request = request;
    this.#inDialog = inDialog;
    this.#collected = collected;
  }

  get method(): string {
    return this.#request.method;
  }

  get uri(): string {
    return this.#request.uri;
  }

  get scheme(): string {
    return schemeOf(this.#request.uri);
  }

  get inDialog(): boolean {
    return this.#inDialog ?? tagOf(this.#first('to')) !== undefined;
  }

  get cseq(): number {
    return parseCSeq(this.#first('cseq'))?.number ?? 0;
  }

  get expires(): number | undefined {
    return briefestOf(this.#intervals());
  }

  get removal(): boolean {
    return this.#intervals().every((seconds) => seconds === 0);
  }

  get query(): boolean {
    return this.method === 'REGISTER' && this.#rows('contact').length === 0 && this.#rows('expires').length === 0;
  }

  get sessionExpires(): number | undefined {
    return readIfPresent(this.#rows('session-expires'), readSessionExpires)?.seconds;
  }

  get minSe(): number | undefined {
    return readIfPresent(this.#rows('min-se'), readMinSe);
  }

  get require(): readonly string[] {
    return readTokenList(this.#rows('require'));
  }

  get proxyRequire(): readonly string[] {
    return readTokenList(this.#rows('proxy-require'));
  }

  get supported(): readonly string[] {
    return readTokenList(this.#rows('supported'));
  }

  get accept(): readonly string[] | undefined {
    return readIfPresent(this.#rows('accept'), readAcceptList)?.map(({ value }) => value);
  }

  get bodyLength(): number {
    return octetLength(this.#request.body);
  }

  get contentType(): string | undefined {
    return this.#mediaType()?.type;
  }

  get contentEncoding(): string | undefined {
    return firstHeader(this.#request.headers, 'Content-Encoding')?.trim().toLowerCase();
  }

  get parts(): readonly string[] {
    const mediaType = this.#mediaType();
    const boundary = mediaType && boundaryOf(mediaType);
    return boundary === undefined
      ? []
      : partsOf(this.#request.body, boundary).map(({ headers }) => typeOfPart(headers));
  }

  get maxForwards(): number | undefined {
    return readDeltaSeconds(this.#first('max-forwards'));
  }

  get dialled(): string | undefined {
    return dialledOf(this.#request.uri);
  }

  get conditional(): boolean {
    return hasHeader(this.#request.headers, 'SIP-If-Match');
  }

  get located(): boolean {
    return hasHeader(this.#request.headers, 'Geolocation');
  }

  get signed(): boolean {
    return hasHeader(this.#request.headers, 'Identity');
  }

  /** RFC 3323 §4.1: a Privacy that hides the user, or a From that names nobody. */
  get anonymous(): boolean {
    return /\b(?:id|user|header)\b/i.test(this.#first('privacy')) || /@anonymous\.invalid\b/i.test(this.#first('from'));
  }

  get resourcePriority(): readonly string[] {
    return readTokenList(this.#rows('resource-priority'));
  }

  get regId(): boolean {
    return this.#rows('contact').some((row) => REG_ID.test(row));
  }

  get push(): boolean {
    return this.#rows('contact').some((row) => PUSH_PARAM.test(row));
  }

  get sipUri(): string | undefined {
    return this.scheme === 'tel' ? sipUriOf(this.#request.uri, uriOf(this.#first('from'))) : undefined;
  }

  #rows(key: keyof Rows): readonly string[] {
    return this.#collected === undefined ? allHeaders(this.#request.headers, key) : (this.#collected[key] ?? NONE);
  }

  #first(key: keyof Rows): string {
    if (this.#collected === undefined) return firstHeader(this.#request.headers, key) ?? '';
    return this.#collected[key]?.[0] ?? '';
  }

  #mediaType(): MediaType | undefined {
    return readMediaType(this.#first('content-type'));
  }

  /** The intervals asked for, contact by contact; without a contact, that of the request. */
  #intervals(): readonly (number | undefined)[] {
    if (this.#asked !== undefined) return this.#asked;
    const header = readDeltaSeconds(this.#first('expires'));
    const contacts = readContactExpires(this.#rows('contact'));
    this.#asked = contacts.length === 0 ? [header] : contacts.map((expires) => expires ?? header);
    return this.#asked;
  }
}

/** Collects what all facts are made of in one pass, which is faster once more than a few are asked for. */
export const collectRequestRows = /* @__PURE__ */ rowCollector({
  accept: undefined,
  contact: undefined,
  'content-encoding': undefined,
  'content-type': undefined,
  cseq: undefined,
  expires: undefined,
  from: undefined,
  'max-forwards': undefined,
  'min-se': undefined,
  privacy: undefined,
  'proxy-require': undefined,
  require: undefined,
  'resource-priority': undefined,
  'session-expires': undefined,
  supported: undefined,
  to: undefined,
});

type Rows = ReturnType<typeof collectRequestRows>;

const NONE: readonly string[] = [];

const REG_ID = /;\s*reg-id\s*=/i;
const PUSH_PARAM = /;\s*pn-[a-z]+\s*[=;>]/i;

/** The briefest that is not 0: that is the one that is too brief. */
function briefestOf(intervals: readonly (number | undefined)[]): number | undefined {
  let briefest: number | undefined;
  for (const seconds of intervals) {
    if (seconds !== undefined && seconds > 0 && !(briefest !== undefined && briefest <= seconds)) briefest = seconds;
  }
  return briefest;
}

function typeOfPart(headers: readonly Header[]): string {
  return readMediaType(firstHeader(headers, 'Content-Type') ?? '')?.type ?? 'text/plain';
}

function schemeOf(uri: string): string {
  if (uri.startsWith('sip:')) return 'sip';
  return (/^([a-z][a-z0-9+.-]*):/i.exec(uri)?.[1] ?? '').toLowerCase();
}
