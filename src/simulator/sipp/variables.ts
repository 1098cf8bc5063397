// The variables of a SIPp call, and those that all calls share.

/** Text from the message, a number, or whether something held. */
export type Value = string | number | boolean;

export class Variables {
  readonly #shared: ReadonlySet<string>;
  readonly #global: Map<string, Value>;
  readonly #own = new Map<string, Value>();

  /** @param global the values of those that are shared. */
  constructor(shared: ReadonlySet<string>, global: Map<string, Value>) {
    this.#shared = shared;
    this.#global = global;
  }

  get(name: string): Value | undefined {
    return this.#of(name).get(name);
  }

  /** `undefined` makes it unset. */
  set(name: string, value: Value | undefined): void {
    if (name === '') return;
    if (value === undefined) this.#of(name).delete(name);
    else this.#of(name).set(name, value);
  }

  /** As `test` asks: a text or a number is there, a truth is true. */
  isSet(name: string): boolean {
    const value = this.get(name);
    return value !== undefined && value !== false;
  }

  /** As `[$name]` shows it: SIPp writes numbers with six decimal places. */
  textOf(name: string): string {
    const value = this.get(name);
    return typeof value === 'number' ? value.toFixed(6) : String(value ?? '');
  }

  /** The number that the value begins with; 0 for anything else. */
  numberOf(name: string): number {
    const value = this.get(name);
    if (typeof value === 'number') return value;
    const number = Number.parseFloat(String(value ?? ''));
    return Number.isNaN(number) ? 0 : number;
  }

  #of(name: string): Map<string, Value> {
    return this.#shared.has(name) ? this.#global : this.#own;
  }
}
