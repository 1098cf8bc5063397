// The chart by keyboard: arrows move it, or go from edge to edge once an edge has the focus.
import type { Stage } from './stage.js';

const STEP = 80;

const MOVES: Readonly<Record<string, (stage: Stage) => void>> = {
  ArrowLeft: (stage) => stage.pan({ x: STEP, y: 0 }),
  ArrowRight: (stage) => stage.pan({ x: -STEP, y: 0 }),
  ArrowUp: (stage) => stage.pan({ x: 0, y: STEP }),
  ArrowDown: (stage) => stage.pan({ x: 0, y: -STEP }),
  '+': (stage) => stage.zoom(1.25),
  '=': (stage) => stage.zoom(1.25),
  '-': (stage) => stage.zoom(0.8),
  '0': (stage) => stage.fit(),
};

export function onChartKey(event: KeyboardEvent, stage: Stage, choose: (element: Element | null) => void): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const { target } = event;
  const row = target instanceof Element ? target.closest<SVGElement>('[data-row]') : null;
  if (row === null ? onFrame(event.key, stage) : onRow(event.key, row, stage, choose)) event.preventDefault();
}

function onFrame(key: string, stage: Stage): boolean {
  if (key === 'Enter') {
    const current = [...stage.picture.rows.values()].find(({ element }) => element.getAttribute('tabindex') === '0');
    if (current !== undefined) focus(current.id, stage);
    return true;
  }
  MOVES[key]?.(stage);
  return key in MOVES;
}

function onRow(key: string, row: SVGElement, stage: Stage, choose: (element: Element | null) => void): boolean {
  const ids = [...stage.picture.rows.keys()];
  const place = ids.indexOf(row.dataset['row'] ?? '');
  switch (key) {
    case 'ArrowDown':
    case 'ArrowRight':
      focus(ids[Math.min(place + 1, ids.length - 1)], stage);
      return true;
    case 'ArrowUp':
    case 'ArrowLeft':
      focus(ids[Math.max(place - 1, 0)], stage);
      return true;
    case 'Home':
      focus(ids[0], stage);
      return true;
    case 'End':
      focus(ids.at(-1), stage);
      return true;
    case 'Enter':
    case ' ':
      choose(row);
      return true;
    case 'Escape':
      row.closest('svg')?.focus();
      return true;
    default:
      return onFrame(key, stage);
  }
}

/** One edge at a time is in the order of Tab. */
function focus(id: string | undefined, stage: Stage): void {
  const drawn = id === undefined ? undefined : stage.picture.rows.get(id);
  if (drawn === undefined) return;
  for (const { element } of stage.picture.rows.values()) element.setAttribute('tabindex', '-1');
  drawn.element.setAttribute('tabindex', '0');
  drawn.element.focus({ preventScroll: true });
  stage.showRow(drawn.id);
}
