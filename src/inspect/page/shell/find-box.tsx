// Finding edges and states by code or word.
import { useMemo } from 'preact/hooks';
import { find } from '../chart/find.js';
import type { Inspection } from '../inspection.js';

export function FindBox({ inspection }: { readonly inspection: Inspection }) {
  const { searched, shown } = inspection;
  const found = useMemo(
    () => (shown === undefined || searched.trim() === '' ? undefined : find(shown.layout, searched)),
    [shown, searched],
  );
  return (
    <label class="find">
      <span class="visually-hidden">Find a code or word in the chart</span>
      <input
        id="find"
        type="search"
        placeholder="Find: 423, waiting, §22 …"
        title="Enter goes to the next one"
        value={searched}
        onInput={(event) => inspection.update({ searched: event.currentTarget.value })}
        onKeyDown={(event) => {
          if (event.key === 'Escape') inspection.update({ searched: '' });
          if (event.key === 'Enter' && found !== undefined)
            goToNext(inspection, [...found.rows], event.shiftKey ? -1 : 1);
        }}
      />
      <output aria-live="polite">{found === undefined ? '' : countOf(found.rows.size + found.states.size)}</output>
    </label>
  );
}

/** Chooses one after the other. */
function goToNext(inspection: Inspection, rows: readonly string[], by: number): void {
  const { selection } = inspection;
  const place = selection?.kind === 'row' ? rows.indexOf(selection.row) : -1;
  const row = rows[(Math.max(place, by > 0 ? -1 : 0) + by + rows.length) % rows.length];
  if (row !== undefined) inspection.update({ selection: { kind: 'row', row } });
}

function countOf(count: number): string {
  return count === 0 ? 'none' : `${count} found`;
}
