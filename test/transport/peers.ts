// Servers on the loopback interface for the transport tests. Everything opened is closed after each test.
import { createSocket, type Socket as UdpSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterEach } from 'vitest';
import {
  createTransports,
  type TransportEvents,
  type TransportOptions,
  type Transports,
} from '../../src/transport/index.js';
import { answerTo } from './messages.js';

const open: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

/** Closes something after the test. */
export function closeLater(close: () => Promise<unknown>): void {
  open.push(close);
}

export function transportsOf(options: TransportOptions = {}): Transports {
  const transports = createTransports(options);
  closeLater(() => transports.close());
  return transports;
}

/** The next event of that type. */
export function next<K extends keyof TransportEvents>(transports: Transports, type: K): Promise<TransportEvents[K]> {
  return new Promise((resolve) => {
    const off = transports.on(type, (event) => {
      off();
      resolve(event);
    });
  });
}

export interface UdpPeer {
  readonly socket: UdpSocket;
  readonly port: number;
  readonly received: Uint8Array[];
  arrival(count: number): Promise<void>;
  /** Goes away before the test ends. */
  close(): Promise<void>;
}

/** A UDP socket that keeps what arrives, and answers it with 200 unless told not to. */
export async function udpPeer(host = '127.0.0.1', answers = true, port = 0): Promise<UdpPeer> {
  const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4');
  const received: Uint8Array[] = [];
  socket.on('message', (octets, { port, address }) => {
    received.push(octets);
    if (answers) socket.send(answerTo(octets), port, address);
  });
  socket.bind(port, host);
  await once(socket, 'listening');
  let closing: Promise<void> | undefined;
  const { port: ownPort } = socket.address();
  const close = (): Promise<void> => (closing ??= new Promise<void>((resolve) => socket.close(() => resolve())));
  closeLater(close);
  const arrival = async (count: number): Promise<void> => {
    while (received.length < count) await once(socket, 'message');
  };
  return { socket, port: ownPort, received, arrival, close };
}

export interface StreamPeer {
  readonly server: Server;
  readonly port: number;
  readonly sockets: Socket[];
  /** The octets of all connections. */
  readonly received: Uint8Array[];
  arrival(octets: number): Promise<Uint8Array>;
  connection(index: number): Promise<Socket>;
}

/** A TCP server, or what is given instead, that keeps what arrives. */
export async function streamPeer(
  server: Server = createServer(),
  port = 0,
  event = 'connection',
  host = '127.0.0.1',
): Promise<StreamPeer> {
  const sockets: Socket[] = [];
  const received: Uint8Array[] = [];
  const waiting = new Set<() => void>();
  const wake = (): void => waiting.forEach((check) => check());
  server.on(event, (socket: Socket) => {
    sockets.push(socket);
    socket.on('data', (chunk: Uint8Array) => {
      received.push(chunk);
      wake();
    });
    socket.on('error', () => undefined);
    wake();
  });
  server.listen(port, host);
  await once(server, 'listening');
  closeLater(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  const until = <T>(found: () => T | undefined): Promise<T> =>
    new Promise((resolve) => {
      const check = (): void => {
        const value = found();
        if (value === undefined) return;
        waiting.delete(check);
        resolve(value);
      };
      waiting.add(check);
      check();
    });
  return {
    server,
    port: (server.address() as AddressInfo).port,
    sockets,
    received,
    arrival: (octets) =>
      until(() => {
        const all = Buffer.concat(received);
        return all.length >= octets ? all : undefined;
      }),
    connection: (index) => until(() => sockets[index]),
  };
}

/** A UDP socket and a TCP server at one port: where the port is taken for one of the two, another is tried. */
export async function peersAtOnePort(): Promise<{ readonly udp: UdpPeer; readonly tcp: StreamPeer }> {
  for (;;) {
    const tcp = await streamPeer();
    const udp = await udpPeer('127.0.0.1', true, tcp.port).catch(() => undefined);
    if (udp !== undefined) return { udp, tcp };
  }
}

/** A port at which nothing listens. */
export async function closedUdpPort(): Promise<number> {
  const socket = createSocket('udp4');
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const { port } = socket.address();
  socket.close();
  await once(socket, 'close');
  return port;
}
