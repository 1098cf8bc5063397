// A SIP server over WebSocket (RFC 7118) on loopback that answers as its script says and remembers what came.
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';
import { firstHeader } from '../../../src/sip/header-list.js';
import type { Header, SipRequest } from '../../../src/sip/message.js';
import { readMessage } from '../../../src/sip/read-message.js';
import { responseTo } from './response-to.js';

/** A response: a status with its own header fields, or the whole text of whatever a peer may send. */
export type Scripted =
  | { readonly status: number; readonly headers?: readonly Header[] }
  | { readonly text: (request: SipRequest) => string };

/** What is answered to the n-th request that is no ACK. */
export type Script = (request: SipRequest, number: number) => readonly Scripted[];

export class SipServer {
  readonly received: SipRequest[] = [];
  readonly #server: WebSocketServer;
  readonly #script: Script;

  private constructor(server: WebSocketServer, script: Script) {
    this.#server = server;
    this.#script = script;
    server.on('connection', (socket) => {
      socket.on('message', (data: Buffer) => this.#receive(socket, data.toString('utf8')));
    });
  }

  static async start(script: Script): Promise<SipServer> {
    const server = new WebSocketServer({ host: '127.0.0.1', port: 0, handleProtocols: () => 'sip' });
    await once(server, 'listening');
    return new SipServer(server, script);
  }

  get url(): string {
    return `ws://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** What came with this method. */
  all(method: string): readonly SipRequest[] {
    return this.received.filter((request) => request.method === method);
  }

  /** Sends to everybody who is connected, without being asked. */
  push(text: string): void {
    for (const socket of this.#server.clients) socket.send(text);
  }

  stop(): Promise<void> {
    for (const socket of this.#server.clients) socket.terminate();
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }

  #receive(socket: WebSocket, text: string): void {
    const read = readMessage(text);
    if (read.kind !== 'request') return;
    const { request } = read;
    this.received.push(request);
    if (request.method === 'ACK') return;
    const number = this.received.filter(({ method }) => method !== 'ACK').length;
    for (const scripted of this.#script(request, number)) {
      socket.send('text' in scripted ? scripted.text(request) : responseTo(request, scripted.status, scripted.headers));
    }
  }
}

/** The value of a header field of a request, for an expectation. */
export function row(request: SipRequest | undefined, name: string): string | undefined {
  return request === undefined ? undefined : firstHeader(request.headers, name);
}
