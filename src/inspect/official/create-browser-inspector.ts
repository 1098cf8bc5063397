// The inspector in a browser: it opens a page that speaks the official inspector's language, and posts to that page alone.
import { systemClock } from '../../timing/clock.js';
import type { Inspector, InspectorOptions } from '../create-inspector.js';
import { memberOf, textIn } from '../inspection-event.js';
import { Redaction } from '../redact.js';
import { OfficialWriter } from './official-writer.js';

/** What is used of a browser's window. */
export interface OpeningWindow {
  open(url: string, name: string): PostTarget | null;
  addEventListener(type: 'message', listener: (event: MessageFrom) => void): void;
  removeEventListener(type: 'message', listener: (event: MessageFrom) => void): void;
}

export interface PostTarget {
  postMessage(message: unknown, origin: string): void;
}

export interface MessageFrom {
  readonly origin: string;
  readonly source: unknown;
  readonly data: unknown;
}

/**
 * The options of Node's, since TypeScript takes its types for a browser's bundle, too. `stately: { url }` names the page
 * that is opened, `official` stands instead of it. `port`, `title`, `eager`, `page` and `limits` are not looked at.
 */
export interface BrowserInspectorOptions extends InspectorOptions {
  /** The page that shows the charts. Default: that of `stately`, or https://stately.ai/inspect, which needs the internet. */
  readonly url?: string;
  /** Default: the window of the program. */
  readonly window?: OpeningWindow;
}

const clock = systemClock();

/**
 * Opens the page at once, where a window can be opened; blocked or not, the program goes on.
 *
 * Members are those of Node's inspector: `ready` resolves at once with the address of the page, which `url` and `statelyUrl`
 * are, too; `officialUrl` is `undefined`. The official language has no notes, and nothing is kept but the latest snapshots:
 * `note` and `tell` do nothing, `entries` is empty.
 */
export function createInspector(options: BrowserInspectorOptions = {}): Inspector {
  const { stately, now = () => clock.date(), official } = options;
  const { url = typeof stately === 'object' ? stately.url : 'https://stately.ai/inspect' } = options;
  const window = options.window ?? (official === undefined ? ownWindow() : undefined);
  const { origin } = new URL(url);
  const page = window?.open(url, 'xstateinspector') ?? undefined;
  let [isConnected, isClosed] = [false, false];
  const writer = new OfficialWriter({
    redaction: new Redaction(options),
    now,
    send(message) {
      official?.(message);
      if (isConnected) page?.postMessage(message, origin);
    },
  });
  const onMessage = (event: MessageFrom): void => {
    if (page === undefined || event.origin !== origin || event.source !== page) return;
    if (textIn(event.data, 'type') !== '@statelyai.connected') return;
    isConnected = true;
    for (const actor of writer.actors) page.postMessage(actor, origin);
  };
  window?.addEventListener('message', onMessage);
  return {
    inspect(event) {
      if (isClosed) return;
      try {
        writer.take(event);
      } catch {
        // Nobody is there who could be told.
      }
    },
    ready: Promise.resolve(url),
    url,
    officialUrl: undefined,
    statelyUrl: url,
    entries: [],
    note: () => undefined,
    tell: () => undefined,
    get officialActors() {
      return writer.actors;
    },
    close() {
      isClosed = true;
      window?.removeEventListener('message', onMessage);
      if (isConnected) page?.postMessage({ type: '@statelyai.disconnected' }, origin);
      return Promise.resolve();
    },
  };
}

function ownWindow(): OpeningWindow | undefined {
  const own = memberOf(globalThis, 'window');
  return isWindow(own) ? own : undefined;
}

function isWindow(value: unknown): value is OpeningWindow {
  return typeof memberOf(value, 'open') === 'function' && typeof memberOf(value, 'addEventListener') === 'function';
}
