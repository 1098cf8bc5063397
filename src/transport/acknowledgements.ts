// The ACKs for 2xx responses: "the same ACK MUST be passed to the transport each time" (RFC 3261 §13.2.2.4).
import { tagOf } from '../sip/address.js';
import { firstHeader } from '../sip/header-list.js';
import type { SipRequest, SipResponse } from '../sip/message.js';
import type { Clock } from '../timing/clock.js';

/** How long a 2xx may be repeated: 64·T1 (RFC 3261 §13.3.1.4). */
export const REPEATED_MS = 32_000;

interface Kept {
  readonly ack: SipRequest;
  readonly since: number;
}

export class Acknowledgements {
  readonly #clock: Clock;
  /** In the order in which they were made. */
  readonly #kept = new Map<string, Kept>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The ACK for this 2xx, made at its first arrival; each fork has its own. */
  of(invite: SipRequest, response: SipResponse, make: () => SipRequest): SipRequest {
    const now = this.#clock.now();
    for (const [key, { since }] of this.#kept) if (now - since > 2 * REPEATED_MS) this.#kept.delete(key);
    const key = keyOf(invite, response);
    const ack = this.#kept.get(key)?.ack ?? make();
    if (!this.#kept.has(key)) this.#kept.set(key, { ack, since: now });
    return ack;
  }

  /** How many are kept. */
  get size(): number {
    return this.#kept.size;
  }

  clear(): void {
    this.#kept.clear();
  }
}

/** The dialog and the INVITE in it, as the INVITE says; of the response only which fork it is from. */
function keyOf({ headers }: SipRequest, response: SipResponse): string {
  const of = (name: string): string => firstHeader(headers, name) ?? '';
  const remote = tagOf(firstHeader(response.headers, 'To') ?? '') ?? '';
  return JSON.stringify([of('Call-ID'), of('CSeq'), tagOf(of('From')) ?? '', remote]);
}
