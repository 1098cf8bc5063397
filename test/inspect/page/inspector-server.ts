// A small server that speaks to the page as the inspector does: for these tests alone.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { readFile } from 'node:fs/promises';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { InspectorEntry } from '../../../src/inspect/inspector-entry.js';
import { answerLayout } from '../../../src/inspect/lay-out-request.js';

const MOST_ENTRIES = 20_000;
const TOKEN = 'token-of-this-test';
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
const TYPES: Readonly<Record<string, string>> = {
  '/': 'text/html; charset=utf-8',
  '/page.js': 'text/javascript; charset=utf-8',
  '/page.css': 'text/css; charset=utf-8',
};

export class InspectorServer {
  readonly entries: InspectorEntry[] = [];
  readonly #listeners = new Set<ServerResponse>();
  readonly #server: Server;

  constructor(private readonly folder: string) {
    this.#server = createServer((request, response) => void this.#answer(request, response));
  }

  async listen(): Promise<string> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}/#token=${TOKEN}`;
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  /** Cuts all streams; the page opens new ones. */
  cut(): void {
    for (const response of this.#listeners) response.destroy();
    this.#listeners.clear();
  }

  tell(...entries: readonly InspectorEntry[]): void {
    for (const entry of entries) this.entries.push(entry);
    const text = written(entries);
    for (const response of this.#listeners) response.write(text);
  }

  /** As fast as the page takes them; only the last ones are kept, as the inspector does. */
  async stream(entries: Iterable<readonly InspectorEntry[]>): Promise<void> {
    for (const part of entries) {
      const text = written(part);
      for (const response of this.#listeners) {
        if (!response.write(text)) await once(response, 'drain');
      }
      // On a busy machine one drain follows the other, and the test beside it would stand still.
      await new Promise(setImmediate);
      this.entries.push(...part);
      if (this.entries.length > 2 * MOST_ENTRIES) this.entries.splice(0, this.entries.length - MOST_ENTRIES);
    }
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    response.setHeader('Content-Security-Policy', POLICY);
    response.setHeader('Cache-Control', 'no-store');
    const type = TYPES[pathname];
    if (type !== undefined) {
      response.setHeader('Content-Type', type);
      response.end(await readFile(join(this.folder, pathname === '/' ? 'index.html' : pathname)));
      return;
    }
    if (request.headers['x-inspector-token'] !== TOKEN) {
      response.writeHead(403).end();
      return;
    }
    if (pathname === '/about') {
      response.end(JSON.stringify({ version: '0', title: 'sip-retry inspect' }));
    } else if (pathname === '/entries') {
      response.writeHead(200, { 'Content-Type': 'text/event-stream' });
      const after = Number(searchParams.get('after') ?? -1);
      response.write(written(this.entries.filter(({ seq, type }) => seq > after || type === 'chart')));
      this.#listeners.add(response);
      response.on('close', () => this.#listeners.delete(response));
    } else if (pathname === '/layout') {
      let text = '';
      for await (const part of request) text += String(part);
      const answer = await answerLayout(JSON.parse(text), (id) => {
        const chart = this.entries.find((entry) => entry.type === 'chart' && entry.id === id);
        return chart?.type === 'chart' ? chart.model : undefined;
      });
      response.end(JSON.stringify(answer));
    } else {
      response.writeHead(404).end();
    }
  }
}

function written(entries: readonly InspectorEntry[]): string {
  return entries.map((entry) => `data: ${JSON.stringify(entry)}\n\n`).join('');
}
