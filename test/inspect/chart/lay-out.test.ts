import { beforeAll, describe, expect, it } from 'vitest';
import { createInviteClientTransactionMachine } from '../../../machines/invite-client-transaction.machine.js';
import { createNonInviteClientTransactionMachine } from '../../../machines/non-invite-client-transaction.machine.js';
import { createRetryMachine } from '../../../machines/retry.machine.js';
import { bundlesOf, chartOf, drawChart, layOut, type ChartLayout } from '../../../src/inspect/chart/index.js';
import type { Box, Point } from '../../../src/inspect/chart/lay-out.js';

const machines = {
  retry: createRetryMachine(),
  'INVITE client transaction': createInviteClientTransactionMachine(),
  'non-INVITE client transaction': createNonInviteClientTransactionMachine(),
};

describe.each(Object.entries(machines))('the picture of the %s chart', (_name, machine) => {
  const chart = chartOf(machine.config);
  let layout: ChartLayout;
  beforeAll(async () => {
    layout = await layOut(chart, bundlesOf(chart));
  });

  it('places every state and draws a line for every pair of states with an edge', () => {
    const drawn = layout.states.map(({ state }) => state.id).filter((id) => id !== '*');
    expect(drawn).toEqual(chart.states.map(({ id }) => id).filter((id) => id !== ''));
    expect(layout.bundles.every(({ points }) => points.length >= 2)).toBe(true);
    const rows = layout.bundles.flatMap(({ bundle }) => bundle.rows).flatMap(({ edges }) => edges);
    expect(rows).toHaveLength(chart.edges.length);
  });

  it('lets no card lie over another, nor over a state', () => {
    const cards = layout.bundles.map(({ card }) => card);
    const boxes = layout.states.filter(({ state }) => state.kind !== 'compound');
    const pairs = cards.flatMap((card, place) => [...cards.slice(place + 1), ...boxes].map((other) => [card, other]));
    expect(pairs.filter(([one, other]) => one !== undefined && other !== undefined && overlap(one, other))).toEqual([]);
  });

  it('leads no line through a state', () => {
    const boxes = layout.states.filter(({ state }) => state.kind !== 'compound');
    const through = layout.bundles.flatMap(({ bundle, points }) =>
      boxes
        .filter((box) => points.some((end, place) => crosses(points[place - 1], end, box)))
        .map(({ state }) => [bundle.id, state.id]),
    );
    expect(through).toEqual([]);
  });

  it('stays within its frame', () => {
    for (const { x, y, width, height } of [...layout.states, ...layout.bundles.map(({ card }) => card)]) {
      expect(Math.min(x, y)).toBeGreaterThanOrEqual(0);
      expect(x + width).toBeLessThanOrEqual(layout.width);
      expect(y + height).toBeLessThanOrEqual(layout.height);
    }
  });

  it('is the same picture each time', async () => {
    expect(await drawChart(chart)).toBe(await drawChart(chart));
  });
});

describe('drawChart', () => {
  it('lets a name from another program open no tag', async () => {
    const svg = await drawChart(
      chartOf({
        id: 'm',
        initial: 'a',
        states: { a: { description: '"><script>x</script>', on: { '<img onerror=x>': 'b' } }, b: {} },
      }),
    );
    expect(svg).not.toMatch(/<script|<img/);
    expect(svg).toContain('&lt;img onerror=x&gt;');
  });
});

function overlap(one: Box, other: Box): boolean {
  const wide = Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x);
  const high = Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y);
  return wide > 0.5 && high > 0.5;
}

/** Lines are orthogonal: a piece of one is a box without a width. */
function crosses(from: Point | undefined, to: Point, box: Box): boolean {
  if (from === undefined) return false;
  const piece = { x: Math.min(from.x, to.x), y: Math.min(from.y, to.y) };
  const inside = { x: box.x + 1, y: box.y + 1, width: box.width - 2, height: box.height - 2 };
  const wide = Math.min(piece.x + Math.abs(from.x - to.x), inside.x + inside.width) - Math.max(piece.x, inside.x);
  const high = Math.min(piece.y + Math.abs(from.y - to.y), inside.y + inside.height) - Math.max(piece.y, inside.y);
  return wide >= 0 && high >= 0 && wide + high > 0;
}
