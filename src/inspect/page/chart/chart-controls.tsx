// The bar below the chart: open and close compound states, how much is told, zoom, fit, follow.
import type { Inspection, Shown } from '../inspection.js';
import type { Stage } from './stage.js';
import { overviewOf } from './first-form.js';
import { codesOf, isPolicyChart, vary, type Wanted } from './vary.js';

export interface ChartControlsProps {
  readonly stage: Stage;
  readonly shown: Shown;
  readonly inspection: Inspection;
  readonly follows: boolean;
  readonly setFollows: (follows: boolean) => void;
}

export function ChartControls({ stage, shown, inspection, follows, setFollows }: ChartControlsProps) {
  return (
    <div class="chart-bar">
      <CompoundStates inspection={inspection} />
      <DetailChoice inspection={inspection} chart={inspection.chart ?? shown} />
      <span class="gap" />
      <div class="chart-tools" role="toolbar" aria-label="Chart">
        <button type="button" class="icon" aria-label="Zoom out" title="Zoom out (−)" onClick={() => stage.zoom(0.8)}>
          −
        </button>
        <button type="button" class="icon" aria-label="Zoom in" title="Zoom in (+)" onClick={() => stage.zoom(1.25)}>
          +
        </button>
        <button
          type="button"
          title="Show the whole chart (0)"
          onClick={() => {
            setFollows(false);
            stage.fit();
          }}
        >
          Fit
        </button>
        <button
          type="button"
          aria-pressed={follows}
          title="Keep the active state in sight"
          onClick={() => setFollows(!follows)}
        >
          Follow
        </button>
      </div>
    </div>
  );
}

function CompoundStates({ inspection }: { readonly inspection: Inspection }) {
  const { chart, variation } = inspection;
  const closed = variation?.closed ?? [];
  const states = (chart?.model.states ?? []).filter(
    ({ id, kind }) => id !== '' && (kind === 'compound' || kind === 'parallel'),
  );
  if (states.length === 0) return null;
  return (
    <div class="chart-states" role="group" aria-label="Compound states">
      {states.map(({ id, name }) => {
        const isClosed = closed.includes(id);
        return (
          <button
            key={id}
            type="button"
            aria-expanded={!isClosed}
            title={`${isClosed ? 'Open' : 'Close'} ${name}`}
            onClick={() =>
              void vary(inspection, { closed: isClosed ? closed.filter((one) => one !== id) : [...closed, id] })
            }
          >
            <span aria-hidden="true">{isClosed ? '▸' : '▾'}</span> {name}
          </button>
        );
      })}
    </div>
  );
}

/** Everything, or an overview; of a policy also only the codes that this flow has met. */
function DetailChoice({ inspection, chart }: { readonly inspection: Inspection; readonly chart: Shown }) {
  const { only, detail = 'edges', closed = [] } = inspection.variation ?? {};
  const isPolicy = isPolicyChart(chart);
  // What the overview has closed is opened again; what the reader has closed stays so.
  const everything: Wanted = { detail: 'edges', only: undefined, closed: detail === 'families' ? [] : closed };
  return (
    <div class="segments" role="group" aria-label="Detail">
      <button
        type="button"
        aria-pressed={detail === 'families'}
        title="One line for each pair of states, without its conditions; click a line to see them"
        onClick={() => void vary(inspection, overviewOf(chart.model))}
      >
        {isPolicy ? 'Families' : 'Overview'}
      </button>
      {isPolicy ? (
        <button
          type="button"
          aria-pressed={detail === 'edges' && only !== undefined}
          title="Only the codes that have come in this flow, and the classes"
          onClick={() => void vary(inspection, { ...everything, only: codesOf(inspection) })}
        >
          Seen
        </button>
      ) : null}
      <button
        type="button"
        aria-pressed={detail === 'edges' && only === undefined}
        onClick={() => void vary(inspection, everything)}
      >
        {isPolicy ? 'All codes' : 'All edges'}
      </button>
    </div>
  );
}
