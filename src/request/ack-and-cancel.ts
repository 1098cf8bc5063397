// The two requests that belong to an INVITE: the ACK for a refusal (RFC 3261 §17.1.1.3) and the CANCEL (§9.1).
import { readCSeq } from '../sip/cseq.js';
import { allHeaders, firstHeader, headerKey, setHeader } from '../sip/header-list.js';
import type { Header, SipRequest, SipResponse } from '../sip/message.js';
import { SipRetryError } from '../sip/sip-retry-error.js';
import { readTokenList } from '../sip/token-list.js';
import { credentialsKind } from './credential-rows.js';

/**
 * The ACK for a final response from 300 to 699: the branch and CSeq number of the INVITE, the To of the response.
 * @param invite as it was sent, credentials included: the ACK repeats them (RFC 3261 §22.1).
 * @throws SipRetryError `badRequest` for another method, or for a 1xx or 2xx; the ACK for a 2xx belongs to the dialog.
 */
export function ackOf(invite: SipRequest, response: SipResponse): SipRequest {
  if (invite.method !== 'INVITE' || response.status < 300) {
    throw new SipRetryError('badRequest', 'ackOf needs an INVITE and a response to it from 300 to 699.');
  }
  const headers = invite.headers.filter(([name]) => isShared(name) || credentialsKind(name) !== undefined);
  const to = firstHeader(response.headers, 'To');
  return companionOf(invite, 'ACK', to === undefined ? headers : setHeader(headers, 'To', to));
}

/**
 * The CANCEL of an INVITE. It may be sent once a provisional response has come, not before (RFC 3261 §9.1).
 * @throws SipRetryError `badRequest` for another method: only an INVITE is cancelled.
 */
export function cancelOf(invite: SipRequest): SipRequest {
  if (invite.method !== 'INVITE') throw new SipRetryError('badRequest', 'cancelOf needs an INVITE.');
  return companionOf(
    invite,
    'CANCEL',
    invite.headers.filter(([name]) => isShared(name)),
  );
}

/**
 * What must be the same in all three requests, and no more: no Require or Proxy-Require may be in them (RFC 3261
 * §8.2.2.3). The caller's preferences keep stateless proxies on the same way (RFC 3841 §5).
 */
function isShared(name: string): boolean {
  return SHARED.has(headerKey(name));
}

const SHARED: ReadonlySet<string> = new Set([
  'via',
  'max-forwards',
  'route',
  'from',
  'to',
  'call-id',
  'cseq',
  'accept-contact',
  'reject-contact',
  'request-disposition',
]);

function companionOf({ uri, headers: sent }: SipRequest, method: string, headers: readonly Header[]): SipRequest {
  const [via] = readTokenList(allHeaders(sent, 'Via'));
  const single = via === undefined ? headers : setHeader(headers, 'Via', via);
  const numbered = setHeader(single, 'CSeq', `${readCSeq(sent)?.number ?? 0} ${method}`);
  const hopping = setHeader(numbered, 'Max-Forwards', '70');
  return { method, uri, headers: [...hopping, ['Content-Length', '0']], body: '' };
}
