// A client without bounds: whatever comes, and whatever does not, it asks again at once, with its password if it was challenged.
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect as connectTcp, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { setTimeout as sleep } from 'node:timers/promises';
import { header, read, withHeader, write, type Message } from '../wrong-client/message.js';
import { firstMessage, newBranch, readPlan } from '../wrong-client/plan.js';

/** How long it waits for anything at all. */
const PATIENCE_MS = 25;

interface Way {
  send(text: string): void;
  /** The first thing that comes back; empty when nothing does in time. */
  next(): Promise<string>;
  close(): void;
}

/** Asks so many times; returns how often it did. */
export async function askAgainAndAgain(args: readonly string[], times: number): Promise<number> {
  const plan = readPlan(args.map((word) => word.replace(/^tls:/, 'tcp:')));
  const isTls = args.some((word) => word.startsWith('tls:'));
  let request = firstMessage(plan, '127.0.0.1:9');
  let asked = 0;
  for (; asked < times; asked += 1) {
    const server = plan.servers[asked % plan.servers.length];
    if (server === undefined) throw new Error('no server');
    const way = server.transport === 'udp' ? await overUdp(server.port) : overStream(server.port, isTls);
    way.send(write(request));
    const came = read(await way.next());
    way.close();
    request = again(request, came, asked + 2);
  }
  return asked;
}

function again(request: Message, response: Message, number: number): Message {
  const [, method = ''] = (header(request, 'CSeq') ?? '').split(' ');
  let next = withHeader(request, 'CSeq', `${number} ${method}`);
  next = withHeader(next, 'Via', header(next, 'Via')?.replace(/branch=.*/, `branch=${newBranch()}`));
  for (const [name, value] of response.headers) {
    const field = { 'www-authenticate': 'Authorization', 'proxy-authenticate': 'Proxy-Authorization' }[
      name.toLowerCase()
    ];
    const [realm] = /realm="[^"]*"/.exec(value) ?? [];
    if (field !== undefined && realm !== undefined) {
      next = withHeader(next, field, `Digest username="alice", ${realm}, nonce="x", response="0"`);
    }
  }
  return next;
}

async function overUdp(port: number): Promise<Way> {
  const socket = createSocket('udp4');
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  let cameFirst: (text: string) => void = () => undefined;
  const first = new Promise<string>((resolve) => {
    cameFirst = resolve;
  });
  socket.on('message', (octets) => cameFirst(octets.toString('latin1')));
  return {
    send: (text) => socket.send(text, port, '127.0.0.1'),
    next: () => Promise.race([first, sleep(PATIENCE_MS, '')]),
    close: () => socket.close(),
  };
}

function overStream(port: number, isTls: boolean): Way {
  const to = { host: '127.0.0.1', port };
  const socket: Socket = isTls ? connectTls({ ...to, rejectUnauthorized: false }) : connectTcp(to);
  let text = '';
  const first = new Promise<string>((resolve) => {
    socket.on('data', (octets: Uint8Array) => {
      text += Buffer.from(octets).toString('latin1');
      if (text.includes('\r\n\r\n')) resolve(text);
    });
    socket.on('error', () => resolve(text));
    socket.on('close', () => resolve(text));
  });
  return {
    send: (request) => void socket.write(request.replace('2.0/UDP', '2.0/TCP')),
    next: () => Promise.race([first, sleep(10 * PATIENCE_MS, text)]),
    close: () => socket.destroy(),
  };
}
