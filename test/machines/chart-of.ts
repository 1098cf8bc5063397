// A chart as plain data, for comparison and for checks of its structure: its states and all their edges.
import type { AnyStateNode } from 'xstate';

export interface ChartEdge {
  readonly source: string;
  readonly event: string;
  readonly guard: string | undefined;
  readonly targets: readonly string[];
  readonly actions: readonly string[];
  readonly description: string | undefined;
}

export interface Chart {
  readonly states: readonly { readonly id: string; readonly type: string; readonly description: string | undefined }[];
  readonly edges: readonly ChartEdge[];
}

export function chartOf(root: AnyStateNode): Chart {
  const nodes = allNodes(root);
  return {
    states: nodes.map(({ id, type, description }) => ({ id, type, description })),
    edges: nodes.flatMap((node) =>
      [...[...node.transitions.values()].flat(), ...(node.always ?? [])].map((edge) => ({
        source: node.id,
        event: String(edge.eventType),
        guard: nameOf(edge.guard),
        targets: (edge.target ?? []).map(({ id }) => id),
        actions: edge.actions.map(nameOf).map(String),
        description: edge.description,
      })),
    ),
  };
}

export function allNodes(node: AnyStateNode): readonly AnyStateNode[] {
  return [node, ...Object.values(node.states).flatMap(allNodes)];
}

function nameOf(word: unknown): string | undefined {
  return word === undefined || typeof word === 'string' ? word : JSON.stringify(word);
}
