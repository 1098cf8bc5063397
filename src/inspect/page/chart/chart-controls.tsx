// The bar below the chart: open and close compound states, which codes, zoom, fit, follow.
import type { Inspection, Shown } from '../inspection.js';
import type { Stage } from './stage.js';
import { codesOf, isPolicyChart, vary } from './vary.js';

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
      {isPolicyChart(inspection.chart ?? shown) ? <CodesChoice inspection={inspection} /> : null}
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

/** All codes of the policy, or only those that this flow has met: a chart that can be read at a glance. */
function CodesChoice({ inspection }: { readonly inspection: Inspection }) {
  const { only } = inspection.variation ?? {};
  return (
    <div class="segments" role="group" aria-label="Codes">
      <button
        type="button"
        aria-pressed={only === undefined}
        onClick={() => void vary(inspection, { only: undefined })}
      >
        All codes
      </button>
      <button
        type="button"
        aria-pressed={only !== undefined}
        title="Only the codes that have come in this flow, and the classes"
        onClick={() => void vary(inspection, { only: codesOf(inspection) })}
      >
        Seen
      </button>
    </div>
  );
}
