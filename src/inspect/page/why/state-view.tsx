// A state of the chart: what it means, and the edges from it and to it.
import type { ChartRow } from '../../chart/bundle.js';
import { pathInWords } from '../chart/in-words.js';
import type { Inspection } from '../inspection.js';

export function StateView({ inspection, id }: { readonly inspection: Inspection; readonly id: string }) {
  const { shown, moment } = inspection;
  const state = shown?.layout.states.find((placed) => placed.state.id === id)?.state;
  if (shown === undefined || state === undefined)
    return <p class="faint">The chart that is shown has no such state.</p>;
  const bundles = shown.layout.bundles.map(({ bundle }) => bundle);
  const isActive = moment?.states.includes(id) === true;
  return (
    <>
      <h2>
        {pathInWords(id)} {isActive ? <span class="chip">active</span> : null}
      </h2>
      {state.description === undefined ? null : <p>{state.description}</p>}
      {state.rfc === undefined ? null : <p class="cite">{state.rfc}</p>}
      <Edges
        title="From here"
        inspection={inspection}
        edges={bundles
          .filter(({ source }) => source === id)
          .flatMap(({ rows, target }) => rows.map((row) => ({ row, other: target })))}
        sign="→"
      />
      <Edges
        title="To here"
        inspection={inspection}
        edges={bundles
          .filter(({ target }) => target === id)
          .flatMap(({ rows, source }) => rows.map((row) => ({ row, other: source })))}
        sign="←"
      />
    </>
  );
}

interface EdgesProps {
  readonly title: string;
  readonly sign: string;
  readonly inspection: Inspection;
  readonly edges: readonly { readonly row: ChartRow; readonly other: string }[];
}

function Edges({ title, sign, inspection, edges }: EdgesProps) {
  if (edges.length === 0) return null;
  return (
    <>
      <h3>{title}</h3>
      <ul class="edges">
        {edges.map(({ row, other }) => (
          <li key={row.id}>
            <button
              type="button"
              class="link"
              onClick={() => inspection.update({ selection: { kind: 'row', row: row.id } })}
            >
              {row.events === '' ? 'at once' : row.events}
              {row.guard === undefined ? '' : ` [${row.guard}]`}
            </button>{' '}
            {sign} {pathInWords(other)}
          </li>
        ))}
      </ul>
    </>
  );
}
