// What the page keeps of a flow: all charts, the last entries, and of everything before them where each actor was.
import type { ChartEntry, InspectorEntry } from '../../inspector-entry.js';
import { ActorMoment } from './actor-moment.js';
import { SortedEntries, type FlowEntry, type ToldEntry } from './sorted-entries.js';

const MOST_ENTRIES = 20_000;
const MOST_ACTORS = 1_000;
const MOST_LANES = 8;

/** Entries go in one by one; the memory that they take stays within bounds. */
export class EntryWindow {
  readonly charts = new Map<string, ChartEntry>();
  readonly all = new SortedEntries<FlowEntry>();
  /** What the ladder tells. */
  readonly told = new SortedEntries<ToldEntry>();
  /** The columns of the ladder, in the order in which they first spoke. */
  readonly lanes: string[] = [];
  /** Grows with everything that is not an entry at the end: what was worked out before does not hold any more. */
  revision = 0;
  /** Grows with every change of the actors. */
  actorsRevision = 0;
  /** The actor that somebody looks at: it is not forgotten, however many others come. */
  watched: string | undefined;
  /** How many entries are summarised and not kept. */
  summarised = 0;
  readonly #before = new Map<string, ActorMoment>();
  readonly #known = new Map<string, string>();

  constructor(readonly most = MOST_ENTRIES) {}

  add(entry: InspectorEntry): void {
    if (entry.type === 'chart') {
      this.charts.set(entry.id, entry);
      this.revision += 1;
      return;
    }
    const isLast = entry.seq > this.all.lastSeq;
    if (!this.all.add(entry)) return;
    if (!isLast) this.revision += 1;
    if (entry.type === 'actor') this.#know(entry.actor, entry.name);
    if (isTold(entry)) this.told.add(entry);
    if (entry.type === 'message') this.#seat(entry.from, entry.to);
    if (this.all.length > this.most * 1.1) this.#summarise(this.all.length - this.most);
  }

  /** All actors by name, in the order in which they appeared. */
  get actors(): ReadonlyMap<string, string> {
    return this.#known;
  }

  /** Where an actor was before the first entry that is kept. */
  before(actor: string): ActorMoment {
    return this.#before.get(actor)?.copy() ?? new ActorMoment(actor);
  }

  #know(actor: string, name: string): void {
    if (this.#known.get(actor) === name) return;
    this.#known.set(actor, name);
    this.actorsRevision += 1;
    if (this.#known.size <= MOST_ACTORS) return;
    const [first, second] = this.#known.keys();
    const oldest = first === this.watched ? second : first;
    if (oldest === undefined) return;
    this.#known.delete(oldest);
    this.#before.delete(oldest);
  }

  #seat(...names: readonly string[]): void {
    for (const name of names) {
      if (this.lanes.length < MOST_LANES && !this.lanes.includes(name)) this.lanes.push(name);
    }
  }

  #summarise(count: number): void {
    const gone = this.all.takeFirst(count);
    for (const entry of gone) {
      if (!('actor' in entry) || !this.#known.has(entry.actor)) continue;
      const before = this.#before.get(entry.actor) ?? new ActorMoment(entry.actor);
      before.apply(entry);
      this.#before.set(entry.actor, before);
    }
    const last = gone.at(-1)?.seq ?? -1;
    this.told.takeFirst(this.told.after(last));
    this.summarised += gone.length;
    this.revision += 1;
  }
}

/** That a success is accepted, its outcome tells. */
function isTold(entry: FlowEntry): entry is ToldEntry {
  if (entry.type === 'decision') return entry.status >= 300;
  return entry.type === 'message' || entry.type === 'outcome' || entry.type === 'note';
}
