// What stands beside the chart: the ladder, the reasons, the trial. On a wide screen the ladder always does.
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Inspection, Pane } from '../inspection.js';
import { LadderView } from '../ladder/ladder-view.js';
import { TryView } from '../try/try-view.js';
import { WhyView } from '../why/why-view.js';
import { useKeptFocus } from './kept-focus.js';

const WIDE = '(min-width: 1800px)';

export function Panels({ inspection }: { readonly inspection: Inspection }) {
  const panel = useRef<HTMLDivElement>(null);
  useKeptFocus(panel);
  const [isWide, setIsWide] = useState(() => matchMedia(WIDE).matches);
  useEffect(() => {
    const query = matchMedia(WIDE);
    const update = (): void => setIsWide(query.matches);
    query.addEventListener('change', update);
    return () => query.removeEventListener('change', update);
  }, []);
  const panes: readonly Pane[] = isWide ? ['why', 'try'] : ['ladder', 'why', 'try'];
  const pane = panes.includes(inspection.pane) ? inspection.pane : 'why';
  return (
    <>
      {isWide ? (
        <div class="panel">
          <h2>Ladder</h2>
          <LadderView inspection={inspection} />
        </div>
      ) : null}
      <div class="panel">
        <div class="tabs" role="tablist" aria-label="Panels">
          {panes.map((one) => (
            <button
              key={one}
              type="button"
              role="tab"
              id={`tab-${one}`}
              aria-selected={one === pane}
              aria-controls="panel"
              tabIndex={one === pane ? 0 : -1}
              onClick={() => inspection.update({ pane: one })}
              onKeyDown={(event) => {
                const next = panes[panes.indexOf(one) + (MOVES[event.key] ?? 0)];
                if (next === undefined || next === one) return;
                inspection.update({ pane: next });
                document.getElementById(`tab-${next}`)?.focus();
              }}
            >
              {TITLES[one]}
            </button>
          ))}
        </div>
        <div ref={panel} class="pane" role="tabpanel" id="panel" aria-labelledby={`tab-${pane}`}>
          {pane === 'ladder' ? <LadderView inspection={inspection} /> : null}
          {pane === 'why' ? <WhyView inspection={inspection} /> : null}
          {pane === 'try' ? <TryView inspection={inspection} /> : null}
        </div>
      </div>
    </>
  );
}

const MOVES: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1 };
const TITLES: { readonly [K in Pane]: string } = { ladder: 'Ladder', why: 'Why', try: 'Try it' };
