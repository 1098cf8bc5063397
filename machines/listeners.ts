// Listeners by event name. What one throws harms neither the others nor the request: it is kept, and thrown at the end.
import { requireKind, requireName } from './given.js';

/** The names of events, all of them. */
export type EventNames<Events> = { readonly [K in keyof Events]-?: true };

export class Listeners<Events extends object> {
  readonly #names: EventNames<Events> | undefined;
  readonly #byType: { [K in keyof Events]?: readonly ((event: Events[K]) => void)[] } = {};
  #thrown: unknown[] = [];

  /** @param names where the application listens: a name that is none of these is its mistake. */
  constructor(names?: EventNames<Events>) {
    this.#names = names;
  }

  /** Returns what takes the listener off again. @throws SipRetryError `badOptions` for a name that no event has. */
  on<K extends keyof Events>(type: K, listener: (event: Events[K]) => void): () => void {
    if (this.#names !== undefined) requireName(String(type), Object.keys(this.#names), String(type), 'event');
    requireKind(listener, 'function', 'listener');
    this.#byType[type] = (this.#byType[type] ?? []).concat(listener);
    return () => {
      this.#byType[type] = this.#byType[type]?.filter((other) => other !== listener);
    };
  }

  hears(type: keyof Events): boolean {
    return (this.#byType[type]?.length ?? 0) > 0;
  }

  tell<K extends keyof Events>(type: K, event: Events[K]): void {
    for (const listener of this.#byType[type] ?? []) this.attempt(() => listener(event));
  }

  /** Calls what the application gave. What it throws is kept, and `undefined` comes back. */
  attempt<T>(call: () => T): T | undefined {
    try {
      return call();
    } catch (thrown) {
      this.#thrown.push(thrown);
      return undefined;
    }
  }

  /** The function, if there is one, in such a way that what it throws is kept. */
  guarded<E>(call: ((event: E) => void) | undefined): ((event: E) => void) | undefined {
    return call === undefined ? undefined : (event) => this.attempt(() => call(event));
  }

  /** Throws what was kept since the last time, once the request is in a settled state. */
  rethrow(): void {
    const thrown = this.#thrown;
    if (thrown.length === 0) return;
    this.#thrown = [];
    throw thrown.length === 1 ? thrown[0] : new AggregateError(thrown, 'Several listeners have thrown.');
  }
}
