// Header fields that only the application can write, or a person allow: 417, 424, 428, 429, 433, 436 to 438, 483.
import type { ActionOf } from '../policy/action.js';
import { angleBracketsOf, tagOf, withTag } from '../sip/address.js';
import { readDeltaSeconds } from '../sip/delta-seconds.js';
import { allHeaders, firstHeader, headerKey, removeHeader, replaceHeaders, setHeader } from '../sip/header-list.js';
import type { Header, SipRequest } from '../sip/message.js';
import { readTokenList } from '../sip/token-list.js';
import { withBody } from './body.js';
import type { Materials } from './materials.js';
import { removeTokens } from './token-rows.js';

/** Takes over what the application answered: its header fields in place of those of the same name, and its body. */
export function withAnswer(request: SipRequest, { headers = [], body }: Materials): SipRequest {
  const answered = body === undefined ? request : withBody(request, body);
  return { ...answered, headers: withHeaders(answered.headers, headers) };
}

/** RFC 4412 §4.6.2: another value, if possible one that the server lists. */
export function changePriority(
  request: SipRequest,
  { accept }: ActionOf<'changePriority'>,
  materials: Materials,
): SipRequest {
  const { headers = [] } = materials;
  if (headers.some(([name]) => headerKey(name) === 'resource-priority')) return withAnswer(request, materials);
  const sent = readTokenList(allHeaders(request.headers, 'Resource-Priority'));
  const listed = accept.find((value) => !sent.includes(value));
  return listed === undefined
    ? request
    : { ...request, headers: setHeader(request.headers, 'Resource-Priority', listed) };
}

/** RFC 5079 §4: without anonymity, once the user agreed. Nothing asks for privacy, and From says who calls. */
export function revealIdentity(request: SipRequest, _: ActionOf<'revealIdentity'>, materials: Materials): SipRequest {
  const unhidden = removeTokens(removeHeader(request.headers, 'Privacy'), 'Proxy-Require', ['privacy']);
  const named = isNobody(firstHeader(unhidden, 'From')) ? withPreferredIdentity(unhidden) : unhidden;
  return withAnswer({ ...request, headers: named }, materials);
}

/** Whether a From names nobody (RFC 3323 §4.1.1.3). */
export function isNobody(from = ''): boolean {
  return /@anonymous\.invalid\b/i.test(from);
}

/** RFC 3261 §20.22: 70 is recommended. */
export function raiseMaxForwards(request: SipRequest, { value }: ActionOf<'raiseMaxForwards'>): SipRequest {
  const sent = readDeltaSeconds(firstHeader(request.headers, 'Max-Forwards') ?? '') ?? 0;
  if (sent >= value) return request;
  return { ...request, headers: setHeader(request.headers, 'Max-Forwards', String(value)) };
}

/** The identity of the request is not the application's to write, nor are credentials, which are computed last. */
const OURS: ReadonlySet<string> = new Set([
  'via',
  'cseq',
  'call-id',
  'to',
  'content-length',
  'authorization',
  'proxy-authorization',
]);

function withHeaders(headers: readonly Header[], given: readonly Header[]): readonly Header[] {
  const names = new Map(given.map(([name]) => [headerKey(name), name]));
  let answered = headers;
  for (const [key, name] of names) {
    if (OURS.has(key)) continue;
    const values = allHeaders(given, name);
    answered = replaceHeaders(answered, name, key === 'from' ? values.map((from) => withTagOf(headers, from)) : values);
  }
  return answered;
}

/** RFC 3261 §8.1.3.5: From SHOULD be the same as before; where its URI may change, its tag still stays. */
function withTagOf(headers: readonly Header[], from: string): string {
  const tag = tagOf(firstHeader(headers, 'From') ?? '');
  return tag === undefined ? from : withTag(from, tag);
}

/** The identity that the user prefers when a proxy asserts one (RFC 3325 §9.2). */
function withPreferredIdentity(headers: readonly Header[]): readonly Header[] {
  const [preferred] = readTokenList(allHeaders(headers, 'P-Preferred-Identity'));
  if (preferred === undefined) return headers;
  const from = angleBracketsOf(preferred) === undefined ? `<${preferred}>` : preferred;
  return withHeaders(headers, [['From', from]]);
}
