// A transcript as a capture file: every message as it left its sender, at its moment, with what the policy made of it as a comment.
import { octetsOf } from '../../../sip/octets.js';
import { visible } from '../../../sip/visible.js';
import type { PassingMessage, Transcript } from '../../transcript.js';
import { enhancedPacket, interfaceDescription, nameResolution, sectionHeader } from './blocks.js';
import { commentsOf } from './comments.js';
import { endpointsOf, type Endpoints } from './endpoints.js';
import { MOST_DATA, tcpFrame, udpFrame, type Endpoint } from './frame.js';
import { joined } from './octets.js';
import { TcpConnection, type Sent } from './tcp-connection.js';

/** The octets of a pcapng file (draft-ietf-opsawg-pcapng) that Wireshark and sngrep open. */
export function renderPcapng(transcript: Transcript): Uint8Array {
  const endpoints = endpointsOf(transcript.parties);
  const comments = commentsOf(transcript.events);
  const writer = new PacketWriter(transcript.startedAt, endpoints);
  for (const event of transcript.events) {
    if (event.type === 'message') writer.write(event, comments.get(event.id) ?? []);
  }
  return joined([
    sectionHeader(
      `${visible(transcript.name)}; simulated, seed ${transcript.seed}. Messages stand at the moment at which they left their sender.`,
      'sip-retry',
    ),
    interfaceDescription('simulated'),
    nameResolution(endpoints.names),
    ...writer.blocks,
  ]);
}

class PacketWriter {
  readonly blocks: Uint8Array[] = [];
  readonly #startedAt: number;
  readonly #endpoints: Endpoints;
  readonly #connections = new Map<string, { readonly client: string; readonly connection: TcpConnection }>();
  #packets = 0;
  #connectionsMade = 0;
  /** Microseconds since 1970: no packet stands before the one before it. */
  #now = 0;

  constructor(startedAt: number, endpoints: Endpoints) {
    this.#startedAt = startedAt;
    this.#endpoints = endpoints;
  }

  write(message: PassingMessage, comments: readonly string[]): void {
    this.#now = Math.max(this.#now, Math.round((this.#startedAt + message.at) * 1_000));
    const data = octetsOf(message.text);
    if (message.transport === 'UDP') {
      this.#datagram(message, data, comments);
      return;
    }
    const isLost = message.lost === 'down' || message.lost === 'refused';
    const { connection, client } = this.#connectionOf(message, comments);
    if (isLost) return;
    for (const [index, sent] of connection.data(client === message.from, data).entries()) {
      this.#segment(sent, index === 0 ? comments : []);
    }
  }

  #datagram(message: PassingMessage, data: Uint8Array, comments: readonly string[]): void {
    const [from, to] = [this.#endpoints.of(message.from, 'UDP'), this.#endpoints.of(message.to, 'UDP')];
    const cut = data.length > MOST_DATA ? ['the message is longer than a datagram can be: cut'] : [];
    this.#packet(udpFrame(this.#way(from, to), data.subarray(0, MOST_DATA)), [...comments, ...cut]);
  }

  /** The open connection between the two, or a new one with its handshake. */
  #connectionOf({ from, to, transport, lost, text }: PassingMessage, comments: readonly string[]) {
    const key = JSON.stringify([transport, ...[from, to].sort()]);
    const isLost = lost === 'down' || lost === 'refused';
    const open = this.#connections.get(key);
    if (open !== undefined && !isLost) return open;
    this.#connectionsMade += 1;
    const client = { ...this.#endpoints.of(from, transport), port: 49_151 + this.#connectionsMade };
    const connection = new TcpConnection(client, this.#endpoints.of(to, transport), this.#connectionsMade);
    const note = isLost ? [...comments, `not sent: ${text.slice(0, text.search(/\r?\n|$/))}`] : [HANDSHAKE];
    for (const [index, sent] of connection.opening(isLost ? lost : undefined).entries()) {
      this.#segment(sent, index === 0 ? note : []);
    }
    const made = { client: from, connection };
    if (!isLost) this.#connections.set(key, made);
    return made;
  }

  #segment({ from, to, segment }: Sent, comments: readonly string[]): void {
    this.#packet(tcpFrame(this.#way(from, to), segment), comments);
  }

  #packet(frame: Uint8Array, comments: readonly string[]): void {
    this.blocks.push(enhancedPacket(this.#now, frame, comments));
    this.#now += 1;
  }

  #way(from: Endpoint, to: Endpoint) {
    this.#packets += 1;
    return { from, to, identification: this.#packets & 0xffff };
  }
}

const HANDSHAKE = 'the handshake is added: a simulation sends messages, not segments';
