// An inspector that serves, and what a test asks it.
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { createInspector, type Inspector, type InspectorOptions } from '../../../src/inspect/index.js';
import type { InspectorEntry } from '../../../src/inspect/inspector-entry.js';
import { readEntries } from './read-entries.js';

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Asking {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

export interface Serving {
  readonly inspector: Inspector;
  readonly port: number;
  readonly token: string;
  /** With the token, unless `headers` says otherwise. */
  readonly ask: (path: string, how?: Asking) => Promise<Answer>;
  /** The entries that come until one satisfies this. */
  readonly entriesUntil: (
    isLast: (entry: InspectorEntry) => boolean,
    after?: number,
  ) => Promise<readonly InspectorEntry[]>;
}

export async function serving(options: InspectorOptions = {}): Promise<Serving> {
  const inspector = createInspector(options);
  const { port, hash } = new URL(await inspector.ready);
  const token = new URLSearchParams(hash.slice(1)).get('token') ?? '';
  return {
    inspector,
    port: Number(port),
    token,
    ask: (path, { method = 'GET', headers = {}, body } = {}) =>
      new Promise((resolve, reject) => {
        const own = { 'X-Inspector-Token': token, ...headers };
        const asked = httpRequest({ host: '127.0.0.1', port, path, method, headers: own }, (response) => {
          let text = '';
          response.setEncoding('utf8');
          response.on('data', (part: string) => (text += part));
          response.on('end', () =>
            resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }),
          );
        });
        asked.on('error', reject);
        asked.end(body);
      }),
    entriesUntil: (isLast, after = -1) => readEntries(`http://127.0.0.1:${port}/entries?after=${after}`, token, isLast),
  };
}
