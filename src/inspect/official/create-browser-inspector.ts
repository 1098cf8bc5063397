// The inspector in a browser: it opens a page that speaks the official inspector's language, and posts to that page alone.
import { systemClock } from '../../timing/clock.js';
import type { InspectionEvent } from '../inspection-event.js';
import { memberOf, textIn } from '../inspection-event.js';
import { Redaction, type RedactOptions } from '../redact.js';
import type { OfficialMessage } from './official-message.js';
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

export interface BrowserInspectorOptions extends RedactOptions {
  /** The page that shows the charts. Default: https://stately.ai/inspect, which needs the internet. */
  readonly url?: string;
  /** Default: the window of the program. */
  readonly window?: OpeningWindow;
  /** Epoch milliseconds. Default: the clock of the system. */
  readonly now?: () => number;
  /** Instead of a window: is given each message. */
  readonly official?: (message: OfficialMessage) => void;
}

export interface BrowserInspector {
  /** Sees one event; never throws. */
  readonly inspect: (event: InspectionEvent) => void;
  readonly url: string;
  /** All actors with their latest snapshots. */
  readonly officialActors: readonly OfficialMessage[];
  close(): Promise<void>;
}

const clock = systemClock();

/** Opens the page at once, where a window can be opened; blocked or not, the program goes on. */
export function createInspector(options: BrowserInspectorOptions = {}): BrowserInspector {
  const { url = 'https://stately.ai/inspect', now = () => clock.date(), official } = options;
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
    url,
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
