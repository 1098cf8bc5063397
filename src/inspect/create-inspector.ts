// The door of the inspector on Node: it sees charts and messages, and serves a page that shows them.
import { requireOptions, type Shape } from '../../machines/given.js';
import type { InspectionEvent } from './inspection-event.js';
import type { InspectorEntry } from './inspector-entry.js';
import { Inspection, type InspectionOptions } from './inspection.js';
import type { OfficialMessage } from './official/official-message.js';
import { OfficialWriter } from './official/official-writer.js';
import type { Unnumbered } from './recorder/entry-store.js';
import { InspectorServer } from './server/inspector-server.js';
import { LayoutWorker } from './server/layout-worker.js';
import { StatelyRelay } from './server/stately-relay.js';

export interface InspectorOptions extends InspectionOptions {
  /** From 0 to 65535. Default, and 0: one that is free. */
  readonly port?: number;
  /** What the page is called. Default: `sip-retry`. */
  readonly title?: string;
  /** Lay charts out at once, which takes another thread about a second; default: when a page is opened. */
  readonly eager?: boolean;
  /** The folder with the files of the page. Default: those of this package. */
  readonly page?: string;
  /** Is given everything in the language of the official inspector, redacted, such as to send it over a socket of yours. */
  readonly official?: (message: OfficialMessage) => void;
  /**
   * Serves `/stately`, too: the official inspector's page in a frame, which needs the internet and is given everything
   * that this one shows. Default: false.
   */
  readonly stately?: boolean | { readonly url: string };
}

/** An inspector: hand its `inspect` to requests, clients and simulations, and open its `url`. */
export interface Inspector {
  /** Sees one event; never throws, and costs the caller no more than copying it. */
  readonly inspect: (event: InspectionEvent) => void;
  /** Resolves with the address of the page; rejects where the port is taken. */
  readonly ready: Promise<string>;
  /** The address of the page, with its token; `undefined` until `ready`. Whoever has it sees everything here. */
  readonly url: string | undefined;
  /** Where applications point `createWebSocketInspector({ url })`. */
  readonly officialUrl: string | undefined;
  /** The page with the official inspector in a frame, where it was asked for. */
  readonly statelyUrl: string | undefined;
  /** Everything that is kept, as the page gets it. */
  readonly entries: readonly InspectorEntry[];
  /** Tells something that no chart tells, redacted like everything. */
  readonly note: (text: string) => void;
  /** Adds an entry that was made elsewhere, redacted, too. */
  readonly tell: (entry: Unnumbered) => void;
  /** All actors in the official inspector's language, with their latest snapshots; empty where nobody asked for it. */
  readonly officialActors: readonly OfficialMessage[];
  /** Stops serving, whoever still looks; what is told afterwards is passed over. */
  close(): Promise<void>;
}

const inspectorShape: Shape<InspectorOptions> = {
  port: 'port',
  title: 'text',
  eager: 'boolean',
  page: 'text',
  official: 'function',
  stately: 'any',
  limits: 'object',
  now: 'function',
  secrets: 'texts',
  depth: 'amount',
};

const STATELY = 'https://stately.ai/inspect';

/**
 * Begins to serve on 127.0.0.1, for whoever has the token. Nothing secret is kept: passwords, HA1 and digest responses are
 * masked before anything is stored. The program stays alive until `close`, so that what it did can be looked at.
 * @throws SipRetryError `badOptions` for a port or another option that is none.
 */
export function createInspector(options: InspectorOptions = {}): Inspector {
  requireOptions(options, inspectorShape);
  const { port = 0, title = 'sip-retry', page, official, stately = false } = options;
  const layout = new LayoutWorker();
  const inspection = new Inspection(options, layout.layOut);
  const { redaction, now } = inspection;
  if (options.eager === true) void inspection.charts.layOut();
  const url = typeof stately === 'object' ? stately.url : STATELY;
  const relay: StatelyRelay | undefined = stately === false ? undefined : new StatelyRelay(url, () => officialActors());
  const send = (message: OfficialMessage): void => {
    relay?.send(message);
    official?.(message);
  };
  const writer =
    official === undefined && relay === undefined ? undefined : new OfficialWriter({ redaction, now, send });
  const officialActors = (): readonly OfficialMessage[] => writer?.actors ?? [];
  const server = new InspectorServer(inspection, { port, title, page, relay, layOutGraph: layout.layOut });
  let [isReady, isClosed, hasFailed] = [false, false, false];
  const note = (text: string): void => {
    if (!isClosed) inspection.tell({ type: 'note', at: now(), text });
  };
  const ready = server.listen().then((address) => {
    isReady = true;
    return address;
  });
  // Whoever does not ask whether it is ready does not want to end for it.
  ready.catch(() => undefined);
  return {
    inspect(event) {
      if (isClosed) return;
      try {
        inspection.take(event);
        writer?.take(event);
      } catch {
        // Once: what fails with each event would push everything else out of what is kept.
        if (!hasFailed) note('An event could not be shown, or the function `official` threw.');
        hasFailed = true;
      }
    },
    ready,
    get url() {
      return isReady ? server.url : undefined;
    },
    get officialUrl() {
      return isReady ? server.officialUrl : undefined;
    },
    get statelyUrl() {
      return isReady ? server.statelyUrl : undefined;
    },
    get entries() {
      return inspection.entries;
    },
    note,
    tell(entry) {
      if (!isClosed) inspection.tell(entry);
    },
    get officialActors() {
      return officialActors();
    },
    async close() {
      isClosed = true;
      await ready.catch(() => undefined);
      await Promise.all([server.close(), layout.close()]);
    },
  };
}
