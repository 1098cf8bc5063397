// The server of the page: on this machine alone, for whoever has the token.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { version } from '../../../package.json';
import type { GraphLayout } from '../chart/index.js';
import type { Inspection } from '../inspection.js';
import { answerLayout } from '../lay-out-request.js';
import { Admission } from './admission.js';
import { streamEntries } from './event-stream.js';
import { OfficialSocket } from './official-socket.js';
import { pageFile } from './page-files.js';
import { readBody } from './read-body.js';
import { refuseUpgrade } from './refuse-upgrade.js';
import { securityHeaders } from './security-headers.js';
import type { StatelyRelay } from './stately-relay.js';

export interface InspectorServerOptions {
  /** 0: one that is free. */
  readonly port: number;
  readonly title: string;
  /** Where the files of the page are; default: where this package has them. */
  readonly page: string | undefined;
  readonly relay: StatelyRelay | undefined;
  readonly layOutGraph: GraphLayout;
}

const HOST = '127.0.0.1';
const MOST_CONNECTIONS = 64;
const PATIENCE = { headersTimeout: 10_000, requestTimeout: 10_000, connectionsCheckingInterval: 2_000 } as const;
const BASE = 'http://inspector.invalid';

export class InspectorServer {
  readonly #inspection: Inspection;
  readonly #options: InspectorServerOptions;
  readonly #admission = new Admission();
  readonly #server: Server;
  readonly #socket: OfficialSocket;
  #port = 0;

  constructor(inspection: Inspection, options: InspectorServerOptions) {
    this.#inspection = inspection;
    this.#options = options;
    this.#server = createServer(PATIENCE, (request, response) => void this.#serve(request, response));
    this.#server.maxConnections = MOST_CONNECTIONS;
    this.#socket = new OfficialSocket(inspection);
    this.#server.on('upgrade', (request, socket, head) => {
      const { headers } = request;
      const { pathname, searchParams } = urlOf(request);
      const isAdmitted =
        this.#admission.isOwnHost(headers) &&
        this.#admission.isLocalOrigin(headers) &&
        this.#admission.isToken(searchParams.get('token'));
      if (isAdmitted && pathname === '/official') this.#socket.accept(request, socket, head);
      else refuseUpgrade(socket, 403);
    });
  }

  /** Resolves with the address of the page; rejects with what the system says, such as that the port is taken. */
  async listen(): Promise<string> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(this.#options.port, HOST, () => {
        this.#server.off('error', reject);
        resolve();
      });
    });
    const address = this.#server.address();
    this.#port = typeof address === 'object' && address !== null ? address.port : this.#options.port;
    this.#admission.listensOn(this.#port);
    return this.url;
  }

  /** The token stands in the fragment, which no server is sent and no Referer names. */
  get url(): string {
    return `http://${HOST}:${this.#port}/#token=${this.#admission.token}`;
  }

  /** Where an application points `createWebSocketInspector({ url })`. */
  get officialUrl(): string {
    return `ws://${HOST}:${this.#port}/official?token=${this.#admission.token}`;
  }

  /** The page that shows the official inspector in a frame, where it was asked for. */
  get statelyUrl(): string | undefined {
    return this.#options.relay === undefined
      ? undefined
      : `http://${HOST}:${this.#port}/stately#token=${this.#admission.token}`;
  }

  async close(): Promise<void> {
    this.#socket.close();
    const closed = new Promise<void>((resolve) => void this.#server.close(() => resolve()));
    this.#server.closeAllConnections();
    await closed;
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    for (const [name, value] of Object.entries(securityHeaders)) response.setHeader(name, value);
    response.on('error', () => undefined);
    try {
      await this.#answer(request, response);
    } catch {
      if (response.headersSent) response.destroy();
      else end(response, 500, 'The inspector could not answer.');
    }
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { headers, method = '' } = request;
    const { pathname, searchParams } = urlOf(request);
    if (!this.#admission.isOwnHost(headers)) refuse(response, 403, 'This host is not the inspector.');
    else if (!this.#admission.isOwnOrigin(headers)) refuse(response, 403, 'This origin is not the inspector.');
    else if (method === 'GET' && (await this.#sendFile(pathname, response))) return;
    else if (!this.#admission.isToken(headers['x-inspector-token']))
      refuse(response, 401, 'The token is missing or wrong.');
    else await this.#answerAdmitted(`${method} ${pathname}`, searchParams, request, response);
  }

  async #answerAdmitted(
    what: string,
    query: URLSearchParams,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const { relay, title } = this.#options;
    if (what === 'GET /about') sendJson(response, { version, title });
    else if (what === 'GET /entries') this.#stream(Number(query.get('after') ?? -1), response);
    else if (what === 'POST /layout') await this.#layOut(request, response);
    else if (what === 'GET /stately/messages' && relay !== undefined) relay.stream(response);
    else end(response, 404, 'There is nothing here.');
  }

  /** Charts are laid out now that somebody looks. */
  #stream(after: number, response: ServerResponse): void {
    void this.#inspection.charts.layOut();
    streamEntries(this.#inspection.store, Number.isFinite(after) ? after : -1, response);
  }

  async #sendFile(path: string, response: ServerResponse): Promise<boolean> {
    if (this.#options.relay?.sendFile(path, response) === true) return true;
    const file = await pageFile(path, this.#options.page);
    if (file === undefined) return false;
    if (file === 'notBuilt') end(response, 503, 'The page is not built; run npm run build.');
    else response.writeHead(200, { 'Content-Type': file.type }).end(file.content);
    return true;
  }

  async #layOut(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(request);
    const asked = body === undefined ? undefined : parsed(body);
    if (asked === undefined) {
      refuse(response, body === undefined ? 413 : 400, 'A layout is asked for with a JSON object of at most 1 MiB.');
      return;
    }
    sendJson(response, await answerLayout(asked, (id) => this.#inspection.charts.model(id), this.#options.layOutGraph));
  }
}

function urlOf({ url = '/' }: IncomingMessage): URL {
  try {
    return new URL(url, BASE);
  } catch {
    return new URL('/nowhere', BASE);
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function end(response: ServerResponse, status: number, why: string): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' }).end(`${why}\n`);
}

/** What else is sent is not waited for. */
function refuse(response: ServerResponse, status: number, why: string): void {
  response.setHeader('Connection', 'close');
  end(response, status, why);
}

function sendJson(response: ServerResponse, value: unknown): void {
  response.writeHead(200, { 'Content-Type': 'application/json; charset=utf-8' }).end(JSON.stringify(value));
}
