// Whether a response belongs to a request: its CSeq is that of the request (RFC 3261 §8.2.6.2).
import { readCSeq } from '../src/sip/cseq.js';
import { firstHeader } from '../src/sip/header-list.js';
import type { SipRequest, SipResponse } from '../src/sip/message.js';

/**
 * False for a response to an earlier attempt that came twice or late, and for one to a CANCEL: their CSeq has another
 * number, or another method. One whose CSeq cannot be read belongs to whatever is in flight.
 */
export function belongsTo({ headers }: SipRequest, response: SipResponse): boolean {
  const given = firstHeader(response.headers, 'CSeq');
  // The usual case, which is settled without a look at the parts.
  if (given === undefined || given === firstHeader(headers, 'CSeq')) return true;
  const [sent, echoed] = [readCSeq(headers), readCSeq(response.headers)];
  if (sent === undefined || echoed === undefined) return true;
  return sent.number === echoed.number && sent.method === echoed.method;
}
