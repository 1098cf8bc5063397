// One actor at one moment of the flow: where it is, what it just did, where it has been, what it waits for.
import type {
  Numbered,
  ActorEntry,
  DecisionEntry,
  OutcomeEntry,
  StepEntry,
  TimerEntry,
} from '../../inspector-entry.js';
import type { FlowEntry } from './sorted-entries.js';

export class ActorMoment {
  name: string;
  chart: string;
  states: readonly string[];
  /** The last step that took an edge. */
  step: Numbered<StepEntry> | undefined;
  decision: Numbered<DecisionEntry> | undefined;
  outcome: Numbered<OutcomeEntry> | undefined;
  timers: readonly TimerEntry[] = [];
  readonly visited = new Set<string>();
  readonly taken = new Set<string>();

  constructor(readonly id: string) {
    this.name = id;
    this.chart = '';
    this.states = [];
  }

  apply(entry: FlowEntry): void {
    switch (entry.type) {
      case 'actor':
        this.#introduce(entry);
        break;
      case 'step':
        this.#step(entry);
        break;
      case 'timer':
        this.timers = [...this.timers.filter(({ name }) => name !== entry.name), entry].slice(-MOST_TIMERS);
        break;
      case 'decision':
        this.decision = entry;
        break;
      case 'outcome':
        this.outcome = entry;
        break;
      default:
        break;
    }
  }

  copy(): ActorMoment {
    const other = new ActorMoment(this.id);
    other.name = this.name;
    other.chart = this.chart;
    other.states = this.states;
    other.step = this.step;
    other.decision = this.decision;
    other.outcome = this.outcome;
    other.timers = this.timers;
    for (const state of this.visited) other.visited.add(state);
    for (const edge of this.taken) other.taken.add(edge);
    return other;
  }

  #introduce({ name, chart, states }: ActorEntry): void {
    this.name = name;
    this.chart = chart;
    this.#enter(states);
  }

  #step(entry: Numbered<StepEntry>): void {
    const isMove = entry.edges.length > 0 || entry.states.join() !== this.states.join();
    if (!isMove) return;
    // A timer that was set when the state was entered is told at the same moment.
    this.timers = this.timers.filter(({ at }) => at >= entry.at);
    this.step = entry;
    for (const edge of entry.edges) this.taken.add(edge);
    this.#enter(entry.states);
  }

  #enter(states: readonly string[]): void {
    this.states = states;
    for (const state of states) this.visited.add(state);
  }
}

const MOST_TIMERS = 8;
