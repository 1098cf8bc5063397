// What arrives: read, checked as RFC 3261 §18.1.2 asks, and told; what is dropped is counted.
import type { SipRequest, SipResponse } from '../sip/message.js';
import { readMessage, type ReadMessage } from '../sip/read-message.js';
import { topVia } from '../sip/via.js';
import { withSource } from './respond.js';
import type { Endpoint, TransportName } from './server-address.js';
import type { StreamConnection } from './stream-connection.js';
import { sentByKey, writeSentBy } from './via-sent-by.js';

/** Where a message came from. */
export interface Source extends Endpoint {
  readonly transport: TransportName;
  /** The address of this machine at which it arrived. */
  readonly local: Endpoint;
}

/** The source of what a connection brings. */
export function sourceOf({ transport, remote, local }: StreamConnection): Source {
  return { ...remote, transport, local };
}

/** A message that arrived. Whether a response belongs to a transaction, the transaction layer finds out. */
export type Received =
  | { readonly kind: 'response'; readonly response: SipResponse; readonly source: Source }
  | { readonly kind: 'request'; readonly request: SipRequest; readonly source: Source };

/** Why something that arrived is dropped. */
export type DiscardReason =
  /** No SIP message. */
  | 'unreadable'
  /** A message that RFC 3261 tells to discard, such as a response with two Via values or a body that is too short. */
  | 'malformed'
  /** A response to somebody else's request: the sent-by of its Via is none of ours (RFC 3261 §18.1.2). */
  | 'foreignSentBy'
  /** A stream that cannot be cut into messages; the connection was closed. */
  | 'framing'
  /** The connection was closed in the middle of a message. */
  | 'cutOff';

/** One thing that was dropped. */
export interface Discarded {
  readonly because: DiscardReason;
  readonly why: string;
  readonly source: Source;
}

/** Values of sent-by that are remembered: addresses of this machine, each with few ports. */
const MOST_SENT_BY = 256;

export class Inbox {
  readonly #tell: (received: Received) => void;
  readonly #tellDiscarded: (discarded: Discarded) => void;
  readonly #ours = new Set<string>();
  readonly #counts: Record<DiscardReason, number> = {
    unreadable: 0,
    malformed: 0,
    foreignSentBy: 0,
    framing: 0,
    cutOff: 0,
  };

  constructor(tell: (received: Received) => void, tellDiscarded: (discarded: Discarded) => void) {
    this.#tell = tell;
    this.#tellDiscarded = tellDiscarded;
  }

  /** How many things were dropped so far, by reason. */
  get counts(): Readonly<Record<DiscardReason, number>> {
    return { ...this.#counts };
  }

  /** Remembers what is put into the Via of requests. */
  noteSentBy(sentBy: Endpoint, transport: TransportName): void {
    const key = sentByKey(writeSentBy(sentBy), transport);
    this.#ours.delete(key);
    this.#ours.add(key);
    const [oldest] = this.#ours;
    if (this.#ours.size > MOST_SENT_BY && oldest !== undefined) this.#ours.delete(oldest);
  }

  receive(octets: Uint8Array, source: Source): void {
    // Keep-alives: CRLF (RFC 5626 §3.5.1), and the null octets that some send instead.
    if (octets.every(isFiller)) return;
    const read = readMessage(octets, source.transport === 'UDP' ? 'datagram' : 'stream');
    const defect = this.#defectOf(read);
    if (defect !== undefined) this.discard(defect.because, defect.why, source);
    else if (read.kind === 'response') this.#tell({ kind: 'response', response: read.response, source });
    else if (read.kind === 'request')
      this.#tell({ kind: 'request', request: withSource(read.request, source), source });
  }

  discard(because: DiscardReason, why: string, source: Source): void {
    this.#counts[because] += 1;
    this.#tellDiscarded({ because, why, source });
  }

  #defectOf(read: ReadMessage): { readonly because: DiscardReason; readonly why: string } | undefined {
    switch (read.kind) {
      case 'unreadable':
        return { because: 'unreadable', why: read.why };
      case 'discarded':
        return { because: 'malformed', why: read.why };
      case 'request':
        return undefined;
      case 'response': {
        const via = topVia(read.response.headers);
        if (via === undefined) return { because: 'malformed', why: 'the response has no Via' };
        // "If the value of the "sent-by" parameter in that header field value does not correspond to a value that the
        // client transport is configured to insert into requests, the response MUST be silently discarded".
        if (this.#ours.has(sentByKey(via.sentBy, via.transport))) return undefined;
        return { because: 'foreignSentBy', why: 'the sent-by of its Via is none of ours' };
      }
    }
  }
}

function isFiller(octet: number): boolean {
  return octet === 0x0d || octet === 0x0a || octet === 0;
}
