// Everything that the page knows and shows at this moment; whoever changes it asks for a new frame.
import type { ChartEntry, InspectorEntry } from '../inspector-entry.js';
import { parsePolicy } from '../../policy/parse-policy.js';
import type { RetryPolicy } from '../../policy/rule.js';
import { rfcPolicy } from '../../policy/table/index.js';
import type { ActorMoment } from './flow/actor-moment.js';
import { EntryWindow } from './flow/entry-window.js';
import { MomentReader } from './flow/moment.js';
import { Playback } from './flow/playback.js';
import type { Variation } from './chart/vary.js';
import type { Selection } from './selection.js';
import { editedPolicy, NO_EDITS, type Edits } from './try/edited-policy.js';
import { FIRST_FORM, type TrialForm } from './try/trial-form.js';
import type { StreamState } from './wire/entries-stream.js';

export type View = 'chart' | 'table';
export type Pane = 'ladder' | 'why' | 'try';

/** A chart that takes the place of the one that the flow is drawn in. */
export type Shown = Omit<ChartEntry, 'type'>;

export class Inspection {
  readonly window = new EntryWindow();
  readonly playback = new Playback(this.window);
  readonly #reader = new MomentReader(this.window);
  stream: StreamState = 'connecting';
  title = 'sip-retry';
  view: View = 'chart';
  pane: Pane = 'ladder';
  searched = '';
  selection: Selection | undefined;
  edits: Edits = NO_EDITS;
  form: TrialForm = FIRST_FORM;
  /** Other forms of charts, laid out anew, by the ids of those. */
  readonly #variations = new Map<string, Variation>();
  /** The chart that waits for its first form: it is not shown in another one before. */
  arranging: string | undefined;
  #asked = 0;
  readonly #seen = new Set<string>();
  #chosen: string | undefined;
  #first: string | undefined;
  #base: { readonly json: unknown; readonly policy: RetryPolicy } | undefined;
  #edited: { readonly edits: Edits; readonly base: RetryPolicy; readonly policy: RetryPolicy } | undefined;
  readonly #listeners = new Set<() => void>();
  #isAsked = false;

  constructor(readonly token: string) {}

  add(entry: InspectorEntry): void {
    this.window.add(entry);
    if (entry.type === 'actor') this.window.watched = this.actor;
    this.playback.noteArrival(performance.now());
    this.changed();
  }

  /** The actor that is looked at: the chosen one, else the first request, else the first of all. */
  get actor(): string | undefined {
    const { actors } = this.window;
    if (this.#chosen !== undefined && actors.has(this.#chosen)) return this.#chosen;
    if (this.#first !== undefined && actors.has(this.#first)) return this.#first;
    const ids = [...actors];
    this.#first = ids.find(([, name]) => /^request [^/]*$/.test(name))?.[0];
    return this.#first ?? ids[0]?.[0];
  }

  choose(actor: string): void {
    this.#chosen = actor;
    this.window.watched = actor;
    this.changed();
  }

  /** The actor at the moment that is shown. */
  get moment(): ActorMoment | undefined {
    const { actor } = this;
    return actor === undefined ? undefined : this.#reader.read(actor, this.playback.count);
  }

  /** The chart that the actor lives in, as the flow brought it. */
  get chart(): Shown | undefined {
    const id = this.moment?.chart;
    const { charts } = this.window;
    return (id === undefined ? undefined : charts.get(id)) ?? [...charts.values()][0];
  }

  /** The policy of the flow, without the reader's edits. */
  get base(): RetryPolicy {
    const { policy } = this.chart ?? {};
    if (policy === undefined) return rfcPolicy;
    if (this.#base?.json !== policy) {
      const parsed = parsePolicy(policy);
      this.#base = { json: policy, policy: parsed.ok ? parsed.policy : rfcPolicy };
    }
    return this.#base.policy;
  }

  /** The policy that reasons are told from. */
  get policy(): RetryPolicy {
    const { base, edits } = this;
    if (this.#edited?.edits !== edits || this.#edited.base !== base) {
      const edited = editedPolicy(base, edits.entries);
      this.#edited = { edits, base, policy: 'policy' in edited ? edited.policy : base };
    }
    return this.#edited.policy;
  }

  /** The form in which the reader wants the chart. */
  get variation(): Variation | undefined {
    return this.#variations.get(this.chart?.id ?? '');
  }

  /** What is chosen stays chosen: the row that tells its edges in the other form. */
  show(chart: string, variation: Variation | undefined): void {
    const { selection } = this;
    const edges = selection?.kind === 'row' ? edgesOf(this.shown, selection.row) : [];
    if (variation === undefined) this.#variations.delete(chart);
    else this.#variations.set(chart, variation);
    const row = rowWith(this.shown, edges);
    if (row !== undefined) this.selection = { kind: 'row', row };
    this.changed();
  }

  /** Whether nobody has looked at this chart yet. */
  isFirstSeen(chart: string): boolean {
    if (this.#seen.has(chart)) return false;
    this.#seen.add(chart);
    return true;
  }

  /** The number of a question for another form. */
  noteAsked(): number {
    this.#asked += 1;
    return this.#asked;
  }

  isLastAsked(number: number): boolean {
    return number === this.#asked;
  }

  get shown(): Shown | undefined {
    return this.variation?.shown ?? this.chart;
  }

  update(
    change: Partial<
      Pick<Inspection, 'stream' | 'title' | 'view' | 'pane' | 'searched' | 'selection' | 'edits' | 'form' | 'arranging'>
    >,
  ): void {
    Object.assign(this, change);
    this.changed();
  }

  /** However much happens, the page is drawn once a frame. */
  changed(): void {
    if (this.#isAsked) return;
    this.#isAsked = true;
    requestAnimationFrame(() => {
      this.#isAsked = false;
      for (const listener of this.#listeners) listener();
    });
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

function edgesOf(shown: Shown | undefined, id: string): readonly string[] {
  const rows = (shown?.layout.bundles ?? []).flatMap((placed) => placed.rows);
  return rows.find(({ row }) => row.id === id)?.row.edges.map((edge) => edge.id) ?? [];
}

function rowWith(shown: Shown | undefined, edges: readonly string[]): string | undefined {
  const [first] = edges;
  const rows = (shown?.layout.bundles ?? []).flatMap((placed) => placed.rows);
  return rows.find(({ row }) => row.edges.some(({ id }) => id === first))?.row.id;
}
