// The table that says the same as the chart.
import { useMemo } from 'preact/hooks';
import type { ChartState } from '../../chart/chart-model.js';
import type { Inspection, Shown } from '../inspection.js';
import { find } from './find.js';
import { guardsInWords, pathInWords } from './in-words.js';

export function ChartTable({ inspection, shown }: { readonly inspection: Inspection; readonly shown: Shown }) {
  const { layout, model } = shown;
  const { moment, searched, selection, variation } = inspection;
  const kindOf = ({ id, kind }: ChartState): string => {
    if (variation?.closed.includes(id) === true) return 'compound, closed';
    return model.states.some(({ initial }) => initial === id) ? `${kind}, initial` : kind;
  };
  const found = useMemo(() => find(layout, searched), [layout, searched]);
  const rows = layout.bundles.flatMap(({ bundle, rows }) => rows.map(({ row }) => ({ row, bundle })));
  const latest = new Set(moment?.step?.edges ?? []);
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
            <tr key={state.id} class={moment?.states.includes(state.id) === true ? 'active' : ''}>
              <th scope="row">
                {pathInWords(state.id)}
                {moment?.states.includes(state.id) === true ? <em> active</em> : null}
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
                class={`${row.edges.some(({ id }) => latest.has(id)) ? 'latest' : ''}${selection?.kind === 'row' && selection.row === row.id ? ' chosen' : ''}`}
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
