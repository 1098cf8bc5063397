// The transport layer of a UAC (RFC 3261 §18.1): requests out over UDP, TCP or TLS, messages in.
import { requireOptions } from '../../machines/given.js';
import { Listeners } from '../../machines/listeners.js';
import type { SipRequest, SipResponse } from '../sip/message.js';
import { octetsOf } from '../sip/octets.js';
import { writeMessage } from '../sip/write-message.js';
import { systemEnvironment } from '../timing/environment.js';
import { Doors } from './doors.js';
import { Inbox, sourceOf, type DiscardReason, type Source } from './inbox.js';
import { respondTo } from './respond.js';
import { notSent, type LocalAddress, type NotSent, type Responded, type SendResult } from './sent.js';
import { SentBy } from './sent-by.js';
import type { Endpoint, ServerAddress } from './server-address.js';
import type { StreamConnection, StreamConnectionOptions } from './stream-connection.js';
import { StreamConnections } from './stream-connections.js';
import { StreamSender } from './stream-sender.js';
import { noteOf, transactionOf } from './transaction-note.js';
import { failureOf, listenFailureOf, type TransportFailure } from './transport-failure.js';
import { CONNECT_MS, datagramLimit, IDLE_MS, transportShape, type TransportOptions } from './transport-options.js';
import type { ListeningPorts, TransportEvents, Transports } from './transports.js';
import { MOST_DATAGRAM_OCTETS, UdpSockets } from './udp.js';
import { withSentBy } from './via-sent-by.js';

/**
 * The transports of a user agent client. Nothing is opened before the first `send` or `listen`.
 * @throws SipRetryError `badOptions` for an option that is none.
 */
export function createTransports(options: TransportOptions = {}): Transports {
  requireOptions(options, transportShape);
  return new TransportLayer(options);
}

export class TransportLayer implements Transports {
  readonly #options: TransportOptions;
  readonly #listeners = new Listeners<TransportEvents>({ message: true, failure: true, discard: true });
  readonly #inbox: Inbox;
  readonly #udp: UdpSockets;
  readonly #streams: StreamConnections;
  readonly #doors: Doors;
  readonly #sentBy: SentBy;
  readonly #onStream: StreamSender;
  /** The connections that requests came by, for the responses to them. */
  readonly #origins = new WeakMap<Source, StreamConnection>();
  #opening: Promise<ListeningPorts | NotSent> | undefined;
  #isClosed = false;

  constructor(options: TransportOptions) {
    const { environment = systemEnvironment(), bind = {}, connectMs = CONNECT_MS, idleMs = IDLE_MS } = options;
    this.#options = options;
    this.#inbox = new Inbox(
      (received) => this.#listeners.tell('message', received),
      (discarded) => this.#listeners.tell('discard', discarded),
    );
    this.#udp = new UdpSockets({
      bind,
      port: options.udpPort ?? 0,
      onDatagram: (octets, from, local) => this.#receive([octets], { ...from, transport: 'UDP', local }),
      onFailure: (to, failure, notes) => this.#noteFailure(to, failure, notes),
    });
    const streams: StreamConnectionOptions = {
      clock: environment.clock,
      idleMs,
      writeMs: connectMs,
      ...(options.framing === undefined ? {} : { framing: options.framing }),
      onMessages: (messages, connection) => {
        const source = sourceOf(connection);
        this.#origins.set(source, connection);
        this.#receive(messages, source);
      },
      onBroken: ({ because, why }, connection) => {
        this.#inbox.discard(because, why, sourceOf(connection));
        this.#listeners.rethrow();
      },
    };
    this.#streams = new StreamConnections({ ...streams, bind, connectMs, tls: options.tls ?? {} });
    this.#doors = new Doors(options.listen ?? {}, bind, streams);
    this.#sentBy = new SentBy(options.sentBy ?? {}, this.#doors, this.#inbox);
    this.#onStream = new StreamSender(this.#streams, this.#sentBy);
  }

  on<K extends keyof TransportEvents>(type: K, listener: (event: TransportEvents[K]) => void): () => void {
    return this.#listeners.on(type, listener);
  }

  get discarded(): Readonly<Record<DiscardReason, number>> {
    return this.#inbox.counts;
  }

  listen(): Promise<ListeningPorts | NotSent> {
    this.#opening ??= this.#listen();
    return this.#opening;
  }

  async send(request: SipRequest, to: ServerAddress): Promise<SendResult> {
    const door = await this.#ready();
    if (door !== undefined) return door;
    if (to.transport !== 'UDP') return this.#onStream.send(request, to);
    const local = await this.#localOfUdp(to);
    if (local.kind === 'failed') return local;
    const filled = withSentBy(request, 'UDP', this.#sentBy.of('UDP', local));
    const text = writeMessage(filled);
    const octets = octetsOf(text);
    // "If a request is within 200 bytes of the path MTU, or if it is larger than 1300 bytes and the path MTU is
    // unknown, the request MUST be sent using an RFC 2914 congestion controlled transport protocol, such as TCP"
    // (RFC 3261 §18.1.1).
    if (octets.length > datagramLimit(this.#options.pathMtu) && to.fixed !== true) {
      const large = await this.#onStream.send(request, { transport: 'TCP', host: to.host, port: to.port });
      // "… or results in a TCP reset, the element SHOULD retry the request, using UDP."
      if (large.kind === 'sent' || large.isRefusal !== true) return large;
    }
    return this.#sendDatagram(filled, { text, octets }, to, local);
  }

  respond(response: SipResponse, source: Source): Promise<Responded> {
    return respondTo(response, source, { udp: this.#udp, connection: this.#origins.get(source) });
  }

  async localAddress(to: ServerAddress): Promise<LocalAddress> {
    const door = await this.#ready();
    if (door !== undefined) return door;
    if (to.transport === 'UDP') {
      const local = await this.#localOfUdp(to);
      return local.kind === 'failed' ? local : { kind: 'local', ...this.#sentBy.of('UDP', local) };
    }
    const opened = await this.#streams.to(to);
    if (opened.kind === 'failed') return { kind: 'failed', failure: opened.failure };
    return { kind: 'local', ...this.#sentBy.of(to.transport, opened.connection.local) };
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#opening;
    await Promise.all([this.#udp.close(), this.#streams.close(), this.#doors.close()]);
  }

  /** What stands in the way of sending: closed, or a port that could not be opened. */
  async #ready(): Promise<NotSent | undefined> {
    if (this.#options.listen !== undefined) {
      const ports = await this.listen();
      if (ports.kind === 'failed') return ports;
    }
    return this.#isClosed ? notSent({ code: 'closed', why: 'The transports are closed; make new ones.' }) : undefined;
  }

  async #listen(): Promise<ListeningPorts | NotSent> {
    try {
      const udp = await this.#udp.open(4);
      return { kind: 'listening', udp: udp.port, ...(await this.#doors.open()) };
    } catch (error) {
      return notSent(listenFailureOf(error));
    }
  }

  async #sendDatagram(request: SipRequest, wire: Wire, to: ServerAddress, local: Endpoint): Promise<SendResult> {
    const { text, octets } = wire;
    if (octets.length > MOST_DATAGRAM_OCTETS) {
      const why = `The request has ${octets.length} octets, and a datagram holds ${MOST_DATAGRAM_OCTETS}. Send it over TCP.`;
      return notSent({ code: 'tooLarge', why });
    }
    const failure = await this.#udp.send(octets, to, noteOf(request));
    if (failure !== undefined) return notSent(failure);
    const transmit = async (next: SipRequest): Promise<SendResult> => {
      const again = writeMessage(next);
      return this.#sendDatagram(next, { text: again, octets: octetsOf(again) }, to, local);
    };
    const remote = { host: to.host, port: to.port };
    return { kind: 'sent', request, text, transport: 'UDP', reliable: false, local, remote, transmit };
  }

  async #localOfUdp(to: ServerAddress): Promise<LocalAddress> {
    try {
      return { kind: 'local', ...(await this.#udp.localToward(to)) };
    } catch (error) {
      return notSent(failureOf(error, 'UDP', to));
    }
  }

  /** What a listener throws harms no other message; then it leaves by the socket's event, as Node's listeners do. */
  #receive(messages: readonly Uint8Array[], source: Source): void {
    for (const octets of messages) this.#inbox.receive(octets, source);
    this.#listeners.rethrow();
  }

  #noteFailure(to: Endpoint, failure: TransportFailure, notes: readonly string[]): void {
    const transactions = notes.map(transactionOf);
    this.#listeners.tell('failure', { to: { transport: 'UDP', ...to }, failure, transactions });
    this.#listeners.rethrow();
  }
}

interface Wire {
  readonly text: string;
  readonly octets: Uint8Array;
}
