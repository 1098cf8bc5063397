// A request of SIP.js as one of ours: what SIP.js would write, read back.
import type { Change } from '../../request/change.js';
import { changesBetween } from '../../request/change.js';
import { setHeader } from '../../sip/header-list.js';
import type { SipRequest } from '../../sip/message.js';
import { readMessage } from '../../sip/read-message.js';
import { SipRetryError } from '../../sip/sip-retry-error.js';
import type { SipJsMessage } from './stack.js';

/**
 * The request that SIP.js would write for this message, with a Via of its own: SIP.js makes its one when it sends.
 * @throws SipRetryError `badRequest` when it is none that the adapter carries.
 */
export function requestOf(message: SipJsMessage, via: string): SipRequest {
  const { method, toTag } = message;
  if (NOT_CARRIED.includes(method)) {
    throw new SipRetryError(
      'badRequest',
      `${method} is no request of its own for SIP.js; use its Session or Subscription.`,
    );
  }
  if (toTag !== undefined && toTag !== '') {
    throw new SipRetryError(
      'badRequest',
      'Requests inside a dialog are made by SIP.js’s Session; give one outside of any.',
    );
  }
  const read = readMessage(message.toString());
  if (read.kind !== 'request') {
    throw new SipRetryError('badRequest', 'Give a message that core.makeOutgoingRequestMessage has made.');
  }
  return { ...read.request, headers: setHeader(read.request.headers, 'Via', via) };
}

const NOT_CARRIED: readonly string[] = ['ACK', 'CANCEL', 'BYE', 'PRACK', 'UPDATE', 'NOTIFY', 'SUBSCRIBE'];

/** What SIP.js would write otherwise than it was decided, but for what it always writes itself. */
export function differencesOf(message: SipJsMessage, decided: SipRequest): readonly Change[] {
  const read = readMessage(message.toString());
  if (read.kind !== 'request') return [{ what: 'Request-Line', before: [], after: [] }];
  return changesBetween(decided, read.request).filter(
    ({ what, before, after }) => !WRITTEN_BY_SIP_JS.includes(what) && !isSameList(what, before, after),
  );
}

const WRITTEN_BY_SIP_JS: readonly string[] = ['Via', 'Content-Length'];

/** SIP.js writes one Supported row, also an empty one; none means the same (RFC 3261 §20.37). */
function isSameList(what: string, before: readonly string[], after: readonly string[]): boolean {
  const tagsOf = (rows: readonly string[]): string => rows.join().replaceAll(' ', '').replace(/^,|,$/g, '');
  return what === 'Supported' && tagsOf(before) === tagsOf(after);
}
