// The definitions that applications have sent, each read once: the same text is the same chart, whoever sends it.
import type { Redaction } from '../redact.js';

const MOST_DEFINITIONS = 64;
const MOST_CHARACTERS = 8_000_000;

export class DefinitionsRead {
  readonly #redaction: Redaction;
  readonly #known = new Map<string, object>();
  #characters = 0;

  constructor(redaction: Redaction) {
    this.#redaction = redaction;
  }

  /**
   * The configuration without secrets; undefined where it is none, or too many are kept already.
   * @throws what `JSON.parse` throws.
   */
  configOf(definition: string): object | undefined {
    const known = this.#known.get(definition);
    if (known !== undefined) return known;
    const isFull = this.#known.size >= MOST_DEFINITIONS || this.#characters + definition.length > MOST_CHARACTERS;
    if (isFull) return undefined;
    const config: unknown = this.#redaction.definition(JSON.parse(definition));
    if (typeof config !== 'object' || config === null || Array.isArray(config)) return undefined;
    this.#known.set(definition, config);
    this.#characters += definition.length;
    return config;
  }
}
