// A SIP server on the loopback interface that answers as a test says, over UDP, TCP or TLS, and keeps what it was sent.
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { fileURLToPath } from 'node:url';
import { readCSeq } from '../../../src/sip/cseq.js';
import { firstHeader, headerKey } from '../../../src/sip/header-list.js';
import type { Header, SipRequest } from '../../../src/sip/message.js';
import { readMessage } from '../../../src/sip/read-message.js';
import { topVia } from '../../../src/sip/via.js';
import { writeMessage } from '../../../src/sip/write-message.js';
import { framingLimits, StreamFraming } from '../../../src/transport/stream-framing.js';

/** What a server answers: a status, perhaps with header fields and a body. */
export type Answer = number | readonly [status: number, headers?: readonly Header[], body?: string];

/**
 * What follows a request: answers, in order. `nth` counts the transactions of its method from 1. An ACK has no answer,
 * and a retransmission gets the same answers again.
 */
export type ServerScript = (request: SipRequest, nth: number) => readonly Answer[];

export type ServerTransport = 'udp' | 'tcp' | 'tls';

/** The certificate of the TLS server, which is its own authority: for example.com and 127.0.0.1. */
export const certificate = fileURLToPath(new URL('../../transport/fixtures/example.com.cert.pem', import.meta.url));

export interface ScriptedServer {
  readonly port: number;
  /** As `--server` takes it. */
  readonly name: string;
  /** One for each transaction, in order; ACKs, too. */
  readonly requests: readonly SipRequest[];
  /** The octets of every message that arrived, as text. */
  readonly wire: readonly string[];
  /** The nth request of that method, when it has come. */
  arrival(method: string, nth?: number): Promise<SipRequest>;
  /** Answers a request that has come, later than the script does. */
  answer(request: SipRequest, answer: Answer): void;
  /** Sends anything to where the last message came from. */
  send(text: string): void;
  close(): Promise<void>;
}

/** Starts a server. The script answers every request but ACK. */
export async function startServer(script: ServerScript, transport: ServerTransport = 'udp'): Promise<ScriptedServer> {
  const desk = new Desk(script);
  const { port, close } = transport === 'udp' ? await listenUdp(desk) : await listenTcp(desk, transport === 'tls');
  return {
    port,
    name: `${transport}:127.0.0.1:${port}`,
    requests: desk.requests,
    wire: desk.wire,
    arrival: (method, nth = 1) => desk.arrival(method, nth),
    answer: (request, answer) => desk.reply(responseTo(request, answer)),
    send: (text) => desk.reply(text),
    close,
  };
}

/** The answers of a script in turn, whatever the method; the last one again and again. CANCEL and BYE get a 200. */
export function inTurn(...turns: readonly (readonly Answer[])[]): ServerScript {
  return ({ method }, nth) => {
    if (method === 'CANCEL' || method === 'BYE') return [200];
    return turns[Math.min(nth, turns.length) - 1] ?? [];
  };
}

/** A digest challenge. */
export function challenge(realm = 'example.com', algorithm = 'SHA-256'): Header {
  return [
    'WWW-Authenticate',
    `Digest realm="${realm}", nonce="c2FsdCBhbmQgcGVwcGVy", algorithm=${algorithm}, qop="auth"`,
  ];
}

class Desk {
  readonly requests: SipRequest[] = [];
  readonly wire: string[] = [];
  /** Sends to where the last message came from. */
  reply: (text: string) => void = () => undefined;
  readonly #script: ServerScript;
  readonly #answered = new Map<string, readonly string[]>();
  readonly #waiting = new Set<() => void>();

  constructor(script: ServerScript) {
    this.#script = script;
  }

  take(octets: Uint8Array, reply: (text: string) => void): void {
    const read = readMessage(octets);
    this.wire.push(Buffer.from(octets).toString('latin1'));
    this.reply = reply;
    if (read.kind !== 'request') return;
    const { request } = read;
    const key = `${request.method} ${topVia(request.headers)?.branch ?? ''}`;
    const known = this.#answered.get(key);
    const answers = known ?? this.#script(request, this.#count(request)).map((answer) => responseTo(request, answer));
    if (known === undefined) {
      this.#answered.set(key, answers);
      this.requests.push(request);
    }
    if (request.method !== 'ACK') for (const text of answers) reply(text);
    for (const wake of this.#waiting) wake();
  }

  arrival(method: string, nth: number): Promise<SipRequest> {
    return new Promise((resolve) => {
      const look = (): void => {
        const found = this.requests.filter((request) => request.method === method)[nth - 1];
        if (found === undefined) return;
        this.#waiting.delete(look);
        resolve(found);
      };
      this.#waiting.add(look);
      look();
    });
  }

  #count({ method }: SipRequest): number {
    return 1 + this.requests.filter((request) => request.method === method).length;
  }
}

function responseTo(request: SipRequest, answer: Answer): string {
  const [status, headers = [], body = ''] = typeof answer === 'number' ? [answer] : answer;
  const copied = request.headers.filter(([name]) => COPIED.has(headerKey(name)));
  const tagged = copied.map(([name, value]): Header => {
    const needsTag = headerKey(name) === 'to' && status > 100 && !/;tag=/.test(value);
    return [name, needsTag ? `${value};tag=there` : value];
  });
  const contact: readonly Header[] = needsContact(request, status) ? [['Contact', '<sip:there@127.0.0.1>']] : [];
  const length: Header = ['Content-Length', String(Buffer.byteLength(body))];
  const reason = REASONS[status] ?? (status < 300 ? 'OK' : 'Refused');
  return writeMessage({ status, reason, headers: [...tagged, ...contact, ...headers, length], body });
}

function needsContact({ headers }: SipRequest, status: number): boolean {
  return (
    readCSeq(headers)?.method === 'INVITE' && status > 100 && status < 300 && firstHeader(headers, 'To') !== undefined
  );
}

const COPIED = new Set(['Via', 'From', 'To', 'Call-ID', 'CSeq'].map(headerKey));

const REASONS: Readonly<Record<number, string>> = {
  100: 'Trying',
  180: 'Ringing',
  300: 'Multiple Choices',
  302: 'Moved Temporarily',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  407: 'Proxy Authentication Required',
  413: 'Request Entity Too Large',
  415: 'Unsupported Media Type',
  421: 'Extension Required',
  423: 'Interval Too Brief',
  433: 'Anonymity Disallowed',
  484: 'Address Incomplete',
  485: 'Ambiguous',
  486: 'Busy Here',
  487: 'Request Terminated',
  488: 'Not Acceptable Here',
  503: 'Service Unavailable',
  603: 'Decline',
};

interface Listening {
  readonly port: number;
  readonly close: () => Promise<void>;
}

async function listenUdp(desk: Desk): Promise<Listening> {
  const socket = createSocket('udp4');
  socket.on('message', (octets, { port, address }) =>
    desk.take(octets, (text) => socket.send(Buffer.from(text, 'utf8'), port, address, () => undefined)),
  );
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return { port: socket.address().port, close: () => new Promise((resolve) => socket.close(() => resolve())) };
}

function identity(): { readonly cert: Buffer; readonly key: Buffer } {
  return { cert: readFileSync(certificate), key: readFileSync(certificate.replace('.cert.', '.key.')) };
}

async function listenTcp(desk: Desk, isSecure: boolean): Promise<Listening> {
  const sockets = new Set<Socket>();
  const serve = (socket: Socket): void => {
    const framing = new StreamFraming(framingLimits);
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('data', (chunk: Uint8Array) => {
      for (const octets of framing.push(chunk)) desk.take(octets, (text) => socket.write(text));
    });
  };
  const server = isSecure ? createTlsServer(identity(), serve) : createServer(serve);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const close = async (): Promise<void> => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  };
  return { port, close };
}
