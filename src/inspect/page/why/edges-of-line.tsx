// A line of the overview: the edges that it stands for, by their conditions.
import { bundlesOf, type ChartRow } from '../../chart/bundle.js';
import type { ChartModel } from '../../chart/chart-model.js';
import { guardInWords, pathInWords } from '../chart/in-words.js';

export interface EdgesOfLineProps {
  readonly row: ChartRow;
  readonly source: string;
  readonly model: ChartModel;
  /** Told by the rule of the first edge. */
  readonly onChosen: (rule: string) => void;
}

/** Whether a row stands for edges of several conditions or several states. */
export function isOverview({ guard, edges }: ChartRow): boolean {
  const ways = new Set(edges.map((edge) => `${edge.source} ${edge.guard ?? ''}`));
  return guard === undefined && (ways.size > 1 || edges.some((edge) => edge.guard !== undefined));
}

export function EdgesOfLine({ row, source, model, onChosen }: EdgesOfLineProps) {
  const bundles = bundlesOf({ ...model, edges: row.edges });
  return (
    <ul class="edges line-edges" aria-label="Edges of this line">
      {bundles.flatMap((bundle) =>
        bundle.rows.map((one) => {
          const rule = one.edges.find((edge) => edge.rule !== undefined)?.rule;
          const events = one.events === '' ? 'at once' : one.events;
          return (
            <li key={one.id}>
              {rule === undefined ? (
                <code>{events}</code>
              ) : (
                <button type="button" class="link" onClick={() => onChosen(rule)}>
                  {events}
                </button>
              )}{' '}
              {one.guard === undefined ? '' : `if ${guardInWords(one.guard)}`}
              {bundle.source === source ? '' : ` (from ${pathInWords(bundle.source)})`}
            </li>
          );
        }),
      )}
    </ul>
  );
}
