// One transaction of the wrong client over UDP or TCP: a request out, its final response back.
import { createSocket, type Socket } from 'node:dgram';
import { connect, type Socket as TcpSocket } from 'node:net';
import { once } from 'node:events';
import { header, read, statusOf, write, type Message } from './message.js';
import type { Server } from './plan.js';

export interface ExchangeTimes {
  /** Timer F. */
  readonly giveUpMs: number;
  readonly retransmits: boolean;
}

/** A UDP socket of its own for the whole program, as a phone has it. */
export class Exchange {
  readonly #socket: Socket = createSocket('udp4');
  readonly #connections = new Map<number, Promise<TcpSocket | undefined>>();
  readonly #waiting = new Set<() => void>();

  async open(): Promise<string> {
    this.#socket.bind(0, '127.0.0.1');
    await once(this.#socket, 'listening');
    this.#socket.on('error', () => undefined);
    return `127.0.0.1:${this.#socket.address().port}`;
  }

  /** Ends what still waits, too. */
  close(): void {
    for (const stop of this.#waiting) stop();
    for (const connection of this.#connections.values()) void connection.then((socket) => socket?.destroy());
    this.#socket.close();
  }

  /** Resolves when the system has the datagram: a socket that is closed before loses it. */
  send(message: Message, { host, port }: Server): Promise<void> {
    return new Promise((resolve) => this.#socket.send(write(message), port, host, () => resolve()));
  }

  /** The final response; `undefined` where none came or nobody listens. */
  async ask(request: Message, server: Server, times: ExchangeTimes): Promise<Message | undefined> {
    if (server.transport === 'tcp') {
      const connection = this.#connections.get(server.port) ?? connectTo(server);
      this.#connections.set(server.port, connection);
      return askOverTcp(request, connection, times.giveUpMs);
    }
    const cseq = header(request, 'CSeq');
    return new Promise((resolve) => {
      const timers: NodeJS.Timeout[] = [];
      const end = (response: Message | undefined): void => {
        timers.forEach(clearTimeout);
        this.#socket.off('message', onMessage);
        this.#waiting.delete(stop);
        resolve(response);
      };
      const stop = (): void => end(undefined);
      this.#waiting.add(stop);
      const onMessage = (data: Buffer): void => {
        const response = read(data.toString('latin1'));
        if (statusOf(response) >= 200 && header(response, 'CSeq') === cseq) end(response);
      };
      this.#socket.on('message', onMessage);
      timers.push(setTimeout(end, times.giveUpMs, undefined));
      void this.send(request, server);
      if (!times.retransmits) return;
      for (let at = 500, gap = 500; at < times.giveUpMs; at += gap) {
        timers.push(setTimeout(() => void this.send(request, server), at));
        gap = Math.min(2 * gap, 4000);
      }
    });
  }
}

/** The final response on the one connection to this server, which stays open as that of a phone does. */
async function askOverTcp(
  request: Message,
  connection: Promise<TcpSocket | undefined>,
  giveUpMs: number,
): Promise<Message | undefined> {
  const socket = await connection;
  if (socket === undefined) return undefined;
  socket.write(write(withTcpVia(request)));
  const answer = once(socket, 'data', { signal: AbortSignal.timeout(giveUpMs) });
  const [data] = (await answer.catch(() => [])) as [Buffer?];
  return data === undefined ? undefined : read(data.toString('latin1'));
}

async function connectTo({ host, port }: Server): Promise<TcpSocket | undefined> {
  const socket = connect({ host, port });
  try {
    await once(socket, 'connect');
    return socket.on('error', () => undefined);
  } catch {
    return undefined;
  }
}

function withTcpVia(request: Message): Message {
  const headers = request.headers.map(([name, value]): [string, string] => [name, value.replace('2.0/UDP', '2.0/TCP')]);
  return { ...request, headers };
}
