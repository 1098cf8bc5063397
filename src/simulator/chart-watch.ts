// Notes the steps of all charts, and hands every inspection event on to the caller's inspector.
import { chartStepOf, newChartOf, type Inspect } from './inspector.js';
import type { Recorder } from './recorder.js';
import { UAC } from './recorder.js';

/** Who a chart belongs to. */
interface Actor {
  /** As the transcript calls it. */
  readonly name: string;
  /** The party whose timers it runs. */
  readonly party: string;
  readonly request: string | undefined;
}

export class ChartWatch {
  readonly #recorder: Recorder;
  readonly #inspect: Inspect | undefined;
  readonly #actors = new Map<object, Actor>();
  readonly #states = new Map<object, string>();
  readonly #counts = new Map<string, number>();

  constructor(recorder: Recorder, inspect: Inspect | undefined) {
    this.#recorder = recorder;
    this.#inspect = inspect;
  }

  /** For charts that have one name: of a request, a server, the network. */
  as(name: string, party: string, request?: string): Inspect {
    return (event) => {
      const chart = newChartOf(event);
      if (chart !== undefined) this.#actors.set(chart, { name, party, request });
      this.#note(event);
    };
  }

  /** For the transactions of a party: each is numbered, and belongs to the request whose message went last. */
  transactionsOf(party: string): Inspect {
    return (event) => {
      const chart = newChartOf(event);
      if (chart !== undefined) this.#actors.set(chart, this.#newTransaction(party, chart));
      this.#note(event);
    };
  }

  #newTransaction(party: string, chart: object): Actor {
    const request = this.#recorder.lastRequest;
    const owner = party === UAC ? `request ${request ?? '?'}` : `server ${party}`;
    const number = (this.#counts.get(owner) ?? 0) + 1;
    this.#counts.set(owner, number);
    return { name: `${owner} / ${kindOf(chart)} ${number}`, party, request };
  }

  #note(event: { readonly type: string }): void {
    const step = chartStepOf(event);
    const actor = step === undefined ? undefined : this.#actors.get(step.chart);
    if (step !== undefined && actor !== undefined) {
      const { name, party, request } = actor;
      const [, timer] = /^timer\.([A-Z])$/.exec(step.event) ?? [];
      const about = request === undefined ? {} : { request };
      if (timer !== undefined) this.#recorder.tell({ type: 'timer', party, ...about, timer, does: 'fires' });
      if (this.#states.get(step.chart) !== step.state) {
        this.#states.set(step.chart, step.state);
        this.#recorder.tell({ type: 'state', actor: name, state: step.state, event: step.event });
      }
    }
    this.#inspect?.(this.#told(event));
  }

  /** With the name of the chart, its moment, and its place among what the transcript tells. */
  #told(event: { readonly type: string }): { readonly type: string } {
    const chart = 'actorRef' in event ? event.actorRef : undefined;
    const actor = typeof chart === 'object' && chart !== null ? this.#actors.get(chart) : undefined;
    const told = { ...event, at: this.#recorder.date, place: this.#recorder.length };
    return actor === undefined ? told : Object.assign(told, { name: actor.name });
  }
}

/** The name of a chart, read from XState's actor: its machine's id in words. */
function kindOf(chart: object): string {
  const logic: unknown = 'logic' in chart ? chart.logic : undefined;
  const id: unknown = typeof logic === 'object' && logic !== null && 'id' in logic ? logic.id : undefined;
  switch (id) {
    case 'inviteClientTransaction':
      return 'INVITE client transaction';
    case 'nonInviteClientTransaction':
      return 'client transaction';
    case 'inviteServerTransaction':
      return 'INVITE server transaction';
    case 'nonInviteServerTransaction':
      return 'server transaction';
    default:
      return 'chart';
  }
}
