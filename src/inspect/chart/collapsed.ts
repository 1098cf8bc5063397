// A chart with some of its compound states closed: what is inside them is not shown, their edges start and end at them.
import type { ChartModel, ChartState } from './chart-model.js';

/** Edges keep their ids; those that stay inside a closed state are left out, and so is an edge back to where it starts. */
export function collapsed(model: ChartModel, closed: readonly string[]): ChartModel {
  const states = new Map(model.states.map((state) => [state.id, state]));
  const shown = (id: string): string => {
    let outermost = id;
    for (let state = states.get(id); state !== undefined; state = parentOf(state, states)) {
      if (closed.includes(state.id)) outermost = state.id;
    }
    return outermost;
  };
  return {
    ...model,
    states: model.states
      .filter(({ id }) => shown(id) === id)
      .map((state) => (closed.includes(state.id) ? shut(state) : state)),
    edges: model.edges.flatMap((edge) => {
      const [source, target] = [shown(edge.source), shown(edge.target)];
      const isInside = source === target && source !== edge.source;
      return isInside ? [] : [{ ...edge, source, target }];
    }),
  };
}

function parentOf({ parent }: ChartState, states: ReadonlyMap<string, ChartState>): ChartState | undefined {
  return parent === undefined ? undefined : states.get(parent);
}

function shut({ id, name, parent, description, rfc }: ChartState): ChartState {
  return {
    id,
    name,
    kind: 'atomic',
    ...(parent === undefined ? {} : { parent }),
    ...(description === undefined ? {} : { description }),
    ...(rfc === undefined ? {} : { rfc }),
  };
}
