// The table that says the same as the chart.
import { useMemo } from 'preact/hooks';
import type { ChartState } from '../../chart/chart-model.js';
import type { Inspection, Shown } from '../inspection.js';
import { find } from './find.js';
import { guardsInWords, pathInWords } from './in-words.js';
import { litIn } from './lit.js';
import { timeLeft } from './timer-badge.js';

export interface ChartTableProps {
  readonly inspection: Inspection;
  readonly shown: Shown;
  readonly now: number;
}

export function ChartTable({ inspection, shown, now }: ChartTableProps) {
  const { layout, model } = shown;
  const { moment, searched, selection, variation } = inspection;
  const kindOf = ({ id, kind }: ChartState): string => {
    if (variation?.closed.includes(id) === true) return 'compound, closed';
    return model.states.some(({ initial }) => initial === id) ? `${kind}, initial` : kind;
  };
  const found = useMemo(() => find(layout, searched), [layout, searched]);
  const rows = layout.bundles.flatMap(({ bundle, rows }) => rows.map(({ row }) => ({ row, bundle })));
  const chart = useMemo(() => litChartOf(shown), [shown]);
  const { active, visited, taken, latest } = litIn(chart, moment);
  const waiting = [...active].findLast((id) => chart.states.has(id));
  const marksOf = (id: string): string => {
    if (!active.has(id)) return visited.has(id) ? 'visited' : '';
    const left = id === waiting ? timeLeft(moment, now) : undefined;
    return left === undefined ? 'active' : `active, ${left} left`;
  };
  const isSearched = searched.trim() !== '';
  return (
    <div class="table-frame" tabIndex={0} role="region" aria-label="Chart as a table">
      <table>
        <caption>
          States of {model.name}: {model.description ?? ''}
        </caption>
        <thead>
          <tr>
            <th scope="col">State</th>
            <th scope="col">Kind</th>
            <th scope="col">Meaning</th>
            <th scope="col">Section</th>
          </tr>
        </thead>
        <tbody>
          {layout.states.map(({ state }) => (
            <tr key={state.id} class={active.has(state.id) ? 'active' : ''}>
              <th scope="row">
                {pathInWords(state.id)}
                <Mark said={marksOf(state.id)} />
              </th>
              <td>{kindOf(state)}</td>
              <td>{state.description ?? ''}</td>
              <td class="section">{state.rfc ?? ''}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <table class="edges">
        <caption>Edges of {model.name}</caption>
        <thead>
          <tr>
            <th scope="col">From</th>
            <th scope="col">On</th>
            <th scope="col">If</th>
            <th scope="col">To</th>
            <th scope="col">Section</th>
          </tr>
        </thead>
        <tbody>
          {rows
            .filter(({ row }) => !isSearched || found.rows.has(row.id))
            .map(({ row, bundle }) => (
              <tr
                key={row.id}
                data-row={row.id}
                class={`${latest.has(row.id) ? 'latest' : taken.has(row.id) ? 'taken' : ''}${selection?.kind === 'row' && selection.row === row.id ? ' chosen' : ''}`}
              >
                <td>{pathInWords(bundle.source)}</td>
                <td>
                  <button
                    type="button"
                    class="link"
                    onClick={() => inspection.update({ selection: { kind: 'row', row: row.id }, pane: 'why' })}
                  >
                    {row.events === '' ? 'at once' : row.events}
                  </button>
                  <Mark said={latest.has(row.id) ? 'just taken' : taken.has(row.id) ? 'taken' : ''} />
                </td>
                <td>{guardsInWords(row)}</td>
                <td>{pathInWords(bundle.target)}</td>
                <td class="section">
                  {[...new Set(row.edges.flatMap(({ rfc }) => rfc ?? []))].slice(0, 3).join(', ')}
                </td>
              </tr>
            ))}
        </tbody>
      </table>
    </div>
  );
}

/** What the picture says by colour. */
function Mark({ said }: { readonly said: string }) {
  return said === '' ? null : <em> {said}</em>;
}

function litChartOf({ layout }: Shown) {
  const rows = layout.bundles.flatMap(({ bundle, rows }) => rows.map(({ row }) => ({ row, bundle })));
  const targets = new Map(rows.map(({ row, bundle }) => [row.id, bundle.target]));
  return {
    states: new Set(layout.states.map(({ state }) => state.id)),
    rowOf: new Map(rows.flatMap(({ row }) => row.edges.map(({ id }) => [id, row.id] as const))),
    targetOf: (row: string) => targets.get(row),
  };
}
