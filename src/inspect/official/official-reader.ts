// Reads the official inspector's messages of one connection. Nothing in them is trusted.
import { memberOf, numberIn, objectIn, statesIn, textIn } from '../inspection-event.js';
import type { Inspection } from '../inspection.js';
import type { DefinitionsRead } from './definitions-read.js';
import { guessEdges } from './guess-edges.js';

const MOST_ACTORS = 1_000;
const MOST_NAME = 200;

interface Known {
  readonly actor: string;
  readonly chart: string;
  states: readonly string[];
}

export class OfficialReader {
  readonly #inspection: Inspection;
  readonly #connection: number;
  readonly #actors = new Map<string, Known>();
  readonly #definitions: DefinitionsRead;
  #hasComplained = false;

  /** @param connection tells the sessions of several applications apart. */
  constructor(inspection: Inspection, definitions: DefinitionsRead, connection: number) {
    this.#inspection = inspection;
    this.#definitions = definitions;
    this.#connection = connection;
  }

  /** Whatever it is, nothing is thrown: what is no message is passed over, and told once. */
  read(text: string): void {
    try {
      const message: unknown = JSON.parse(text);
      const session = textIn(message, 'sessionId');
      if (session === undefined || session.length > MOST_NAME) this.#complain();
      else if (textIn(message, 'type') === '@xstate.actor') this.#introduce(session, message);
      else if (textIn(message, 'type') === '@xstate.snapshot') this.#step(session, message);
    } catch {
      // No JSON, or nested deeper than can be read.
      this.#complain();
    }
  }

  #introduce(session: string, message: unknown): void {
    const config = this.#definitions.configOf(textIn(message, 'definition') ?? 'null');
    const value = memberOf(objectIn(message, 'snapshot'), 'value');
    // A promise or a callback has no chart.
    if (config === undefined || objectIn(config, 'states') === undefined) return;
    const { charts } = this.#inspection;
    const name = (textIn(message, 'name') ?? session).slice(0, MOST_NAME);
    const actor = this.#inspection.redaction.text(`${name} (connection ${this.#connection}, ${session})`);
    const states = this.#statesOf(value);
    const chart = charts.idOf(config);
    if (this.#actors.size >= MOST_ACTORS) this.#actors.clear();
    this.#actors.set(session, { actor, chart, states });
    this.#inspection.tell({ type: 'actor', at: this.#momentOf(message), actor, name: actor, chart, states });
  }

  #step(session: string, message: unknown): void {
    const known = this.#actors.get(session);
    if (known === undefined) return;
    const event = this.#inspection.redaction.text(
      (textIn(objectIn(message, 'event'), 'type') ?? '').slice(0, MOST_NAME),
    );
    const before = known.states;
    const value = memberOf(objectIn(message, 'snapshot'), 'value');
    if (value !== undefined) known.states = this.#statesOf(value);
    const model = this.#inspection.charts.model(known.chart);
    const edges = model === undefined ? [] : guessEdges(model, { before, event, after: known.states });
    const { actor, states } = known;
    this.#inspection.tell({ type: 'step', at: this.#momentOf(message), actor, event, edges, states });
  }

  #statesOf(value: unknown): readonly string[] {
    return statesIn(value)
      .slice(0, MOST_STATES)
      .map((state) => this.#inspection.redaction.text(state));
  }

  #momentOf(message: unknown): number {
    const told = Number(textIn(message, 'createdAt') ?? numberIn(message, 'createdAt'));
    return Number.isFinite(told) && Math.abs(told) < MOST_MS ? told : this.#inspection.now();
  }

  #complain(): void {
    if (this.#hasComplained) return;
    this.#hasComplained = true;
    const text = `Connection ${this.#connection} sends what is no message of the official inspector; it is passed over.`;
    this.#inspection.tell({ type: 'note', at: this.#inspection.now(), text });
  }
}

const MOST_STATES = 200;
/** The last moment that a date can hold. */
const MOST_MS = 8.64e15;
