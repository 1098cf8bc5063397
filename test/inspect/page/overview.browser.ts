// What opens first: an overview that can be read as a whole, and everything behind each of its lines.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { InspectorEntry } from '../../../src/inspect/inspector-entry.js';
import { activeStates, goTo, hasChromium, latestRows, launch, openPage, type OpenPage } from './browser.js';
import { threeRequests } from './flows.js';
import { recordEntries } from './record-entries.js';

/** In pixels: the size of a letter, and the height of a line of text. */
const LEAST_FONT = 9;
const LEAST_LINE = 10;

describe.skipIf(!hasChromium)('the overview', () => {
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

  it('opens first where the whole policy could not be read, and can be read at 1280 × 720 without a scroll', async () => {
    const { page } = open;
    expect(await page.getByRole('button', { name: 'Families' }).getAttribute('aria-pressed')).toBe('true');
    await page.getByRole('button', { name: 'Fit' }).click();
    const texts = await textsOf(page);
    expect(texts.length).toBeGreaterThan(30);
    expect(texts.filter(({ font }) => font < LEAST_FONT)).toEqual([]);
    expect(texts.filter(({ line }) => line < LEAST_LINE)).toEqual([]);
    expect(texts.filter(({ isInside }) => !isInside)).toEqual([]);
    console.log(`text in the overview at 1280 × 720: ${Math.min(...texts.map(({ font }) => font)).toFixed(1)} px`);
  });

  it('is not needed on a large screen: all codes can be read there', async () => {
    const { page, close } = await openPage(browser, entries, { viewport: { width: 2560, height: 1440 } });
    await page.locator('.chart .state').first().waitFor();
    expect(await page.getByRole('button', { name: 'All codes' }).getAttribute('aria-pressed')).toBe('true');
    await page.getByRole('button', { name: 'Fit' }).click();
    const texts = await textsOf(page);
    expect(texts.length).toBeGreaterThan(100);
    expect(texts.filter(({ font, line, isInside }) => font < LEAST_FONT || line < LEAST_LINE || !isInside)).toEqual([]);
    console.log(`text of all codes at 2560 × 1440: ${Math.min(...texts.map(({ font }) => font)).toFixed(1)} px`);
    await close();
  });

  it('lights the state that is active and the line just taken', async () => {
    const flow = entries.filter(({ type }) => type !== 'chart');
    const at = flow.findIndex((entry) => entry.type === 'step' && entry.states.includes('recovering.authenticating'));
    await goTo(open.page, at + 1);
    await expect.poll(() => activeStates(open.page)).toEqual(['recovering', 'recovering.authenticating']);
    expect(await latestRows(open.page)).toEqual(['pending → recovering.authenticating']);
    await open.page.getByRole('button', { name: 'Live' }).click();
  });

  it('tells all codes and conditions of a line in the panel beside it, and the entry of each', async () => {
    const { page } = open;
    await page.locator('[data-row="pending → recovering.waiting"]').click();
    const edges = page.getByRole('list', { name: 'Edges of this line' });
    await expect.poll(() => edges.locator('li').count()).toBeGreaterThan(3);
    const told = (await edges.locator('li').allTextContents()).join('\n');
    expect(told).toContain('413, 480, 486, 500, 503, 5xx, transport error if hasRetryAfter');
    const { model } = chartIn(entries, 'retry');
    const lines = model.edges.filter(({ source, target }) => source === 'pending' && target === 'recovering.waiting');
    for (const guard of new Set(lines.flatMap((edge) => edge.guard ?? [])))
      expect(told).toContain(guard.replaceAll(' & ', ' and '));
    await edges.getByRole('button', { name: /^491/ }).click();
    await expect.poll(() => page.locator('.why').textContent()).toContain('The entry 491 Request Pending');
  });

  it('keeps what is chosen when the detail changes', async () => {
    const { page } = open;
    await page.locator('[data-row="pending → recovering.authenticating"]').click();
    await page.getByRole('button', { name: 'All codes' }).click();
    await expect
      .poll(() => page.locator('.row.chosen').getAttribute('data-row'))
      .toMatch(/^pending → recovering\.authenticating \[/);
    await page.getByRole('button', { name: 'Families' }).click();
    await expect
      .poll(() => page.locator('.row.chosen').getAttribute('data-row'))
      .toBe('pending → recovering.authenticating');
  });

  it('opens small states again when asked, and says the same as a table', async () => {
    const { page } = open;
    const cancelling = page.locator('.chart-states button', { hasText: 'cancelling' });
    expect(await cancelling.getAttribute('aria-expanded')).toBe('false');
    await cancelling.click();
    await expect.poll(() => page.locator('[data-state="cancelling.awaitingFinal"]').count()).toBe(1);
    await cancelling.click();
    await expect.poll(() => page.locator('[data-state="cancelling.awaitingFinal"]').count()).toBe(0);
    const drawn = await page.locator('.chart [data-row]').evaluateAll(ids);
    await page.getByRole('button', { name: 'Table', exact: true }).click();
    await expect
      .poll(async () => [...(await page.locator('table.edges tbody tr').evaluateAll(ids))].sort())
      .toEqual([...drawn].sort());
    await page.getByRole('button', { name: 'Chart', exact: true }).click();
  });

  it('stays whole when the window changes its size', async () => {
    const { page } = open;
    await page.getByRole('button', { name: 'Fit' }).click();
    await page.setViewportSize({ width: 1600, height: 900 });
    await expect
      .poll(async () => (await textsOf(page)).every(({ isInside, font }) => isInside && font > 11))
      .toBe(true);
    await page.setViewportSize({ width: 1280, height: 720 });
    await expect.poll(async () => (await textsOf(page)).every(({ isInside }) => isInside)).toBe(true);
  });

  it('complains about nothing', () => {
    expect(open.complaints).toEqual([]);
  });
});

describe.skipIf(!hasChromium)('the choice of an actor', () => {
  it('names the actor that is shown, from the first frame on', async () => {
    const entries = await recordEntries(threeRequests);
    const browser = await launch();
    const { page, server, close } = await openPage(
      browser,
      entries.filter(({ type }) => type === 'chart'),
    );
    await page.locator('.chart .state').first().waitFor();
    await page.evaluate(() => {
      const blank: number[] = [];
      Object.assign(window, { blank });
      const look = (): void => {
        const select = document.querySelector<HTMLSelectElement>('.actor select');
        if (select !== null) blank.push(select.selectedIndex < 0 ? 1 : 0);
        requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
    });
    for (const entry of entries.filter(({ type }) => type !== 'chart')) server.tell(entry);
    const actor = page.getByLabel('Actor');
    await expect.poll(() => actor.evaluate(selectedText)).toBe('request register');
    await actor.selectOption('request call');
    // So many others that the page forgets the first ones, but not the one that is looked at.
    const { seq = 0 } = entries.at(-1) ?? {};
    const others = Array.from({ length: 1_500 }, (_, index) => ({
      type: 'actor' as const,
      seq: seq + 1 + index,
      at: 0,
      actor: `other ${index}`,
      name: `request other${index}`,
      chart: 'retry',
      states: ['pending'],
    }));
    server.tell(...others);
    await expect.poll(() => actor.locator('option').count()).toBe(1_000);
    expect(await actor.evaluate(selectedText)).toBe('request call');
    const blank = await page.evaluate(() => (window as unknown as { blank: number[] }).blank);
    expect(blank.length).toBeGreaterThan(5);
    expect(blank.filter((one) => one === 1)).toHaveLength(0);
    await close();
    await browser.close();
  });
});

const selectedText = (select: Element): string =>
  select instanceof HTMLSelectElement ? (select.selectedOptions[0]?.textContent ?? '') : '';

const ids = (all: readonly Element[]): readonly string[] => all.map((one) => one.getAttribute('data-row') ?? '');

interface ShownText {
  readonly text: string;
  /** The size of its letters on the screen. */
  readonly font: number;
  /** The height of one of its lines. */
  readonly line: number;
  readonly isInside: boolean;
}

/** As it stands once the chart has come to rest. */
async function textsOf(page: Page): Promise<readonly ShownText[]> {
  return page.evaluate(() => {
    const frame = document.querySelector('.chart')?.getBoundingClientRect() ?? new DOMRect();
    return [...document.querySelectorAll<SVGTextElement>('.chart .name, .chart .row text')].map((text) => {
      const { left, right, top, bottom, height } = text.getBoundingClientRect();
      const lines = text.querySelectorAll(':scope > tspan').length || 1;
      return {
        text: text.textContent ?? '',
        font: parseFloat(getComputedStyle(text).fontSize) * (text.getScreenCTM()?.a ?? 0),
        line: height / lines,
        isInside: left >= frame.left && right <= frame.right && top >= frame.top && bottom <= frame.bottom,
      };
    });
  });
}

function chartIn(entries: readonly InspectorEntry[], id: string) {
  const chart = entries.find((entry) => entry.type === 'chart' && entry.id === id);
  if (chart?.type !== 'chart') throw new Error(`no chart ${id}`);
  return chart;
}
