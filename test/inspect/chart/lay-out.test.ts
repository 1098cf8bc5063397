import { beforeAll, describe, expect, it } from 'vitest';
import { createInviteClientTransactionMachine } from '../../../machines/invite-client-transaction.machine.js';
import { createNonInviteClientTransactionMachine } from '../../../machines/non-invite-client-transaction.machine.js';
import { createRetryMachine } from '../../../machines/retry.machine.js';
import {
  bundlesOf,
  chartOf,
  collapsed,
  drawChart,
  familyBundlesOf,
  layOut,
  OVERVIEW,
  smallCompounds,
  withoutUnreachable,
  type ChartLayout,
  type ChartModel,
} from '../../../src/inspect/chart/index.js';
import { cardSize, NAME_FONT, widthOf } from '../../../src/inspect/chart/geometry.js';
import type { Box, Point } from '../../../src/inspect/chart/lay-out.js';
import { onlyStatuses } from '../../../src/policy/only-statuses.js';
import { rfcPolicy } from '../../../src/policy/table/index.js';

const machines = {
  retry: createRetryMachine(),
  'INVITE client transaction': createInviteClientTransactionMachine(),
  'non-INVITE client transaction': createNonInviteClientTransactionMachine(),
};

const retry = chartOf(machines.retry.config);
const everyday = withoutUnreachable(
  chartOf(createRetryMachine(onlyStatuses(rfcPolicy, [401, 404, 407, 423, 480, 486, 503])).config),
);

const completely = (chart: ChartModel) => layOut(chart, bundlesOf(chart));
const asFamilies = (chart: ChartModel) => layOut(chart, familyBundlesOf(chart), undefined, OVERVIEW);

const pictures: readonly (readonly [string, ChartModel, (chart: ChartModel) => Promise<ChartLayout>])[] = [
  ...Object.entries(machines).flatMap(([name, machine]) => {
    const chart = chartOf(machine.config);
    return [
      [`of the ${name} chart`, chart, completely] as const,
      [`of the ${name} chart as families`, chart, asFamilies] as const,
    ];
  }),
  ['of a few codes', everyday, completely],
  ['of a few codes as families', everyday, asFamilies],
  ['with recovering closed', collapsed(retry, ['recovering']), completely],
  ['with small states closed', collapsed(retry, smallCompounds(retry)), completely],
  ['of the overview that opens first', collapsed(retry, smallCompounds(retry)), asFamilies],
  ['of an overview with everything closed', collapsed(retry, ['recovering', 'cancelling']), asFamilies],
];

describe.each(pictures)('the picture %s', (_name, chart, layOutChart) => {
  let layout: ChartLayout;
  beforeAll(async () => {
    layout = await layOutChart(chart);
  });

  it('places every state and draws a line for every pair of states with an edge', () => {
    const drawn = layout.states.map(({ state }) => state.id).filter((id) => id !== '*');
    expect(drawn).toEqual(chart.states.map(({ id }) => id).filter((id) => id !== ''));
    expect(layout.bundles.every(({ points }) => points.length >= 2)).toBe(true);
    const rows = layout.bundles.flatMap(({ bundle }) => bundle.rows).flatMap(({ edges }) => edges);
    expect(rows.map(({ id }) => id).sort()).toEqual(chart.edges.map(({ id }) => id).sort());
  });

  it('lets no card lie over another, nor over a state', () => {
    const cards = layout.bundles.map(({ card }) => card);
    const boxes = layout.states.filter(({ state }) => state.kind !== 'compound');
    const pairs = cards.flatMap((card, place) => [...cards.slice(place + 1), ...boxes].map((other) => [card, other]));
    expect(pairs.filter(([one, other]) => one !== undefined && other !== undefined && overlap(one, other))).toEqual([]);
  });

  it('leads no line through a state, the card of another line, or the name of a compound state', () => {
    const boxes = layout.states.map(({ state, ...box }) => ({
      name: state.id,
      // Of a compound state only its name is in the way.
      box: state.kind === 'compound' ? nameOf(state.name, box) : box,
    }));
    const cards = layout.bundles.map(({ bundle, card }) => ({ name: bundle.id, box: card }));
    const lines = [
      ...layout.bundles.map(({ bundle, points }) => ({ id: bundle.id, points })),
      ...layout.initials.map(({ state, points }) => ({ id: `initial ${state}`, points })),
    ];
    const through = lines.flatMap(({ id, points }) =>
      [...boxes, ...cards]
        .filter(({ name }) => name !== id)
        .filter(({ box }) => points.some((end, place) => crosses(points[place - 1], end, box)))
        .map(({ name }) => [id, name]),
    );
    expect(through).toEqual([]);
  });

  it('gives every text room in its box', () => {
    for (const { state, width } of layout.states) expect(widthOf(state.name, NAME_FONT)).toBeLessThan(width);
    for (const { card, rows } of layout.bundles) {
      const lines = rows.flatMap((row) => row.lines);
      expect(lines.length).toBeGreaterThan(0);
      expect(cardSize(rows.map((row) => row.lines))).toEqual({ width: card.width, height: card.height });
    }
  });

  it('stays within its frame', () => {
    for (const { x, y, width, height } of [...layout.states, ...layout.bundles.map(({ card }) => card)]) {
      expect(Math.min(x, y)).toBeGreaterThanOrEqual(0);
      expect(x + width).toBeLessThanOrEqual(layout.width);
      expect(y + height).toBeLessThanOrEqual(layout.height);
    }
  });
});

describe('drawChart', () => {
  it('draws the same picture each time', async () => {
    expect(await drawChart(retry)).toBe(await drawChart(retry));
  });

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

/** Where the name of a compound state stands. */
function nameOf(name: string, { x, y }: Box): Box {
  return { x: x + 14, y: y + 10, width: widthOf(name, NAME_FONT), height: 18 };
}

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
