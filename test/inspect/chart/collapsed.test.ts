// Closed compound states.
import { describe, expect, it } from 'vitest';
import { createRetryMachine } from '../../../machines/retry.machine.js';
import { bundlesOf, chartOf, collapsed, layOut } from '../../../src/inspect/chart/index.js';
import { rfcPolicy } from '../../../src/policy/table/index.js';

const model = chartOf(createRetryMachine(rfcPolicy).config);

describe('a chart with closed states', () => {
  it('leaves out what is inside, and lets its edges start and end at the closed state', () => {
    const closed = collapsed(model, ['recovering']);
    expect(closed.states.some(({ id }) => id.startsWith('recovering.'))).toBe(false);
    expect(closed.states.find(({ id }) => id === 'recovering')).toMatchObject({ kind: 'atomic', name: 'recovering' });
    const ends = closed.edges.flatMap(({ source, target }) => [source, target]);
    expect(ends.every((id) => closed.states.some((state) => state.id === id))).toBe(true);
    const authenticating = model.edges.find(({ target }) => target === 'recovering.authenticating');
    expect(closed.edges.find(({ id }) => id === authenticating?.id)).toMatchObject({ target: 'recovering' });
  });

  it('keeps the ids of edges, so that what the flow takes can be lit', () => {
    const ids = new Set(model.edges.map(({ id }) => id));
    for (const { id } of collapsed(model, ['recovering', 'cancelling']).edges) expect(ids.has(id)).toBe(true);
  });

  it('leaves out edges that stay inside, and keeps those of a state to itself elsewhere', () => {
    const closed = collapsed(model, ['cancelling']);
    expect(closed.edges.some(({ source, target }) => source === 'cancelling' && target === 'cancelling')).toBe(false);
    expect(closed.edges.filter(({ source, target }) => source === 'pending' && target === 'pending').length).toBe(
      model.edges.filter(({ source, target }) => source === 'pending' && target === 'pending').length,
    );
  });

  it('is the chart itself when nothing is closed, and can be laid out when everything is', async () => {
    expect(collapsed(model, [])).toEqual(model);
    const all = collapsed(model, ['recovering', 'cancelling']);
    const layout = await layOut(all, bundlesOf(all));
    expect(layout.states.length).toBe(all.states.length - 1);
  });
});
