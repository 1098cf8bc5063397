// A statechart as data to draw: its states and its edges, read from the configuration of a machine.
import { invokedBy } from './invoked.js';
import { configOf, listOf, textOf, type ConfigObject } from './machine-config.js';
import { StatePaths } from './state-paths.js';

export type StateKind = 'atomic' | 'compound' | 'parallel' | 'final' | 'history';

export interface ChartState {
  /** Its path in the machine, such as `recovering.waiting`; the machine itself is ''. */
  readonly id: string;
  readonly name: string;
  /** The path of the state around it; absent for the machine itself. */
  readonly parent?: string;
  readonly kind: StateKind;
  /** The path of the child that is entered first. */
  readonly initial?: string;
  readonly description?: string;
  /** The section that the state follows. */
  readonly rfc?: string;
}

export interface ChartEdge {
  /** `pending:response.4xx.423:0`: source, event, and its place among the edges of both. */
  readonly id: string;
  readonly source: string;
  /** The path of the state it leads to; the source where the chart stays in its state. */
  readonly target: string;
  /** Empty for an edge that is taken as soon as its guard holds. */
  readonly event: string;
  readonly guard?: string;
  readonly description?: string;
  readonly rfc?: string;
  /** The row of the policy that the edge was made from. */
  readonly rule?: string;
}

export interface ChartModel {
  readonly name: string;
  readonly description?: string;
  /** A state stands behind the one around it, in the order of the configuration. */
  readonly states: readonly ChartState[];
  /** In the order in which they are asked. */
  readonly edges: readonly ChartEdge[];
}

/**
 * The chart of a machine, from its configuration as JSON: `machine.config`, an exported chart, or the definition that
 * the official inspector is sent. What is no part of a chart is passed over; a target that does not exist leads nowhere.
 */
export function chartOf(config: unknown): ChartModel {
  const root = configOf(config) ?? {};
  const name = textOf(root['id']) ?? 'machine';
  const paths = new StatePaths(name, root);
  const states: ChartState[] = [];
  const edges: ChartEdge[] = [];
  const visit = (id: string, key: string, state: ConfigObject, parent?: string): void => {
    states.push(stateOf(id, key, state, parent));
    edges.push(...edgesOf(id, state, paths));
    for (const [child, value] of Object.entries(configOf(state['states']) ?? {})) {
      const config = configOf(value);
      if (config !== undefined) visit(id === '' ? child : `${id}.${child}`, child, config, id);
    }
  };
  visit('', name, root);
  const description = textOf(root['description']);
  return { name, ...(description === undefined ? {} : { description }), states, edges };
}

function stateOf(id: string, name: string, state: ConfigObject, parent?: string): ChartState {
  const initial = textOf(state['initial']) ?? textOf(configOf(state['initial'])?.['target']);
  const description = textOf(state['description']);
  const rfc = textOf(configOf(state['meta'])?.['rfc']);
  return {
    id,
    name,
    ...(parent === undefined ? {} : { parent }),
    kind: kindOf(state),
    ...(initial === undefined ? {} : { initial: id === '' ? initial : `${id}.${initial}` }),
    ...(description === undefined ? {} : { description }),
    ...(rfc === undefined ? {} : { rfc }),
  };
}

function kindOf(state: ConfigObject): StateKind {
  const type = textOf(state['type']);
  if (type === 'final' || type === 'parallel' || type === 'history') return type;
  return Object.keys(configOf(state['states']) ?? {}).length > 0 ? 'compound' : 'atomic';
}

/** In the order in which XState asks: events, what invoked actors tell, then `after`, `onDone` and `always`. */
function edgesOf(source: string, state: ConfigObject, paths: StatePaths): readonly ChartEdge[] {
  const named = (key: string, event: (name: string) => string): readonly (readonly [string, unknown])[] =>
    Object.entries(configOf(state[key]) ?? {}).map(([name, value]) => [event(name), value]);
  const sources: readonly (readonly [string, unknown])[] = [
    ...named('on', (name) => name),
    ...invokedBy(state['invoke']).flatMap(({ name, onDone, onError, onSnapshot }) => [
      [`done ${name}`, onDone] as const,
      [`error ${name}`, onError] as const,
      [`snapshot ${name}`, onSnapshot] as const,
    ]),
    ...named('after', (name) => `after ${name}`),
    ['done', state['onDone']],
    ['', state['always']],
  ];
  return sources.flatMap(([event, value]) =>
    listOf(value).map((transition, place) => edgeOf(source, event, place, transition, paths)),
  );
}

function edgeOf(source: string, event: string, place: number, value: unknown, paths: StatePaths): ChartEdge {
  const transition = configOf(value);
  const target = textOf(value) ?? textOf(listOf(transition?.['target'])[0]);
  const meta = configOf(transition?.['meta']);
  const guard = textOf(transition?.['guard']) ?? textOf(configOf(transition?.['guard'])?.['type']);
  const description = textOf(transition?.['description']);
  const rfc = textOf(meta?.['cite']) ?? textOf(meta?.['rfc']);
  const rule = textOf(meta?.['rule']);
  return {
    id: `${source}:${event}:${place}`,
    source,
    target: target === undefined ? source : (paths.resolve(source, target) ?? source),
    event,
    ...(guard === undefined ? {} : { guard }),
    ...(description === undefined ? {} : { description }),
    ...(rfc === undefined ? {} : { rfc }),
    ...(rule === undefined ? {} : { rule }),
  };
}
