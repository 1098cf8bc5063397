// What a response is matched by (RFC 3261 §17.1.3, §18.1.2), and why one is discarded.
import { readCSeq } from '../sip/cseq.js';
import type { Header, SipRequest, SipResponse } from '../sip/message.js';
import { countVias, topVia } from '../sip/via.js';

/** Why a response goes to no transaction. */
export const discardReasons = {
  statusOutOfRange: 'the status code is not from 100 to 699 (RFC 3261 §7.2)',
  unreadableVia: 'there is no Via, or the topmost has not the form of one or no branch (RFC 3261 §8.1.1.7)',
  severalVias: 'there is more than one Via, so it was meant for another element (RFC 3261 §8.1.3.3)',
  unreadableCSeq: 'there is no CSeq, or it has not the form of one (RFC 3261 §17.1.3)',
  noTransaction: 'no transaction has its branch and method, or none has any more (RFC 6026 §7.2)',
  foreignSentBy: 'the sent-by of its Via is not the one that the request was sent with (RFC 3261 §18.1.2)',
} as const;

/** The name of a reason to discard a response. */
export type DiscardReason = keyof typeof discardReasons;

/** What a request and its responses have in common. */
export interface TransactionId {
  /** Branch and method: a CANCEL has the branch of its INVITE. */
  readonly key: string;
  /** Host and port that responses are sent to. */
  readonly sentBy: string;
}

/** The identity of the transaction that this request creates; undefined without a branch in a readable topmost Via. */
export function idOfRequest({ method, headers }: SipRequest): TransactionId | undefined {
  return idOf(headers, method);
}

/** The identity of the transaction that this response belongs to, or why it can belong to none. */
export function idOfResponse(response: SipResponse): TransactionId | DiscardReason {
  const { headers } = response;
  if (!hasStatusCode(response)) return 'statusOutOfRange';
  if (countVias(headers) > 1) return 'severalVias';
  const cseq = readCSeq(headers);
  if (cseq === undefined) return 'unreadableCSeq';
  return idOf(headers, cseq.method) ?? 'unreadableVia';
}

/** Whether the status code is one: an integer from 100 to 699 (RFC 3261 §7.2, RFC 4475 §3.1.2.19). */
export function hasStatusCode({ status }: SipResponse): boolean {
  return Number.isInteger(status) && status >= 100 && status <= 699;
}

/** Methods are case-sensitive (RFC 3261 §7.1), tokens such as the branch and names of hosts are not (§7.3.1). */
function idOf(headers: readonly Header[], method: string): TransactionId | undefined {
  const via = topVia(headers);
  if (via?.branch === undefined || via.branch === '') return undefined;
  return {
    key: `${via.branch.toLowerCase()} ${method}`,
    sentBy: withoutDefaultPort(via.sentBy.toLowerCase(), via.transport),
  };
}

/** RFC 3261 §18.1.1: "If the port is absent, [...] It is 5060 for UDP, TCP and SCTP, 5061 for TLS." */
function withoutDefaultPort(sentBy: string, transport: string): string {
  const suffix = transport === 'TLS' || transport === 'TLS-SCTP' ? ':5061' : ':5060';
  return sentBy.endsWith(suffix) ? sentBy.slice(0, -suffix.length) : sentBy;
}
