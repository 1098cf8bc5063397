// What the ceiling comes to: the most that one (server, address-of-record, method) can be sent in a minute.
import type { Limits } from '../policy/limits.js';

/** The storm bound in numbers. */
export interface RequestBound {
  readonly transactionsPerMinute: number;
  /** Requests on the wire over UDP, with their retransmissions. */
  readonly datagramsPerMinute: number;
}

/**
 * RFC 3261 §17.1.2.2: with T1 = 500 ms and T2 = 4 s, timer E sends a request again at 0.5, 1.5, 3.5, 7.5 s and every
 * 4 s up to 31.5 s, until timer F ends it at 32 s. An INVITE (timer A, §17.1.1.2) is sent 7 times.
 */
const MOST_TRANSMISSIONS = 11;

/**
 * The bound for one (server, address-of-record, method) in any minute, whatever comes back. It holds for datagrams
 * too, wherever the minute begins: the n-th transmissions of all transactions are their beginnings, moved by a constant.
 * An ACK is not counted: it answers one datagram with one. For methods other than REGISTER, SUBSCRIBE and PUBLISH,
 * whose first attempts are the application's own, the bound is on what is added to them.
 */
export function requestBound({ ceilingPerMinute }: Pick<Limits, 'ceilingPerMinute'>): RequestBound {
  return {
    transactionsPerMinute: ceilingPerMinute,
    datagramsPerMinute: MOST_TRANSMISSIONS * ceilingPerMinute,
  };
}
