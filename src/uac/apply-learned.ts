// The request with what was learned before, so that it does not draw the same refusal again. Pure: nothing is sent, counted or computed.
import { type Change, changesBetween } from '../request/change.js';
import { dropExtensions } from '../request/rewrite-extension.js';
import { raiseInterval } from '../request/rewrite-interval.js';
import { readContactExpires } from '../sip/contact.js';
import { allHeaders, firstHeader, hasHeader, removeHeader } from '../sip/header-list.js';
import type { SipRequest } from '../sip/message.js';
import type { LearnedFor } from './learned.js';

/** What is known and cannot be put right here: the application decides whether to send the request all the same. */
export type Remark =
  /** The peer said that it does not allow this method (RFC 3261 §21.4.6). */
  | { readonly about: 'method'; readonly allow: readonly string[] }
  /** The peer said that it does not support this event package (RFC 6665 §8.3.2). */
  | { readonly about: 'event'; readonly allowEvents: readonly string[] }
  /** The entity-tag is dead, and without a body there is nothing to publish anew (RFC 3903 §4.4). */
  | { readonly about: 'entityTag' };

export interface AppliedLearning {
  readonly request: SipRequest;
  readonly changes: readonly Change[];
  readonly remarks: readonly Remark[];
}

/**
 * The request to send instead, what changed in it, and what is left to say. Credentials are computed when it is sent.
 * `createUacRequest` does this by itself.
 */
export function applyLearned(request: SipRequest, learned: LearnedFor): AppliedLearning {
  const moved = learned.movedTo === undefined ? request : { ...request, uri: learned.movedTo };
  const extended = withoutUnsupported(moved, learned);
  const applied = withoutDeadEntityTag(withMinSe(withMinExpires(extended, learned), learned), learned);
  return { request: applied, changes: changesBetween(request, applied), remarks: remarksOn(applied, learned) };
}

/** RFC 3261 §8.1.3.5. Security agreement is never left out: that would be what an attacker wants (RFC 3329 §3). */
function withoutUnsupported(request: SipRequest, { unsupported = [] }: LearnedFor): SipRequest {
  const tags = unsupported.filter((tag) => tag.toLowerCase() !== 'sec-agree');
  return tags.length === 0 ? request : dropExtensions(request, { type: 'dropExtensions', tags });
}

/** RFC 3261 §10.2.8. Who names no interval lets the server choose, and a removal stays one. */
function withMinExpires(request: SipRequest, { minExpires }: LearnedFor): SipRequest {
  const { method, headers } = request;
  if (minExpires === undefined || !WITH_INTERVAL.has(method)) return request;
  const contacts = readContactExpires(allHeaders(headers, 'Contact'));
  const isAsked = hasHeader(headers, 'Expires') || contacts.some((expires) => expires !== undefined);
  return isAsked ? raiseInterval(request, { type: 'raiseInterval', header: 'Expires', seconds: minExpires }) : request;
}

/** RFC 4028 §7.4: the largest Min-SE of the call goes into every further INVITE and UPDATE. */
function withMinSe(request: SipRequest, { minSe }: LearnedFor): SipRequest {
  if (minSe === undefined || (request.method !== 'INVITE' && request.method !== 'UPDATE')) return request;
  return raiseInterval(request, { type: 'raiseInterval', header: 'Session-Expires', seconds: minSe, minSe });
}

/** RFC 3903 §5: without the entity-tag it is an initial publication, which needs the full state in its body (§4.2). */
function withoutDeadEntityTag(request: SipRequest, { entityTagDead }: LearnedFor): SipRequest {
  if (!entityTagDead || request.body === '' || isRemoval(request)) return request;
  return { ...request, headers: removeHeader(request.headers, 'SIP-If-Match') };
}

function remarksOn(request: SipRequest, { allow, allowEvents, entityTagDead }: LearnedFor): readonly Remark[] {
  const { method, headers } = request;
  const remarks: Remark[] = [];
  // ACK and CANCEL belong to a request that was sent: nobody asks whether they may.
  if (allow?.includes(method) === false && method !== 'ACK' && method !== 'CANCEL') {
    remarks.push({ about: 'method', allow });
  }
  const [event = ''] = (firstHeader(headers, 'Event') ?? '').split(';');
  if (method === 'SUBSCRIBE' && allowEvents?.includes(event.trim()) === false) {
    remarks.push({ about: 'event', allowEvents });
  }
  if (entityTagDead && hasHeader(headers, 'SIP-If-Match')) remarks.push({ about: 'entityTag' });
  return remarks;
}

function isRemoval({ headers }: SipRequest): boolean {
  return /^\s*0+\s*$/.test(firstHeader(headers, 'Expires') ?? '');
}

/** 423 is for these (RFC 3261 §10.3, RFC 6665 §4.1.2.1, RFC 3903 §4.1). */
const WITH_INTERVAL: ReadonlySet<string> = new Set(['REGISTER', 'SUBSCRIBE', 'PUBLISH']);
