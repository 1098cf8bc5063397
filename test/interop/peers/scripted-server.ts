// A server whose every answer a test decides: UDP and TCP (or TLS) at one port. All that arrives is recorded.
import { createSocket, type Socket as UdpSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { header, methodOf, read, type Message } from '../wrong-client/message.js';
import type { Certificate } from './certificate.js';
import { freePort } from './ports.js';

/** A request that arrived. */
export interface Arrival {
  /** Milliseconds on the server's clock. */
  readonly at: number;
  /** The port of the server. */
  readonly server: number;
  readonly transport: 'UDP' | 'TCP' | 'TLS';
  readonly method: string;
  readonly branch: string;
  readonly message: Message;
  readonly text: string;
  /** A retransmission. */
  readonly isAgain: boolean;
  /** What was sent back for it so far. */
  readonly answers: readonly (string | Uint8Array)[];
}

/** The way back to who sent a request. */
export interface WayBack {
  send(octets: string | Uint8Array): void;
  /** Sends octets that belong to no transaction: they are not repeated when a request comes again. */
  blurt(octets: string | Uint8Array): void;
  /** Closes our side of the connection, after what was written; nothing over UDP. */
  end(): void;
  /** Closes the connection at once. */
  destroy(): void;
}

/** What is done with the n-th transaction (from 1). ACK is only recorded, and a retransmission gets the same again. */
export type Script = (request: Arrival, back: WayBack, number: number) => void;

export interface ScriptedServer {
  readonly port: number;
  readonly arrivals: readonly Arrival[];
  /** The moments at which connections were accepted. */
  readonly connections: readonly number[];
  close(): Promise<void>;
}

export interface ScriptedServerOptions {
  readonly port?: number;
  /** TLS in place of TCP; `refused`: it answers every ClientHello with a fatal alert; `mute`: with nothing at all. */
  readonly tls?: Certificate | 'refused' | 'mute';
  readonly now?: () => number;
  /** Something arrived, or a connection made progress. */
  readonly onStir?: () => void;
  /** Repeats the final response to an INVITE until its ACK comes (RFC 3261 §17.2.1, §13.3.1.4). */
  readonly repeatsFinals?: boolean;
}

export async function startServer(script: Script, options: ScriptedServerOptions = {}): Promise<ScriptedServer> {
  const server = new ScriptedPeer(script, options, options.port ?? (await freePort()));
  await server.open();
  return server;
}

interface Transaction {
  readonly answers: (string | Uint8Array)[];
  readonly timers: NodeJS.Timeout[];
}

/** "fatal", "handshake_failure" (RFC 8446 §6). */
const REFUSAL = Uint8Array.of(0x15, 0x03, 0x03, 0x00, 0x02, 0x02, 0x28);

class ScriptedPeer implements ScriptedServer {
  readonly arrivals: Arrival[] = [];
  readonly connections: number[] = [];
  readonly #transactions = new Map<string, Transaction>();
  readonly #udp: UdpSocket = createSocket('udp4');
  readonly #streams: Server;
  readonly #sockets = new Set<Socket>();
  #isOpen = true;

  constructor(
    readonly script: Script,
    readonly options: ScriptedServerOptions,
    readonly port: number,
  ) {
    const { tls } = options;
    const accept = (socket: Socket): void => this.#accept(socket, tls === undefined ? 'TCP' : 'TLS');
    this.#streams =
      typeof tls === 'object'
        ? createTlsServer({ ...tls, allowHalfOpen: true }, accept)
        : createTcpServer({ allowHalfOpen: true }, tls === undefined ? accept : HANDSHAKES[tls]);
    this.#streams.on('connection', (socket: Socket) => {
      this.connections.push(this.#now());
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
      socket.on('error', () => undefined);
      this.#stir();
    });
    this.#streams.on('tlsClientError', () => this.#stir());
    this.#udp.on('message', (octets, { address, port: from }) => {
      const send = (reply: string | Uint8Array): void => {
        if (this.#isOpen) this.#udp.send(bytes(reply), from, address, () => this.#stir());
      };
      this.#receive(octets.toString('latin1'), 'UDP', { send, end: () => undefined, destroy: () => undefined });
    });
  }

  async open(): Promise<void> {
    this.#udp.bind(this.port, '127.0.0.1');
    this.#streams.listen(this.port, '127.0.0.1');
    await Promise.all([once(this.#udp, 'listening'), once(this.#streams, 'listening')]);
  }

  async close(): Promise<void> {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    for (const { timers } of this.#transactions.values()) timers.forEach(clearTimeout);
    for (const socket of this.#sockets) socket.destroy();
    this.#udp.close();
    this.#streams.close();
    await Promise.all([once(this.#udp, 'close'), once(this.#streams, 'close')]);
  }

  #accept(socket: Socket, transport: 'TCP' | 'TLS'): void {
    let buffer = '';
    socket.on('error', () => undefined);
    socket.setNoDelay(true);
    const back = {
      send: (octets: string | Uint8Array): void => {
        if (socket.writable) socket.write(bytes(octets), () => this.#stir());
      },
      end: () => socket.end(),
      destroy: () => socket.destroy(),
    };
    socket.on('data', (chunk: Uint8Array) => {
      this.#stir();
      buffer += Buffer.from(chunk).toString('latin1');
      for (let cut = endOfMessage(buffer); cut !== undefined; cut = endOfMessage(buffer)) {
        const text = buffer.slice(0, cut);
        buffer = buffer.slice(cut);
        this.#receive(text, transport, back);
      }
    });
    socket.on('end', () => socket.end());
    this.#stir();
  }

  #receive(text: string, transport: Arrival['transport'], way: Omit<WayBack, 'blurt'>): void {
    this.#stir();
    const message = read(text);
    const method = methodOf(message);
    const branch = branchOf(message);
    const key = method === 'ACK' ? `ACK ${this.arrivals.length}` : `${method} ${branch}`;
    const before = this.#transactions.get(key);
    const transaction = before ?? { answers: [], timers: [] };
    const isAgain = before !== undefined;
    const { answers } = transaction;
    const arrival = { at: this.#now(), server: this.port, transport, method, branch, message, text, isAgain, answers };
    this.arrivals.push(arrival);
    if (method === 'ACK') this.#hush(arrival);
    else if (isAgain) answers.forEach(way.send);
    else this.#begin(key, transaction, arrival, way);
  }

  #begin(key: string, transaction: Transaction, arrival: Arrival, way: Omit<WayBack, 'blurt'>): void {
    const number = this.#transactions.size + 1;
    this.#transactions.set(key, transaction);
    const send = (octets: string | Uint8Array): void => {
      transaction.answers.push(octets);
      way.send(octets);
      const isFinal = typeof octets === 'string' && /^SIP\/2\.0 [2-6]/.test(octets);
      if (isFinal && arrival.method === 'INVITE' && this.options.repeatsFinals === true) {
        this.#repeat(transaction, () => way.send(octets), 500);
      }
    };
    this.script(arrival, { ...way, send, blurt: way.send }, number);
  }

  #repeat(transaction: Transaction, again: () => void, gap: number): void {
    if (gap > 16_000) return;
    transaction.timers.push(
      setTimeout(() => {
        again();
        this.#repeat(transaction, again, 2 * gap);
      }, gap),
    );
  }

  /** The ACK of a 2xx has a branch of its own, so the CSeq number tells which INVITE it is for. */
  #hush({ message, branch }: Arrival): void {
    const number = header(message, 'CSeq')?.split(' ')[0];
    for (const arrival of this.arrivals) {
      const isFor =
        arrival.branch === branch ||
        (header(arrival.message, 'Call-ID') === header(message, 'Call-ID') &&
          header(arrival.message, 'CSeq') === `${number} INVITE`);
      if (arrival.method === 'INVITE' && isFor) {
        this.#transactions.get(`INVITE ${arrival.branch}`)?.timers.forEach(clearTimeout);
      }
    }
  }

  #now(): number {
    return (this.options.now ?? (() => performance.now()))();
  }

  #stir(): void {
    this.options.onStir?.();
  }
}

const HANDSHAKES: Readonly<Record<'refused' | 'mute', (socket: Socket) => void>> = {
  refused: (socket) => socket.once('data', () => socket.end(REFUSAL)),
  mute: (socket) => socket.resume(),
};

function bytes(octets: string | Uint8Array): Uint8Array {
  return typeof octets === 'string' ? Buffer.from(octets, 'latin1') : octets;
}

function endOfMessage(text: string): number | undefined {
  const end = text.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const length = Number(/^Content-Length:\s*(\d+)/im.exec(text.slice(0, end))?.[1] ?? 0);
  return text.length >= end + 4 + length ? end + 4 + length : undefined;
}

function branchOf(message: Message): string {
  return /branch=([^;,\s]+)/.exec(header(message, 'Via') ?? '')?.[1] ?? '';
}

/** A response to this request, as text. */
export function answer(request: Arrival, status: number, headers: readonly string[] = [], body = ''): string {
  const copied = request.message.headers.filter(([name]) => /^(?:Via|From|Call-ID|CSeq)$/i.test(name));
  const to = header(request.message, 'To') ?? '';
  const tagged = status === 100 || /;tag=/.test(to) ? to : `${to};tag=there`;
  const rows = [...copied.map(([name, value]) => `${name}: ${value}`), `To: ${tagged}`, ...headers];
  const length = `Content-Length: ${Buffer.byteLength(body, 'latin1')}`;
  return `SIP/2.0 ${status} Whatever\r\n${[...rows, length].join('\r\n')}\r\n\r\n${body}`;
}
