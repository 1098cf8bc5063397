// The chart on the screen: drawn once for each layout, lit by the flow, moved and zoomed by hand or by what happens.
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Inspection, Shown } from '../inspection.js';
import { ChartControls } from './chart-controls.js';
import { onChartKey } from './chart-keys.js';
import { find } from './find.js';
import { openReadably } from './first-form.js';
import { LiveMarks } from './live-marks.js';
import { drawPicture } from './picture.js';
import { Stage } from './stage.js';

export interface ChartViewProps {
  readonly inspection: Inspection;
  readonly shown: Shown;
  readonly now: number;
}

export function ChartView({ inspection, shown, now }: ChartViewProps) {
  const { layout } = shown;
  const { moment, selection, searched, chart, arranging } = inspection;
  const svg = useRef<SVGSVGElement>(null);
  const [follows, setFollows] = useState(true);
  const picture = useMemo(() => drawPicture(layout), [layout]);
  const marks = useMemo(() => new LiveMarks(picture), [picture]);
  const stage = useMemo(() => new Stage(picture, () => setFollows(false)), [picture]);
  const found = useMemo(() => find(layout, searched), [layout, searched]);

  const row = selection?.kind === 'row' ? selection.row : undefined;

  const id = chart?.id;
  useLayoutEffect(() => {
    if (chart === undefined || svg.current === null) return;
    void openReadably(inspection, chart, { width: svg.current.clientWidth, height: svg.current.clientHeight });
  }, [inspection, id]);
  useEffect(() => (svg.current === null ? undefined : stage.mount(svg.current)), [stage]);
  useEffect(() => {
    marks.apply(moment, { row, found: found.rows }, now);
  });
  useEffect(() => {
    if (found.rows.size + found.states.size > 0) stage.showRows(found.rows, found.states);
  }, [stage, found]);
  useEffect(() => {
    if (row !== undefined) stage.showChosen(row);
  }, [stage, row]);
  const states = moment?.states.join(' ');
  useEffect(() => {
    if (follows && searched === '') stage.showActive(moment);
  }, [stage, follows, states, searched]);

  const choose = (element: Element | null): void => {
    const row = element?.closest<SVGElement>('[data-row]')?.dataset['row'];
    const state = element?.closest<SVGElement>('[data-state]')?.dataset['state'];
    stage.keepsStill = true;
    if (row !== undefined) inspection.update({ selection: { kind: 'row', row }, pane: 'why' });
    else if (state !== undefined) inspection.update({ selection: { kind: 'state', state }, pane: 'why' });
  };
  return (
    <div class="chart-frame">
      <svg
        ref={svg}
        class={`chart${arranging !== undefined && arranging === id ? ' arranging' : ''}`}
        role="group"
        tabindex={0}
        aria-label={`Chart ${shown.model.name}. Arrow keys move it, plus and minus zoom, 0 fits it, Enter goes into its edges.`}
        onClick={(event) => {
          if (!stage.wasDragged && event.target instanceof Element) choose(event.target);
        }}
        onKeyDown={(event) => onChartKey(event, stage, choose)}
      />
      <ChartControls stage={stage} shown={shown} inspection={inspection} follows={follows} setFollows={setFollows} />
    </div>
  );
}
