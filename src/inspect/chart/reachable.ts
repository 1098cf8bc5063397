// A chart without the states that nothing leads to: a reduced policy leaves some of the lifecycle unused.
// For the charts of this library: in others a state may be entered in ways that no edge shows, such as by a history.
import type { ChartModel, ChartState } from './chart-model.js';

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
    states: model.states.filter(({ id }) => reached.has(id)).map((state) => withReachedInitial(state, reached)),
    edges: model.edges.filter(({ source }) => reached.has(source)),
  };
}

/** Where each edge leads past the initial state of a compound one, that is gone, and so is the mark that leads to it. */
function withReachedInitial(state: ChartState, reached: ReadonlySet<string>): ChartState {
  const { initial, ...others } = state;
  return initial === undefined || reached.has(initial) ? state : others;
}
