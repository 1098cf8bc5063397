// For those who are online: a page of ours that shows the official inspector in a frame and hands it our messages.
import type { ServerResponse } from 'node:http';
import type { OfficialMessage } from '../official/official-message.js';
import { framingHeaders } from './security-headers.js';
import { statelyPage, statelyScript } from './stately-page.js';

const MOST_MESSAGES = 500;
/** A reader that leaves more than this unread is let go. */
const MOST_UNREAD = 8_000_000;

export class StatelyRelay {
  readonly #url: string;
  readonly #actors: () => readonly OfficialMessage[];
  readonly #site: string;
  readonly #readers = new Set<ServerResponse>();

  /**
   * @param url the page of the official inspector.
   * @param actors all actors as they are now, for a page that comes late.
   */
  constructor(url: string, actors: () => readonly OfficialMessage[]) {
    this.#url = url;
    this.#actors = actors;
    this.#site = new URL(url).origin;
  }

  send(message: OfficialMessage): void {
    if (this.#readers.size === 0) return;
    const text = `data: ${JSON.stringify(message)}\n\n`;
    for (const reader of this.#readers) {
      if (reader.writableLength > MOST_UNREAD) reader.destroy();
      else reader.write(text);
    }
  }

  /** The messages as they come, behind all actors that there are. */
  stream(response: ServerResponse): void {
    response.writeHead(200, { 'Content-Type': 'text/event-stream; charset=utf-8' });
    const actors = this.#actors().slice(-MOST_MESSAGES);
    response.write(actors.map((actor) => `data: ${JSON.stringify(actor)}\n\n`).join('') || ':\n\n');
    this.#readers.add(response);
    response.on('close', () => this.#readers.delete(response));
  }

  /** Whether the path was one of the page's. */
  sendFile(path: string, response: ServerResponse): boolean {
    if (path !== '/stately' && path !== '/stately.js') return false;
    for (const [name, value] of Object.entries(framingHeaders(this.#site))) response.setHeader(name, value);
    const isScript = path === '/stately.js';
    response.setHeader('Content-Type', `${isScript ? 'text/javascript' : 'text/html'}; charset=utf-8`);
    response.end(isScript ? statelyScript(this.#url) : statelyPage(this.#url));
    return true;
  }
}
