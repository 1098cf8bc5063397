// The page as a whole: the bar, the chart or its table, the panels beside it, the timeline.
import { useEffect, useReducer } from 'preact/hooks';
import { timeLeft } from '../chart/timer-badge.js';
import { ChartView } from '../chart/chart-view.js';
import type { Inspection } from '../inspection.js';
import { Panels } from './panels.js';
import { Timeline } from './timeline.js';
import { TopBar } from './top-bar.js';
import { ChartTable } from '../chart/chart-table.js';
import { Empty } from './empty.js';

export function App({ inspection }: { readonly inspection: Inspection }) {
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  useEffect(() => inspection.subscribe(() => redraw(undefined)), [inspection]);

  const frame = performance.now();
  inspection.playback.advance(frame);
  const { moment, shown, playback, view } = inspection;
  const now = playback.momentAt(frame);
  const isMoving = playback.isPlaying || (playback.isLive && timeLeft(moment, now) !== undefined);
  useEffect(() => {
    if (!isMoving) return undefined;
    const timer = setTimeout(() => inspection.changed(), playback.isPlaying ? 30 : 100);
    return () => clearTimeout(timer);
  });
  return (
    <>
      <TopBar inspection={inspection} />
      <main>
        {shown === undefined ? (
          <Empty stream={inspection.stream} isAwaited={inspection.window.all.length > 0} />
        ) : view === 'chart' ? (
          <ChartView inspection={inspection} shown={shown} now={now} />
        ) : (
          <ChartTable inspection={inspection} shown={shown} now={now} />
        )}
        <Panels inspection={inspection} />
      </main>
      <Timeline inspection={inspection} now={now} />
    </>
  );
}
