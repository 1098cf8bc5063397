// What a state invokes, as a chart calls it: XState's own names for what has none are long, and differ from system to system.
import { configOf, listOf, textOf } from './machine-config.js';

/** One actor that a state invokes, with its transitions. */
export interface Invoked {
  /** `load`, `load 2`: its id, or its source and its place. */
  readonly name: string;
  readonly onDone: unknown;
  readonly onError: unknown;
  readonly onSnapshot: unknown;
}

/** @param invoke the member `invoke` of a state's configuration. */
export function invokedBy(invoke: unknown): readonly Invoked[] {
  return listOf(invoke).map((value, place) => {
    const config = configOf(value) ?? {};
    const source = textOf(config['src']) ?? textOf(configOf(config['src'])?.['type']) ?? 'actor';
    const name = textOf(config['id']) ?? (place === 0 ? source : `${source} ${place + 1}`);
    return { name, onDone: config['onDone'], onError: config['onError'], onSnapshot: config['onSnapshot'] };
  });
}
