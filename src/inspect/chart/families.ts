// An overview of a chart: one line for each pair of states with the families of its codes, conditions left aside.
import type { ChartBundle } from './bundle.js';
import type { ChartEdge, ChartModel, ChartState } from './chart-model.js';
import { familiesInShort } from './event-label.js';

/**
 * The lines of an overview. An edge that leaves a compound state starts at its border: what is told is where recovering
 * leads to, not which of its states gets there.
 */
export function familyBundlesOf({ states, edges }: ChartModel): readonly ChartBundle[] {
  const known = new Map(states.map((state) => [state.id, state]));
  const lines = new Map<string, { readonly source: string; readonly target: string; readonly edges: ChartEdge[] }>();
  for (const edge of edges) {
    const source = borderOf(edge, known);
    const id = `${source} → ${edge.target}`;
    const line = lines.get(id);
    if (line === undefined) lines.set(id, { source, target: edge.target, edges: [edge] });
    else line.edges.push(edge);
  }
  return [...lines].map(([id, { source, target, edges }]) => ({
    id,
    source,
    target,
    rows: [{ id, events: familiesInShort(edges.map(({ event }) => event)), edges }],
  }));
}

/** Compound states of few states are shown closed in an overview. */
export function smallCompounds({ states }: ChartModel): readonly string[] {
  return states
    .filter(({ id }) => id !== '')
    .filter(({ id }) => {
      const inner = states.filter(({ parent }) => parent === id).length;
      return inner > 0 && inner < FEW;
    })
    .map(({ id }) => id);
}

const FEW = 4;

/** The outermost state that the edge leaves. */
function borderOf({ source, target }: ChartEdge, known: ReadonlyMap<string, ChartState>): string {
  let border = source;
  for (
    let around = known.get(source)?.parent;
    around !== undefined && around !== '';
    around = known.get(around)?.parent
  ) {
    if (target === around || target.startsWith(`${around}.`)) break;
    border = around;
  }
  return border;
}
