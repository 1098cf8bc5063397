// Finding by code or word: `423`, `timeout`, `waiting`, `hasRetryAfter`, `§22`.
import type { ChartLayout } from '../../chart/lay-out.js';

/** The rows and states that speak of it, by their ids. */
export interface Found {
  readonly rows: ReadonlySet<string>;
  readonly states: ReadonlySet<string>;
}

export const NOTHING: Found = { rows: new Set(), states: new Set() };

export function find(layout: ChartLayout, text: string): Found {
  const wanted = text.trim().toLowerCase();
  if (wanted === '') return NOTHING;
  const isIn = (...parts: readonly (string | undefined)[]): boolean =>
    parts.some((part) => part?.toLowerCase().includes(wanted) === true);
  const rows = layout.bundles
    .flatMap((placed) => placed.rows)
    .filter(({ row }) =>
      row.edges.some(({ event, guard, description, rfc, rule }) => isIn(codeOf(event), guard, description, rfc, rule)),
    )
    // What speaks of few codes is more likely meant than what speaks of all others.
    .toSorted((one, other) => one.row.edges.length - other.row.edges.length);
  const states = layout.states.filter(({ state }) => isIn(state.name, state.rfc));
  return { rows: new Set(rows.map(({ row }) => row.id)), states: new Set(states.map(({ state }) => state.id)) };
}

/** So that `4` finds 4xx codes and not the class in `response.4xx.423`. */
function codeOf(event: string): string {
  return event.replace(/^response\.(\dxx)\.(\d{3}|\*)$/, (_, family: string, code: string) =>
    code === '*' ? family : code,
  );
}
