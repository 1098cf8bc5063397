// What an inspector keeps, bounded: the last entries, all charts, and where each actor was before the last entries.
import type { ActorEntry, InspectorEntry, Numbered, StepEntry } from '../inspector-entry.js';

/** An entry without its number. */
export type Unnumbered = InspectorEntry extends infer E
  ? E extends { readonly seq: number }
    ? Omit<E, 'seq'>
    : never
  : never;

export interface StoreLimits {
  /** Default: 20 000. */
  readonly entries?: number;
  /** Of all entries together, as JSON. Default: 16 million. */
  readonly characters?: number;
  /** About how many actors are remembered beyond their last entry. Default: 2 000. */
  readonly actors?: number;
}

/** An entry as it goes over the wire: written once, however many read it. */
export interface StoredEntry {
  readonly seq: number;
  readonly json: string;
}

/** An entry of the ring; what is needed when it leaves stays beside its text. */
interface Kept extends StoredEntry {
  readonly at: number;
  readonly of: Numbered<ActorEntry | StepEntry> | undefined;
}

export class EntryStore {
  readonly #limits: Required<StoreLimits>;
  readonly #json: (entry: object) => string;
  /** A ring: what has left it stands before `#first`. */
  #kept: (Kept | undefined)[] = [];
  #first = 0;
  #characters = 0;
  #seq = 0;
  #dropped = 0;
  #lastDropped = -1;
  readonly #charts = new Map<string, StoredEntry>();
  /** Each actor as the entries have left it that are gone. */
  readonly #actors = new Map<string, Numbered<ActorEntry>>();
  readonly #listeners = new Set<() => void>();

  /** @param json writes an entry without secrets. */
  constructor(
    { entries = 20_000, characters = 16_000_000, actors = 2_000 }: StoreLimits = {},
    json: (entry: object) => string = (entry) => JSON.stringify(entry),
  ) {
    this.#limits = { entries, characters, actors };
    this.#json = json;
  }

  add(unnumbered: Unnumbered): void {
    const seq = this.#seq;
    this.#seq += 1;
    const json = this.#json({ ...unnumbered, seq });
    if (unnumbered.type === 'chart') this.#charts.set(unnumbered.id, { seq, json });
    else {
      const isState = unnumbered.type === 'actor' || unnumbered.type === 'step';
      this.#kept.push({ seq, json, at: unnumbered.at, of: isState ? { ...unnumbered, seq } : undefined });
      this.#characters += json.length;
      this.#makeRoom();
    }
    for (const listener of this.#listeners) listener();
  }

  get charts(): readonly StoredEntry[] {
    return [...this.#charts.values()];
  }

  /** Whether something after this entry is gone already. */
  isBehind(seq: number): boolean {
    return this.#lastDropped > seq;
  }

  /** What stands for the entries that are gone: where each actor was, and a note. */
  get summary(): readonly StoredEntry[] {
    const actors = [...this.#actors.values()].map((entry) => ({ seq: entry.seq, json: this.#json(entry) }));
    const first = this.#kept[this.#first];
    if (this.#dropped === 0 || first === undefined) return actors;
    // Between the last one that is gone and the first one that is kept.
    const seq = first.seq - 0.5;
    const text = `${this.#dropped} earlier entries were dropped to keep memory bounded.`;
    return [...actors, { seq, json: JSON.stringify({ type: 'note', at: first.at, text, seq }) }];
  }

  /** The next entries after this one, some at a time. */
  next(after: number, most: number): readonly StoredEntry[] {
    let [low, high] = [this.#first, this.#kept.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#kept[middle]?.seq ?? 0) <= after) low = middle + 1;
      else high = middle;
    }
    return this.#kept.slice(low, low + most).filter((kept) => kept !== undefined);
  }

  /** How many entries are gone. */
  get dropped(): number {
    return this.#dropped;
  }

  /** Calls back after each entry. */
  listen(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  #makeRoom(): void {
    const { entries, characters } = this.#limits;
    while (
      this.#kept.length - this.#first > entries ||
      (this.#characters > characters && this.#kept.length - this.#first > 1)
    ) {
      const gone = this.#kept[this.#first];
      this.#kept[this.#first] = undefined;
      this.#first += 1;
      if (gone === undefined) continue;
      this.#characters -= gone.json.length;
      this.#dropped += 1;
      this.#lastDropped = gone.seq;
      if (gone.of !== undefined) this.#summarise(gone.of);
    }
    // Cut now and then: to shift each one would copy the ring each time.
    if (this.#first <= Math.max(1_000, this.#kept.length / 2)) return;
    this.#kept = this.#kept.slice(this.#first);
    this.#first = 0;
  }

  /** The number of the step that is gone: whoever has seen that step knows it already. */
  #summarise(gone: Numbered<ActorEntry | StepEntry>): void {
    const { actor, at, states, seq } = gone;
    const known = gone.type === 'actor' ? gone : this.#actors.get(actor);
    if (known === undefined) return;
    this.#actors.set(actor, { ...known, at, states, seq });
    const most = this.#limits.actors;
    // Many at once: the first key of a map is the slower to find the more were taken out before it.
    if (this.#actors.size < most * 1.5) return;
    for (const oldest of [...this.#actors.keys()].slice(0, this.#actors.size - most)) this.#actors.delete(oldest);
  }
}

/** Reads entries back, charts first. */
export function entriesIn(store: EntryStore): readonly InspectorEntry[] {
  const all = [...store.charts, ...store.summary, ...store.next(-1, Infinity)];
  return all.map(({ json }) => JSON.parse(json) as InspectorEntry);
}
