// Where a target of an edge leads, as XState resolves it: `#id`, `.child`, or a path beside the source.
import { configOf, textOf, type ConfigObject } from './machine-config.js';

export class StatePaths {
  readonly #paths = new Set<string>();
  readonly #ids = new Map<string, string>();

  constructor(name: string, root: ConfigObject) {
    this.#visit(name, '', root);
  }

  /** The path of the target; undefined when there is no such state. */
  resolve(source: string, target: string): string | undefined {
    if (target.startsWith('#')) return this.#byId(target.slice(1));
    const beside = target.startsWith('.') ? source : source.split('.').slice(0, -1).join('.');
    const path = [beside, target.replace(/^\./, '')].filter((part) => part !== '').join('.');
    return this.#paths.has(path) ? path : undefined;
  }

  /** `#id` alone, or with the path of a state in it. */
  #byId(text: string): string | undefined {
    const known = this.#ids.get(text);
    if (known !== undefined) return known;
    for (let end = text.lastIndexOf('.'); end > 0; end = text.lastIndexOf('.', end - 1)) {
      const around = this.#ids.get(text.slice(0, end));
      if (around === undefined) continue;
      const path = around === '' ? text.slice(end + 1) : `${around}${text.slice(end)}`;
      return this.#paths.has(path) ? path : undefined;
    }
    return undefined;
  }

  #visit(name: string, path: string, state: ConfigObject): void {
    this.#paths.add(path);
    this.#ids.set(path === '' ? name : `${name}.${path}`, path);
    const id = textOf(state['id']);
    if (id !== undefined) this.#ids.set(id, path);
    for (const [key, value] of Object.entries(configOf(state['states']) ?? {})) {
      const child = configOf(value);
      if (child !== undefined) this.#visit(name, path === '' ? key : `${path}.${key}`, child);
    }
  }
}
