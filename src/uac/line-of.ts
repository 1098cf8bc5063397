// Which requests must not overlap, as the line that they stand in.
import { tagOf } from '../sip/address.js';
import { readContacts } from '../sip/contact.js';
import { readDeltaSeconds } from '../sip/delta-seconds.js';
import { allHeaders, firstHeader } from '../sip/header-list.js';
import type { SipRequest } from '../sip/message.js';
import { parseUri, sameUri } from '../sip/uri.js';
import { addressOfRecordOf, hostPortOf } from './request-place.js';

/** The line of a request. */
export interface LineName {
  readonly key: string;
  /** How long its place is kept: until the logical request has ended, or the transaction. */
  readonly span: 'request' | 'transaction';
}

/** A dialog as its two sides name it (RFC 3261 §12): our own tag, and the peer's. */
export interface DialogId {
  readonly callId: string;
  readonly localTag: string;
  readonly remoteTag: string;
}

/** The line of this request; `undefined` when it may overlap with all others. */
export function lineOf(request: SipRequest): LineName | undefined {
  const { method, uri, headers } = request;
  switch (method) {
    // RFC 3261 §10.2: "UAs MUST NOT send a new registration … until they have received a final response from the
    // registrar for the previous one or the previous REGISTER request has timed out."
    case 'REGISTER':
      return { key: JSON.stringify([method, hostPortOf(uri), addressOfRecordOf(request)]), span: 'request' };
    // RFC 3903 §4: no new PUBLISH "for the same Request-URI" meanwhile; RFC 3428 §8: no MESSAGE "to a given URI".
    case 'PUBLISH':
    case 'MESSAGE':
      return { key: JSON.stringify([method, destinationOf(uri)]), span: 'request' };
    case 'INVITE': {
      const remoteTag = tagOf(firstHeader(headers, 'To') ?? '');
      if (remoteTag === undefined) return undefined;
      const callId = firstHeader(headers, 'Call-ID') ?? '';
      const localTag = tagOf(firstHeader(headers, 'From') ?? '') ?? '';
      return { key: inviteLine({ callId, localTag, remoteTag }), span: 'transaction' };
    }
    default:
      return undefined;
  }
}

/**
 * RFC 3261 §14.1: "a UAC MUST NOT initiate a new INVITE transaction within a dialog while another INVITE transaction is in
 * progress in either direction."
 */
export function inviteLine({ callId, localTag, remoteTag }: DialogId): string {
  return JSON.stringify(['INVITE', callId, localTag, remoteTag]);
}

/** Whether this REGISTER removes all the bindings that the other one makes: then the other one is pointless. */
export function undoes(removal: SipRequest, other: SipRequest): boolean {
  if (removal.method !== 'REGISTER') return false;
  const removed = bindingsOf(removal);
  if (removed.length === 0 || removed.some(({ seconds }) => seconds !== 0)) return false;
  return bindingsOf(other).every(({ uri }) => removed.some((one) => one.uri === '*' || sameUri(one.uri, uri)));
}

function bindingsOf({
  headers,
}: SipRequest): readonly { readonly uri: string; readonly seconds: number | undefined }[] {
  const header = readDeltaSeconds(firstHeader(headers, 'Expires') ?? '');
  return readContacts(allHeaders(headers, 'Contact')).map(({ uri, expires }) => ({ uri, seconds: expires ?? header }));
}

/** Without parameters and scheme: two requests that might go to one place rather wait for each other. */
function destinationOf(uri: string): string {
  const user = parseUri(uri)?.user;
  return user === undefined ? hostPortOf(uri) : `${user}@${hostPortOf(uri)}`;
}
