// The dialog that an accepted INVITE or SUBSCRIBE creates, as the UAC sees it, and the requests inside it (RFC 3261 §12).
import { tagOf, uriOf } from '../sip/address.js';
import { readContacts } from '../sip/contact.js';
import { readCSeq } from '../sip/cseq.js';
import { allHeaders, firstHeader } from '../sip/header-list.js';
import type { Header, SipRequest, SipResponse } from '../sip/message.js';
import { octetLength } from '../sip/octets.js';
import { readTokenList } from '../sip/token-list.js';
import { parseUri } from '../sip/uri.js';
import { credentialsKind } from './credential-rows.js';

/** What the requests of a dialog are made of (RFC 3261 §12.1.2). */
export interface Dialog {
  readonly callId: string;
  /** The From and To values of requests, tags included. */
  readonly local: string;
  readonly remote: string;
  /** The CSeq number used last. */
  readonly localCSeq: number;
  /** The URI of the peer's Contact. */
  readonly remoteTarget: string;
  /** Route values in the order in which they are sent. */
  readonly routeSet: readonly string[];
}

/** What a request inside a dialog is given besides. */
export interface DialogRequestParts {
  /** Unguessable text of [0-9a-z] for the branch. */
  readonly token: string;
  /** The top Via without a branch: `SIP/2.0/UDP 192.0.2.1:5060`. */
  readonly via: string;
  readonly headers?: readonly Header[];
  readonly body?: string;
}

/**
 * The dialog between this request and this response, early or confirmed; `undefined` when the response creates none,
 * because it has no To tag. Requests inside the dialog that came later than `request` are not counted in `localCSeq`.
 */
export function dialogOf(request: SipRequest, response: SipResponse): Dialog | undefined {
  const remote = firstHeader(response.headers, 'To');
  if (remote === undefined || tagOf(remote) === undefined || response.status < 101 || response.status > 299)
    return undefined;
  const [contact] = readContacts(allHeaders(response.headers, 'Contact'));
  return {
    callId: firstHeader(request.headers, 'Call-ID') ?? '',
    local: firstHeader(request.headers, 'From') ?? '',
    remote,
    localCSeq: readCSeq(request.headers)?.number ?? 0,
    // A 2xx without a Contact is against §12.1.1; the Request-URI is the next best guess.
    // Of the Contact URI only what belongs into a Request-URI is taken: `headers` could smuggle Route in (§19.1.5).
    remoteTarget: contact === undefined ? request.uri : contact.uri.replace(/\?.*$/s, ''),
    // "in reverse order" (RFC 3261 §12.1.2).
    routeSet: readTokenList(allHeaders(response.headers, 'Record-Route')).toReversed(),
  };
}

/** A new request inside the dialog, and the dialog with its CSeq number counted (RFC 3261 §12.2.1.1). */
export function requestIn(
  dialog: Dialog,
  method: string,
  parts: DialogRequestParts,
): { readonly request: SipRequest; readonly dialog: Dialog } {
  const cseq = dialog.localCSeq + 1;
  return { request: requestWith(dialog, method, cseq, parts), dialog: { ...dialog, localCSeq: cseq } };
}

/**
 * The ACK for a 2xx to this INVITE: a transaction of its own, with the CSeq number and the credentials of the INVITE
 * (RFC 3261 §13.2.2.4). The same for every retransmission of the 2xx.
 */
export function ackOfSuccess(dialog: Dialog, invite: SipRequest, parts: DialogRequestParts): SipRequest {
  const credentials = invite.headers.filter(([name]) => credentialsKind(name) !== undefined);
  const headers = [...credentials, ...(parts.headers ?? [])];
  return requestWith(dialog, 'ACK', readCSeq(invite.headers)?.number ?? dialog.localCSeq, { ...parts, headers });
}

function requestWith(
  { callId, local, remote, remoteTarget, routeSet }: Dialog,
  method: string,
  cseq: number,
  { token, via, headers = [], body = '' }: DialogRequestParts,
): SipRequest {
  const { uri, routes } = wayOf(remoteTarget, routeSet);
  return {
    method,
    uri,
    headers: [
      ['Via', `${via};branch=z9hG4bK${token}`],
      ['Max-Forwards', '70'],
      ...routes.map((route): Header => ['Route', route]),
      ['From', local],
      ['To', remote],
      ['Call-ID', callId],
      ['CSeq', `${cseq} ${method}`],
      ...headers,
      ['Content-Length', String(octetLength(body))],
    ],
    body,
  };
}

/** A first route without `lr` is a strict router: it stands in the Request-URI, and the target comes last (§12.2.1.1). */
function wayOf(remoteTarget: string, routeSet: readonly string[]) {
  const [first, ...others] = routeSet;
  if (first === undefined) return { uri: remoteTarget, routes: [] };
  const router = uriOf(first);
  const isLoose = parseUri(router)?.params.some(([name]) => name.toLowerCase() === 'lr') === true;
  return isLoose ? { uri: remoteTarget, routes: routeSet } : { uri: router, routes: [...others, `<${remoteTarget}>`] };
}
