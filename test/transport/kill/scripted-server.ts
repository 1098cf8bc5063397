// A server on the loopback interface, UDP and TCP, that answers by chance and writes down what came when, by its own clock.
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { readCSeq } from '../../../src/sip/cseq.js';
import { firstHeader } from '../../../src/sip/header-list.js';
import type { Header, SipRequest } from '../../../src/sip/message.js';
import { octetsOf, textOf } from '../../../src/sip/octets.js';
import { readMessage } from '../../../src/sip/read-message.js';
import { writeMessage } from '../../../src/sip/write-message.js';
import { topVia } from '../../../src/sip/via.js';
import { seededRandom } from '../../../src/timing/random.js';
import { respond } from '../../hostile/servers.js';
import { closeLater } from '../peers.js';

/** One request as it came, retransmissions too. */
export interface Arrival {
  /** On the server's own clock, in milliseconds. */
  readonly at: number;
  /** The user of From: what the UAC calls the request. */
  readonly id: string;
  readonly method: string;
  readonly callId: string;
  readonly cseq: number;
  readonly branch: string;
  readonly text: string;
  /** What was answered, and how many seconds later the request may come again; absent: nothing. */
  readonly answer?: { readonly status: number; readonly retryAfter: number };
}

export interface ScriptedServer {
  readonly ports: { readonly udp: readonly number[]; readonly tcp: number };
  readonly arrivals: readonly Arrival[];
  /** Called with everything that comes, before it is answered. */
  onArrival: (arrival: Arrival) => void;
}

export async function scriptedServer(seed: number, sockets = 5): Promise<ScriptedServer> {
  const arrivals: Arrival[] = [];
  const answers = new Map<string, string | undefined>();
  const server: { -readonly [K in keyof ScriptedServer]: ScriptedServer[K] } = {
    ports: { udp: [], tcp: 0 },
    arrivals,
    onArrival: () => undefined,
  };
  const receive = (octets: Uint8Array, send: (answer: Uint8Array) => void): void => {
    const at = performance.now();
    const text = textOf(octets);
    const read = readMessage(octets);
    if (read.kind !== 'request' || read.request.method === 'ACK') return;
    const { request } = read;
    const arrival = { at, text, ...nameOf(request) };
    // A retransmission is answered as its request was.
    const isNew = !answers.has(arrival.branch);
    const chosen = isNew ? choose(request, arrival.cseq, seededRandom(`${seed} ${arrival.branch}`)) : undefined;
    const answer = chosen?.answer;
    if (isNew) answers.set(arrival.branch, chosen?.text);
    const whole = answer === undefined ? arrival : { ...arrival, answer };
    arrivals.push(whole);
    server.onArrival(whole);
    const reply = answers.get(arrival.branch);
    if (reply !== undefined) send(octetsOf(reply));
  };
  const udp: number[] = [];
  for (let number = 0; number < sockets; number += 1) udp.push(await listenUdp(receive));
  server.ports = { udp, tcp: await listenTcp(receive) };
  return server;
}

function nameOf({ method, headers }: SipRequest) {
  return {
    id: /sip:([^@]+)@/.exec(firstHeader(headers, 'From') ?? '')?.[1] ?? '',
    method,
    callId: firstHeader(headers, 'Call-ID') ?? '',
    cseq: readCSeq(headers)?.number ?? 0,
    branch: topVia(headers)?.branch ?? '',
  };
}

/** The answer to a new transaction; `undefined`: none, ever. */
function choose(request: SipRequest, cseq: number, random: () => number) {
  const chance = random();
  // Often longer than the allowance under the ceiling is empty after a restart.
  const seconds = 5 + Math.floor(random() * 190);
  const [status, headers]: readonly [number, readonly Header[]] =
    chance < 0.22
      ? [200, []]
      : chance < 0.3
        ? [503, [['Retry-After', String(Math.ceil(seconds / 6))]]]
        : chance < 0.58
          ? [[500, 480, 486, 413][Math.floor(random() * 4)] ?? 500, [['Retry-After', String(seconds)]]]
          : chance < 0.72
            ? [401, [['WWW-Authenticate', `Digest realm="example.com", nonce="n${cseq}", qop="auth", stale=true`]]]
            : chance < 0.84
              ? [423, [['Min-Expires', String(600 + 60 * cseq)]]]
              : chance < 0.88
                ? [404, []]
                : [0, []];
  if (status === 0) return undefined;
  const retryAfter = Number(headers.find(([name]) => name === 'Retry-After')?.[1] ?? 0);
  return { answer: { status, retryAfter }, text: writeMessage(respond(request, status, headers)) };
}

async function listenUdp(receive: (octets: Uint8Array, send: (answer: Uint8Array) => void) => void): Promise<number> {
  const socket = createSocket('udp4');
  socket.on('message', (octets, { port, address }) => receive(octets, (answer) => socket.send(answer, port, address)));
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  closeLater(() => new Promise<void>((resolve) => socket.close(() => resolve())));
  return socket.address().port;
}

/** Each chunk on the loopback interface is read as whole messages, which is what this UAC writes. */
async function listenTcp(receive: (octets: Uint8Array, send: (answer: Uint8Array) => void) => void): Promise<number> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    let rest = '';
    socket.on('data', (chunk) => {
      rest += textOf(chunk);
      for (let end = endOf(rest); end <= rest.length; end = endOf(rest)) {
        receive(octetsOf(rest.slice(0, end)), (answer) => socket.write(answer));
        rest = rest.slice(end);
      }
    });
    // The UAC is killed in the middle of everything.
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closeLater(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  return (server.address() as AddressInfo).port;
}

/** Where the first message ends; beyond everything while it is not whole. */
function endOf(text: string): number {
  const head = text.indexOf('\r\n\r\n');
  const length = /^Content-Length:\s*(\d+)/im.exec(text.slice(0, head))?.[1];
  return head < 0 ? Infinity : head + 4 + Number(length ?? 0);
}
