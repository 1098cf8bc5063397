// What shows that a response answers another request than the current one (RFC 3261 §17.1.3, §8.2.6.2). Named, never refused.
import { tagOf } from './address.js';
import { readCSeq } from './cseq.js';
import { firstHeader } from './header-list.js';
import type { SipRequest, SipResponse } from './message.js';
import { topVia } from './via.js';

/** One sentence for each of sent-by, branch, Call-ID, tags and CSeq that both messages have and that differ. */
export function mismatchesOf(request: SipRequest, response: SipResponse): readonly string[] {
  const [found, sent] = [topVia(response.headers), topVia(request.headers)];
  const pairs: readonly (readonly [string, string | undefined, string | undefined])[] = [
    // RFC 3261 §18.1.2: the transport layer "MUST silently discard" a response that is addressed to somebody else.
    ['sent-by', found?.sentBy.toLowerCase(), sent?.sentBy.toLowerCase()],
    ['branch', found?.branch, sent?.branch],
    ['CSeq', cseqOf(response), cseqOf(request)],
    ['Call-ID', firstHeader(response.headers, 'Call-ID'), firstHeader(request.headers, 'Call-ID')],
    ['From tag', tagIn(response, 'From'), tagIn(request, 'From')],
    // Outside a dialog the To tag is the responder's own (RFC 3261 §8.2.6.2).
    ['To tag', tagIn(response, 'To'), tagIn(request, 'To')],
  ];
  return pairs.flatMap(([what, found, sent]) =>
    found === undefined || sent === undefined || found === sent
      ? []
      : [`the ${what} of the response is ${found}, but ${sent} was sent`],
  );
}

function cseqOf(message: SipRequest | SipResponse): string | undefined {
  const cseq = readCSeq(message.headers);
  return cseq && `${cseq.number} ${cseq.method}`;
}

function tagIn(message: SipRequest | SipResponse, name: 'From' | 'To'): string | undefined {
  return tagOf(firstHeader(message.headers, name) ?? '');
}
