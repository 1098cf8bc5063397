// The chart on the page: what it shows, what the flow lights in it, and how it goes back in time.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { InspectorEntry } from '../../../src/inspect/inspector-entry.js';
import { activeStates, goTo, hasChromium, latestRows, launch, openPage, type OpenPage } from './browser.js';
import { threeRequests } from './flows.js';
import { recordEntries } from './record-entries.js';

describe.skipIf(!hasChromium)('the chart', () => {
  let browser: Browser;
  let entries: readonly InspectorEntry[];
  let open: OpenPage;

  beforeAll(async () => {
    entries = await recordEntries(threeRequests);
    browser = await launch();
    open = await openPage(browser, entries);
    await open.page.locator('.chart .state').first().waitFor();
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

  it('says the same as a table', async () => {
    const { layout } = chartIn(entries, 'retry');
    await open.page.getByRole('button', { name: 'Table', exact: true }).click();
    const rows = await open.page
      .locator('table.edges tbody tr')
      .evaluateAll((all) => all.map((one) => one.getAttribute('data-row')));
    expect(rows).toEqual(layout.bundles.flatMap((placed) => placed.rows.map(({ row }) => row.id)));
    expect(await open.page.locator('table').first().locator('tbody tr').count()).toBe(layout.states.length);
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
  it('lights the states and edges of a call in the order in which it takes them', async () => {
    const entries = await recordEntries(threeRequests);
    const browser = await launch();
    const { page, server, close } = await openPage(
      browser,
      entries.filter(({ type }) => type === 'chart'),
    );
    const { layout } = chartIn(entries, 'retry');
    const rowOf = new Map(
      layout.bundles.flatMap(({ rows }) => rows.flatMap(({ row }) => row.edges.map(({ id }) => [id, row.id] as const))),
    );
    const seen: string[] = [];
    for (const entry of entries) {
      if (entry.type === 'chart') continue;
      server.tell(entry);
      if (!('actor' in entry) || entry.actor !== 'request register') continue;
      if (entry.type !== 'step' && entry.type !== 'actor') continue;
      await expect
        .poll(() => activeStates(page))
        .toEqual([...entry.states].sort(byPlace(layout.states.map(({ state }) => state.id))));
      if (entry.type === 'actor') continue;
      const rows = entry.edges.map((edge) => rowOf.get(edge) ?? `no row for ${edge}`);
      await expect.poll(async () => new Set(await latestRows(page))).toEqual(new Set(rows));
      seen.push(entry.event);
    }
    expect(seen).toEqual(['response.4xx.401', 'answer.given', 'response.4xx.423', 'response.2xx.200']);
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
