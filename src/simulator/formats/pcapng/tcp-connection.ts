// A TCP connection as a capture shows it: a handshake, then data whose sequence numbers go on (RFC 9293 §3.5).
import type { PassingMessage } from '../../transcript.js';
import { MOST_DATA, type Endpoint, type Segment } from './frame.js';

/** A segment and who sends it. */
export interface Sent {
  readonly from: Endpoint;
  readonly to: Endpoint;
  readonly segment: Segment;
}

const NOTHING = new Uint8Array();

export class TcpConnection {
  readonly #ends: readonly [client: Endpoint, server: Endpoint];
  /** The sequence number of the next octet, by side. */
  readonly #next: [number, number];

  constructor(client: Endpoint, server: Endpoint, number: number) {
    this.#ends = [client, server];
    this.#next = [1_000_000 + number * 100_000, 3_000_000_000 + number * 100_000];
  }

  /** The handshake; where nobody listens there is a reset, or nothing. */
  opening(lost: PassingMessage['lost']): readonly Sent[] {
    const syn = this.#sent(0, 'SYN', NOTHING, 0);
    this.#next[0] += 1;
    if (lost === 'down') return [syn];
    if (lost === 'refused') return [syn, this.#sent(1, 'RST ACK', NOTHING)];
    const answer = this.#sent(1, 'SYN ACK', NOTHING);
    this.#next[1] += 1;
    return [syn, answer, this.#sent(0, 'ACK', NOTHING)];
  }

  /** The octets in as few segments as they fit into, then the acknowledgement of the other side. */
  data(isFromClient: boolean, octets: Uint8Array): readonly Sent[] {
    const side = isFromClient ? 0 : 1;
    const sent: Sent[] = [];
    for (let at = 0; at < octets.length || at === 0; at += MOST_DATA) {
      const part = octets.subarray(at, at + MOST_DATA);
      sent.push(this.#sent(side, 'PSH ACK', part));
      this.#next[side] = (this.#next[side] + part.length) % 2 ** 32;
    }
    return sent;
  }

  #sent(side: 0 | 1, flags: Segment['flags'], data: Uint8Array, acknowledgement = this.#next[1 - side] ?? 0): Sent {
    const [client, server] = this.#ends;
    const [from, to] = side === 0 ? [client, server] : [server, client];
    return { from, to, segment: { sequence: this.#next[side], acknowledgement, flags, data } };
  }
}
