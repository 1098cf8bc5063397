// What an inspector keeps and shows, in order: plain JSON without secrets, the same in the server, on the wire and in the page.
import type { PolicyJson } from '../policy/policy-json.js';
import type { ChartModel } from './chart/chart-model.js';
import type { ChartLayout } from './chart/lay-out.js';

/** Everything has a number that counts up, so that a page that comes late or comes back asks for what it has missed. */
export type InspectorEntry = Numbered<
  ChartEntry | ActorEntry | StepEntry | TimerEntry | MessageEntry | DecisionEntry | NoteEntry | OutcomeEntry
>;

export type Numbered<T> = T extends object ? T & { readonly seq: number } : never;

/** A chart, laid out; kept for as long as the inspector lives. */
export interface ChartEntry {
  readonly type: 'chart';
  readonly id: string;
  readonly model: ChartModel;
  readonly layout: ChartLayout;
  /** The policy that the chart was made from; absent where it is the table of the RFCs, or no policy. */
  readonly policy?: PolicyJson;
}

/** A request, a transaction, a server: something that is in a state of a chart. */
export interface ActorEntry {
  readonly type: 'actor';
  /** Milliseconds since 1970, of the clock that the actor lives by. */
  readonly at: number;
  readonly actor: string;
  /** `request register`, `request register / client transaction 1`, `server registrar`. */
  readonly name: string;
  readonly chart: string;
  /** The paths of its active states. */
  readonly states: readonly string[];
}

/** An actor took edges of its chart; none when an event changed nothing. */
export interface StepEntry {
  readonly type: 'step';
  readonly at: number;
  readonly actor: string;
  readonly event: string;
  /** Edges by their ids in the chart, in the order in which they were taken. */
  readonly edges: readonly string[];
  readonly states: readonly string[];
}

/** Something is waited for until a moment. */
export interface TimerEntry {
  readonly type: 'timer';
  readonly at: number;
  readonly actor: string;
  readonly name: string;
  readonly until: number;
}

export interface MessageEntry {
  readonly type: 'message';
  readonly at: number;
  readonly from: string;
  readonly to: string;
  readonly summary: string;
  /** Digest responses are masked. */
  readonly text: string;
  readonly lost: boolean;
}

export interface DecisionEntry {
  readonly type: 'decision';
  readonly at: number;
  readonly actor: string;
  readonly attempt: number;
  readonly status: number;
  readonly treatedAs: number;
  /** The action's type, and the action in words. */
  readonly action: string;
  readonly why: string;
  readonly rule: string;
  readonly cite: readonly string[];
  readonly trace: readonly { readonly condition: string; readonly held: boolean }[];
  readonly delayMs: number;
  /** Before and after of each header that the next request changes. */
  readonly changes: readonly {
    readonly what: string;
    readonly before: readonly string[];
    readonly after: readonly string[];
  }[];
}

/** Something worth knowing: a server went down, a limit held a request, entries were dropped. */
export interface NoteEntry {
  readonly type: 'note';
  readonly at: number;
  readonly text: string;
}

export interface OutcomeEntry {
  readonly type: 'outcome';
  readonly at: number;
  readonly actor: string;
  readonly outcome: 'accepted' | 'gaveUp' | 'cancelled' | 'unfinished';
  readonly status: number | null;
  readonly reason: string | null;
  readonly cite: readonly string[];
  readonly attempts: number;
}
