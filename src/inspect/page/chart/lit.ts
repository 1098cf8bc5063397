// What a moment of the flow lights in a chart: states that are active or were visited, rows that were taken.
import type { ActorMoment } from '../flow/actor-moment.js';

/** The states and rows of a chart, as the picture and the table of it both know them. */
export interface LitChart {
  readonly states: { has(id: string): boolean };
  /** The row in which an edge is told. */
  readonly rowOf: ReadonlyMap<string, string>;
  readonly targetOf: (row: string) => string | undefined;
}

export interface Lit {
  readonly active: ReadonlySet<string>;
  readonly visited: ReadonlySet<string>;
  readonly taken: ReadonlySet<string>;
  /** The rows of the last step. */
  readonly latest: ReadonlySet<string>;
}

export function litIn({ states, rowOf, targetOf }: LitChart, moment: ActorMoment | undefined): Lit {
  const rowsOf = (edges: Iterable<string>) => new Set([...edges].flatMap((edge) => rowOf.get(edge) ?? []));
  const shown = (ids: Iterable<string>) => new Set([...ids].flatMap(withAround).map((id) => shownBy(id, states)));
  const taken = rowsOf(moment?.taken ?? []);
  // A state that was left at once was visited, too.
  const passed = [...taken].flatMap((row) => targetOf(row) ?? []);
  return {
    active: shown(moment?.states ?? []),
    visited: shown([...(moment?.visited ?? []), ...passed]),
    taken,
    latest: rowsOf(moment?.step?.edges ?? []),
  };
}

/** A state inside a closed one is shown by the closed one. */
function shownBy(id: string, states: LitChart['states']): string {
  let shown = id;
  while (shown.includes('.') && !states.has(shown)) shown = shown.slice(0, shown.lastIndexOf('.'));
  return shown;
}

/** `a.b` and `a`. */
function withAround(path: string): readonly string[] {
  return path.split('.').map((_, index, parts) => parts.slice(0, index + 1).join('.'));
}
