// The messages as a sequence diagram, in step with the chart. Only the rows that are seen are on the page.
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { momentWriter } from '../flow/moment-in-words.js';
import type { Inspection } from '../inspection.js';
import { laneName, lanesOf } from './lanes.js';
import { listMove } from './list-keys.js';
import { ROW, ToldRow } from './told-row.js';

const TIME_WIDTH = 78;
const SPARE_ROWS = 6;

export function LadderView({ inspection }: { readonly inspection: Inspection }) {
  const { window: kept, playback, selection } = inspection;
  const { told } = kept;
  const list = useRef<HTMLDivElement>(null);
  const [seen, setSeen] = useState({ top: 0, width: 400, height: 400 });
  const currentRow = (): number => told.after(kept.all.at(playback.count - 1)?.seq ?? -1) - 1;
  const current = currentRow();
  useLayoutEffect(() => {
    const element = list.current;
    if (element === null) return;
    const observer = new ResizeObserver(() =>
      setSeen({ top: element.scrollTop, width: element.clientWidth, height: element.clientHeight }),
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  useEffect(() => keepInSight(list.current, current), [current]);

  const lanes = lanesOf(kept.lanes, Math.max(seen.width - TIME_WIDTH - 12, 80));
  const first = Math.max(0, Math.floor(seen.top / ROW) - SPARE_ROWS);
  const rows = told.slice(first, first + Math.ceil(seen.height / ROW) + 2 * SPARE_ROWS);
  const write = momentWriter(kept.all.at(0)?.at ?? 0);
  const go = (index: number): void => {
    const entry = told.at(index);
    if (entry === undefined) return;
    playback.isPlaying = false;
    playback.goTo(kept.all.after(entry.seq));
    inspection.update({ selection: { kind: 'entry', seq: entry.seq } });
  };
  return (
    <section class="ladder" aria-label="Messages">
      <div class="lane-names" aria-hidden="true">
        {lanes.names.map((name) => (
          <span
            key={name}
            style={{ left: `${TIME_WIDTH + lanes.x(name)}px`, maxWidth: `${lanes.width / lanes.names.length - 6}px` }}
          >
            {laneName(name)}
          </span>
        ))}
      </div>
      {kept.summarised > 0 ? (
        <p class="hint">{kept.summarised.toLocaleString('en')} earlier steps are summarised.</p>
      ) : null}
      {told.length === 0 ? <p class="hint">No message has been sent yet.</p> : null}
      <div
        ref={list}
        class="rows"
        role="listbox"
        tabIndex={0}
        aria-label="Messages and decisions"
        aria-activedescendant={current < 0 ? undefined : `told-${told.at(current)?.seq ?? ''}`}
        onScroll={(event) => setSeen({ ...seen, top: event.currentTarget.scrollTop })}
        onKeyDown={(event) => {
          // A key may come before the last one is drawn.
          const now = currentRow();
          const entry = told.at(now);
          if (event.key === 'Enter' && entry !== undefined) {
            event.preventDefault();
            inspection.update({ selection: { kind: 'entry', seq: entry.seq }, pane: 'why' });
            return;
          }
          const next = listMove(event.key, now, told.length, Math.floor(seen.height / ROW));
          if (next === undefined) return;
          event.preventDefault();
          go(next);
        }}
      >
        {told.length === 0 ? null : (
          <div role="presentation" style={{ height: `${told.length * ROW}px` }}>
            {rows.map((entry, place) => {
              const index = first + place;
              const isChosen = selection?.kind === 'entry' && selection.seq === entry.seq;
              const before = told.at(index - 1);
              return (
                <div
                  key={entry.seq}
                  id={`told-${entry.seq}`}
                  role="option"
                  aria-selected={isChosen}
                  aria-setsize={told.length}
                  aria-posinset={index + 1}
                  class={`row${index === current ? ' current' : ''}${index > current ? ' later' : ''}${isChosen ? ' chosen' : ''}`}
                  style={{ transform: `translateY(${index * ROW}px)` }}
                  onClick={() => {
                    go(index);
                    inspection.update({ pane: 'why' });
                  }}
                >
                  <ToldRow entry={entry} lanes={lanes} time={before?.at === entry.at ? '' : write(entry.at)} />
                </div>
              );
            })}
          </div>
        )}
      </div>
    </section>
  );
}

function keepInSight(list: HTMLElement | null, row: number): void {
  if (list === null || row < 0) return;
  const [top, bottom] = [row * ROW, (row + 1) * ROW];
  const { scrollTop, clientHeight } = list;
  if (top < scrollTop) list.scrollTop = Math.max(0, top - ROW);
  else if (bottom > scrollTop + clientHeight) list.scrollTop = bottom - clientHeight + ROW;
}
