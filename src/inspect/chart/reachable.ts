// A chart without the states that nothing leads to: a reduced policy leaves some of the lifecycle unused.
import type { ChartModel } from './chart-model.js';

/** The same chart with only those states that can be entered from its initial state, and their edges. */
export function withoutUnreachable(model: ChartModel): ChartModel {
  const states = new Map(model.states.map((state) => [state.id, state]));
  const reached = new Set<string>();
  const enter = (id: string): void => {
    const state = states.get(id);
    if (state === undefined || reached.has(id)) return;
    reached.add(id);
    if (state.parent !== undefined) enter(state.parent);
    if (
      state.initial !== undefined &&
      !model.states.some(({ id: child, parent }) => parent === id && reached.has(child))
    ) {
      enter(state.initial);
    }
    for (const { source, target } of model.edges) if (source === id) enter(target);
  };
  enter('');
  return {
    ...model,
    states: model.states.filter(({ id }) => reached.has(id)),
    edges: model.edges.filter(({ source }) => reached.has(source)),
  };
}
