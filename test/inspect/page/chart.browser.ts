// The chart on the page: what it shows, what the flow lights in it, and how it goes back in time.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundlesOf, collapsed, familyBundlesOf, smallCompounds } from '../../../src/inspect/chart/index.js';
import type { InspectorEntry } from '../../../src/inspect/inspector-entry.js';
import {
  activeStates,
  goTo,
  hasChromium,
  latestRows,
  launch,
  openAllCodes,
  openPage,
  type OpenPage,
} from './browser.js';
import { threeRequests } from './flows.js';
import { recordEntries } from './record-entries.js';

describe.skipIf(!hasChromium)('the chart', () => {
  let browser: Browser;
  let entries: readonly InspectorEntry[];
  let open: OpenPage;

  beforeAll(async () => {
    entries = await recordEntries(threeRequests);
    browser = await launch();
    open = await openAllCodes(browser, entries);
  });
  afterAll(async () => {
    await open.close();
    await browser.close();
  });

  it('shows every state and every row of edges of the policy', async () => {
    const { layout } = chartIn(entries, 'retry');
    const states = await open.page
      .locator('.chart [data-state]')
      .evaluateAll((all) => all.map((one) => one.getAttribute('data-state')));
    const rows = await open.page
      .locator('.chart [data-row]')
      .evaluateAll((all) => all.map((one) => one.getAttribute('data-row')));
    expect([...states].sort()).toEqual(layout.states.map(({ state }) => state.id).sort());
    expect([...rows].sort()).toEqual(layout.bundles.flatMap((placed) => placed.rows.map(({ row }) => row.id)).sort());
    const text = await open.page.locator('.chart').textContent();
    expect(text).toContain('413, 480, 486, 500, 503, 5xx, transport error');
  });

  it('marks initial and final states, and tells each state and edge to a screen reader', async () => {
    const { layout } = chartIn(entries, 'retry');
    const finals = await open.page
      .locator('.chart .state.final')
      .evaluateAll((all) => all.map((one) => one.getAttribute('data-state')));
    expect([...finals].sort()).toEqual(['accepted', 'cancelled', 'gaveUp']);
    expect(await open.page.locator('.chart .initial circle').count()).toBe(layout.initials.length);
    expect(layout.initials.map(({ state }) => state)).toContain('pending');
    for (const label of await open.page.locator('.chart [data-row]').evaluateAll(labels))
      expect(label).toMatch(/.+, from .+ to .+/);
    const states = await open.page.locator('.chart [data-state]').evaluateAll(labels);
    expect(states.filter((label) => label.startsWith('final state '))).toHaveLength(3);
    expect(states.every((label) => /^(final )?state /.test(label))).toBe(true);
  });

  it('is zoomed and moved with the mouse, and fitted again', async () => {
    const { page } = open;
    const scale = () => page.evaluate(() => document.querySelector<SVGGElement>('.chart > g')?.getCTM()?.a ?? 0);
    const left = () => page.evaluate(() => document.querySelector<SVGGElement>('.chart > g')?.getCTM()?.e ?? 0);
    await page.getByRole('button', { name: 'Fit' }).click();
    const [whole, at] = [await scale(), await left()];
    await page.mouse.move(400, 300);
    await page.mouse.wheel(0, -400);
    await expect.poll(scale).toBeGreaterThan(whole * 1.5);
    const [zoomed, from] = [await scale(), await left()];
    await page.mouse.down();
    await page.mouse.move(300, 300, { steps: 4 });
    await page.mouse.up();
    await expect.poll(left).toBeCloseTo(from - 100, 0);
    expect(await scale()).toBeCloseTo(zoomed, 5);
    await page.getByRole('button', { name: 'Zoom out' }).click();
    await expect.poll(scale).toBeCloseTo(zoomed * 0.8, 5);
    await page.getByRole('button', { name: 'Fit' }).click();
    await expect.poll(scale).toBeCloseTo(whole, 5);
    await expect.poll(left).toBeCloseTo(at, 0);
    await page.getByRole('button', { name: 'Follow' }).click();
  });

  it('says the same as a table', async () => {
    const { layout } = chartIn(entries, 'retry');
    await open.page.getByRole('button', { name: 'Table', exact: true }).click();
    const rows = () =>
      open.page.locator('table.edges tbody tr').evaluateAll((all) => all.map((one) => one.getAttribute('data-row')));
    await expect.poll(rows).toEqual(layout.bundles.flatMap((placed) => placed.rows.map(({ row }) => row.id)));
    expect(await open.page.locator('table').first().locator('tbody tr').count()).toBe(layout.states.length);
    await expect
      .poll(() => open.page.locator('table tr.active').allTextContents())
      .toEqual([expect.stringContaining('accepted active')]);
    await expect.poll(() => open.page.locator('table.edges tr.latest').count()).toBe(1);
    await open.page.getByRole('button', { name: 'Chart', exact: true }).click();
  });

  it('goes back in time, and forth again', async () => {
    const flow = entries.filter(({ type }) => type !== 'chart');
    const at = flow.findIndex((entry) => entry.type === 'step' && entry.states.includes('recovering.authenticating'));
    await goTo(open.page, at + 1);
    await expect.poll(() => activeStates(open.page)).toEqual(['recovering', 'recovering.authenticating']);
    await open.page.getByRole('button', { name: 'Back to the start' }).click();
    await expect.poll(() => activeStates(open.page)).toEqual([]);
    await goTo(open.page, at);
    await expect.poll(() => activeStates(open.page)).toEqual(['pending']);
    await open.page.getByRole('button', { name: 'One step forward' }).click();
    await expect.poll(() => activeStates(open.page)).toEqual(['recovering', 'recovering.authenticating']);
    await open.page.getByRole('button', { name: 'Live' }).click();
    await expect.poll(() => activeStates(open.page)).toEqual(['accepted']);
  });

  it('plays a flow by itself, and pauses', async () => {
    await open.page.getByLabel('Speed').selectOption('5');
    await open.page.getByRole('button', { name: 'Play' }).click();
    await expect.poll(() => activeStates(open.page), { timeout: 20_000 }).toEqual(['pending']);
    await expect.poll(() => activeStates(open.page), { timeout: 20_000 }).toEqual(['accepted']);
    await open.page.getByRole('button', { name: 'Pause' }).click();
    await open.page.getByRole('button', { name: 'Live' }).click();
  });

  it('counts a timer down in the state that waits', async () => {
    const flow = entries.filter(({ type }) => type !== 'chart');
    await open.page.getByLabel('Actor').selectOption('request call');
    const at = flow.findIndex((entry) => entry.type === 'timer' && entry.actor === 'request call');
    await goTo(open.page, at + 1);
    await expect.poll(() => open.page.locator('.chart .timer').textContent()).toMatch(/2\d\.\d s/);
    await goTo(
      open.page,
      flow.findIndex(
        (entry) => entry.type === 'note' || (entry.type === 'message' && entry.summary.startsWith('MESSAGE')),
      ) + 1,
    );
    await expect.poll(() => open.page.locator('.chart .timer').textContent()).toMatch(/1\d\.\d s/);
    await open.page.getByRole('button', { name: 'Live' }).click();
    await expect.poll(() => open.page.locator('.chart .timer').count()).toBe(0);
  });

  it('shows the chart of each actor', async () => {
    for (const [actor, state] of [
      ['server registrar', 'up'],
      ['request register / client transaction 1', 'terminated'],
      ['request register', 'accepted'],
    ] as const) {
      await open.page.getByLabel('Actor').selectOption(actor);
      await expect.poll(() => activeStates(open.page)).toContain(state);
    }
  });

  it('closes a compound state, and opens it again', async () => {
    const button = open.page.locator('.chart-states button', { hasText: 'recovering' });
    await button.click();
    await expect.poll(() => open.page.locator('[data-state^="recovering."]').count()).toBe(0);
    expect(await button.getAttribute('aria-expanded')).toBe('false');
    const flow = entries.filter(({ type }) => type !== 'chart');
    await goTo(
      open.page,
      flow.findIndex((entry) => entry.type === 'step' && entry.states.includes('recovering.authenticating')) + 1,
    );
    await expect.poll(() => activeStates(open.page)).toEqual(['recovering']);
    await button.click();
    await expect.poll(() => activeStates(open.page)).toEqual(['recovering', 'recovering.authenticating']);
    await open.page.getByRole('button', { name: 'Live' }).click();
  });

  it.each([
    ['§10.2.8', /423/],
    ['hasRetryAfter', /hasRetryAfter/],
    ['timeout', /timeout/],
  ])('finds edges by a word: %s', async (word, label) => {
    await open.page.getByRole('searchbox').fill(word);
    await expect.poll(() => open.page.locator('.row.found').count()).toBeGreaterThan(0);
    for (const found of await open.page.locator('.row.found').evaluateAll(labels)) expect(found).toMatch(label);
    await open.page.getByRole('searchbox').fill('');
    await expect.poll(() => open.page.locator('.row.found').count()).toBe(0);
  });

  it('finds edges by their code', async () => {
    await open.page.getByRole('searchbox').fill('423');
    await expect.poll(() => open.page.locator('.row.found').count()).toBeGreaterThan(2);
    for (const label of await open.page
      .locator('.row.found')
      .evaluateAll((all) => all.map((one) => one.getAttribute('aria-label')))) {
      expect(label).toMatch(/423|codes/);
    }
    await open.page.getByRole('searchbox').fill('');
    await expect.poll(() => open.page.locator('.row.found').count()).toBe(0);
  });

  it('complains about nothing', () => {
    expect(open.complaints).toEqual([]);
  });
});

describe.skipIf(!hasChromium)('a flow that happens now', () => {
  it.each(['Families', 'All codes'])('lights the states and edges of a call in order: %s', async (detail) => {
    const entries = await recordEntries(threeRequests);
    const browser = await launch();
    const { page, server, close } = await openPage(
      browser,
      entries.filter(({ type }) => type === 'chart'),
    );
    const { model } = chartIn(entries, 'retry');
    const overview = collapsed(model, smallCompounds(model));
    const bundles = detail === 'Families' ? familyBundlesOf(overview) : bundlesOf(model);
    const rowOf = new Map(
      bundles.flatMap(({ rows }) => rows.flatMap((row) => row.edges.map(({ id }) => [id, row.id] as const))),
    );
    const seen: string[] = [];
    for (const entry of entries) {
      if (entry.type === 'chart') continue;
      server.tell(entry);
      if (!('actor' in entry) || entry.actor !== 'request register') continue;
      if (entry.type !== 'step' && entry.type !== 'actor') continue;
      if (entry.type === 'actor') {
        await page.getByRole('button', { name: detail }).click();
        await expect
          .poll(() => page.locator('[data-state="cancelling.awaitingFinal"]').count())
          .toBe(detail === 'Families' ? 0 : 1);
      }
      await expect
        .poll(() => activeStates(page))
        .toEqual([...entry.states].sort(byPlace(model.states.map(({ id }) => id))));
      if (entry.type === 'actor') continue;
      const rows = entry.edges.map((edge) => rowOf.get(edge) ?? `no row for ${edge}`);
      await expect.poll(async () => new Set(await latestRows(page))).toEqual(new Set(rows));
      seen.push(entry.event);
    }
    expect(seen).toEqual(['response.4xx.401', 'answer.given', 'response.4xx.423', 'response.2xx.200']);
    await close();
    await browser.close();
  });

  it('says that its chart is on the way', async () => {
    const entries = await recordEntries(threeRequests);
    const browser = await launch();
    const { page, server, close } = await openPage(browser, []);
    await page.getByText('Nothing has happened yet').waitFor();
    server.tell(...entries.filter(({ type }) => type !== 'chart'));
    await page.getByText('The chart is being laid out').waitFor();
    server.tell(...entries.filter(({ type }) => type === 'chart'));
    await page.locator('.chart .state').first().waitFor();
    await close();
    await browser.close();
  });

  it('counts a timer down by itself', async () => {
    const entries = await recordEntries(threeRequests);
    const browser = await launch();
    const { page, server, close } = await openPage(browser, entries);
    await expect.poll(() => activeStates(page)).toEqual(['accepted']);
    const now = Date.now();
    const common = { at: now, actor: 'request register' };
    const seq = 10_000;
    server.tell(
      { type: 'step', ...common, seq, event: 'test', edges: [], states: ['recovering', 'recovering.waiting'] },
      { type: 'timer', ...common, seq: seq + 1, name: 'policy', until: now + 20_000 },
    );
    const left = async (): Promise<number> =>
      Number(/[\d.]+/.exec((await page.locator('.chart .timer').textContent()) ?? '')?.[0]);
    const first = await left();
    expect(first).toBeGreaterThan(15);
    await expect.poll(left, { interval: 50 }).toBeLessThan(first - 0.5);
    await close();
    await browser.close();
  });

  it('goes on where it was after the stream broke', async () => {
    const entries = await recordEntries(threeRequests);
    const browser = await launch();
    const { page, server, close } = await openPage(browser, entries.slice(0, 60));
    await page.locator('.chart .state').first().waitFor();
    server.cut();
    server.tell(...entries.slice(60));
    const count = entries.filter(({ type }) => type !== 'chart').length;
    await expect
      .poll(() => page.locator('footer .count').textContent(), { timeout: 5_000 })
      .toBe(`${count} / ${count}`);
    await close();
    await browser.close();
  });
});

const labels = (all: readonly Element[]): readonly string[] => all.map((one) => one.getAttribute('aria-label') ?? '');

function chartIn(entries: readonly InspectorEntry[], id: string) {
  const chart = entries.find((entry) => entry.type === 'chart' && entry.id === id);
  if (chart?.type !== 'chart') throw new Error(`no chart ${id}`);
  return chart;
}

/** In the order in which the chart holds its states: compound ones first. */
function byPlace(ids: readonly string[]) {
  const place = (id: string): number =>
    ids.indexOf(id) + (ids.some((other) => other.startsWith(`${id}.`)) ? 0 : ids.length);
  return (one: string, other: string): number => place(one) - place(other);
}
