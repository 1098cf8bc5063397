// What is drawn of the edges: those of one source and target as one line with a card, a row of it for each guard.
import type { ChartEdge, ChartModel } from './chart-model.js';
import { eventsInShort } from './event-label.js';

/** Edges with the same source, target and guard: "413, 480, 486 [hasRetryAfter]". */
export interface ChartRow {
  readonly id: string;
  /** The events in short; empty for an edge that is taken at once. */
  readonly events: string;
  readonly guard?: string;
  readonly edges: readonly ChartEdge[];
}

/** One line of the picture. */
export interface ChartBundle {
  readonly id: string;
  readonly source: string;
  readonly target: string;
  /** In the order in which their first edges are asked. */
  readonly rows: readonly ChartRow[];
}

export function bundlesOf({ edges }: ChartModel): readonly ChartBundle[] {
  const bundles = new Map<string, Map<string, ChartEdge[]>>();
  for (const edge of edges) {
    const rows = valueOf(bundles, `${edge.source} → ${edge.target}`, () => new Map<string, ChartEdge[]>());
    valueOf(rows, edge.guard ?? '', (): ChartEdge[] => []).push(edge);
  }
  return [...bundles].map(([id, rows]) => {
    const all = [...rows].map(([guard, merged]) => rowOf(`${id} [${guard}]`, merged));
    const [first] = all[0]?.edges ?? [];
    return { id, source: first?.source ?? '', target: first?.target ?? '', rows: all };
  });
}

function rowOf(id: string, edges: readonly ChartEdge[]): ChartRow {
  const [first] = edges;
  return {
    id,
    events: eventsInShort(edges.map(({ event }) => event)),
    ...(first?.guard === undefined ? {} : { guard: first.guard }),
    edges,
  };
}

function valueOf<V>(map: Map<string, V>, key: string, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
