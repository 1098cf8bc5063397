// Turns what XState and the user agent client tell into entries, without secrets.
import type { Redaction } from '../redact.js';
import {
  actorOf,
  memberOf,
  numberIn,
  objectIn,
  readActor,
  statesOf,
  textIn,
  type InspectionEvent,
} from '../inspection-event.js';
import { ActorNames } from './actor-names.js';
import type { ChartBook } from './chart-book.js';
import { EdgeIds } from './edge-ids.js';
import type { Unnumbered } from './entry-store.js';
import { RequestTeller } from './request-teller.js';

export interface RecorderMeans {
  readonly charts: ChartBook;
  readonly redaction: Redaction;
  /** Epoch milliseconds, for what tells no moment of its own. */
  readonly now: () => number;
  readonly tell: (entry: Unnumbered) => void;
}

/** An actor that is inspected. An event with `isTold` is of a flow whose decisions somebody else tells. */
interface Watched {
  readonly id: string;
  readonly config: object;
  edges: string[];
  /** Timers that were started before the first states were told. */
  timers: Unnumbered[];
  /** Absent until its first states were told. */
  chart: string | undefined;
  readonly request: RequestTeller | undefined;
}

export class Recorder {
  readonly #means: RecorderMeans;
  readonly #edges = new EdgeIds();
  readonly #names = new ActorNames();
  readonly #actors = new WeakMap<object, Watched>();
  /** Whether a wire tells the messages that pass; requests then need not. */
  #hasWire = false;

  constructor(means: RecorderMeans) {
    this.#means = means;
  }

  /** Takes one event; whatever it is, nothing is thrown. */
  take(event: InspectionEvent): void {
    switch (event.type) {
      case '@xstate.microstep':
        this.#watched(event)?.edges.push(...this.#edges.of(event));
        return;
      case '@xstate.snapshot':
        this.#step(event);
        return;
      case '@xstate.action':
        this.#timer(event);
        return;
      case '@sip-retry.wire':
        this.#hasWire = true;
        return;
      case '@sip-retry.message':
        this.#message(event);
        return;
      default:
        return;
    }
  }

  #watched(event: InspectionEvent): Watched | undefined {
    const ref = actorOf(event);
    if (ref === undefined) return undefined;
    const known = this.#actors.get(ref);
    if (known !== undefined) return known;
    const { config } = readActor(ref);
    // A promise, a callback: it is in no state of a chart.
    if (config === undefined) return undefined;
    const name = textIn(event, 'name') ?? this.#names.nameOf(config, objectIn(event, 'snapshot'));
    if (name === undefined) return undefined;
    const id = this.#means.redaction.text(name);
    const isRequest = textIn(config, 'id') === 'retry' && memberOf(event, 'isTold') !== true;
    const request = isRequest ? new RequestTeller(id, config) : undefined;
    const watched: Watched = { id, config, edges: [], timers: [], chart: undefined, request };
    this.#actors.set(ref, watched);
    return watched;
  }

  #step(event: InspectionEvent): void {
    const watched = this.#watched(event);
    if (watched === undefined) return;
    const { charts, redaction } = this.#means;
    const snapshot = objectIn(event, 'snapshot');
    const what = objectIn(event, 'event');
    const states = statesOf(snapshot).map((state) => redaction.text(state));
    const at = this.#momentOf(event, snapshot);
    const { id, edges } = watched;
    watched.edges = [];
    if (watched.chart === undefined) {
      watched.chart = charts.idOf(watched.config);
      this.#tell({ type: 'actor', at, actor: id, name: id, chart: watched.chart, states });
      for (const timer of watched.timers.splice(0)) this.#tell(timer);
    } else {
      this.#tell({ type: 'step', at, actor: id, event: redaction.text(textIn(what, 'type') ?? ''), edges, states });
    }
    if (watched.request === undefined) return;
    this.#names.noteRequest(id, snapshot);
    for (const entry of watched.request.tell({ at, event: what, snapshot, withMessages: !this.#hasWire }))
      this.#tell(entry);
  }

  /** A transaction's timers are no state: its chart tells its host to start them. */
  #timer(event: InspectionEvent): void {
    const emitted = objectIn(objectIn(objectIn(event, 'action'), 'params'), 'event');
    const timer = textIn(emitted, 'timer');
    const ms = numberIn(emitted, 'ms');
    if (textIn(emitted, 'type') !== 'startTimer' || timer === undefined || ms === undefined) return;
    const watched = this.#watched(event);
    if (watched === undefined) return;
    const at = this.#momentOf(event, undefined);
    const entry = { type: 'timer', at, actor: watched.id, name: `timer ${timer}`, until: at + ms } as const;
    if (watched.chart === undefined) watched.timers.push(entry);
    else this.#tell(entry);
  }

  #message(event: InspectionEvent): void {
    const { redaction } = this.#means;
    const text = redaction.text(textIn(event, 'text') ?? '');
    const peer = redaction.text(textIn(event, 'peer') ?? 'peer');
    const [from, to] = textIn(event, 'direction') === 'sent' ? ['uac', peer] : [peer, 'uac'];
    const at = this.#momentOf(event, undefined);
    this.#names.noteMessage(text);
    this.#tell({ type: 'message', at, from, to, summary: summaryOf(text), text, lost: false });
  }

  /** The moment that the event tells, else that of the clock. */
  #momentOf(event: InspectionEvent, snapshot: object | undefined): number {
    const own = numberIn(event, 'at') ?? numberIn(objectIn(event, 'event'), 'at');
    if (own !== undefined) return own;
    const isFirst = textIn(objectIn(event, 'event'), 'type') === 'xstate.init';
    const startedAt = isFirst ? numberIn(memberOf(snapshot, 'context'), 'startedAt') : undefined;
    return startedAt ?? this.#means.now();
  }

  #tell(entry: Unnumbered): void {
    this.#means.tell(entry);
  }
}

/** `REGISTER sip:example.com`, `423 Interval Too Brief`. */
export function summaryOf(text: string): string {
  const [first = ''] = text.split(/\r?\n/, 1);
  return first
    .replace(/^SIP\/2\.0 | SIP\/2\.0$/g, '')
    .trim()
    .slice(0, 500);
}
