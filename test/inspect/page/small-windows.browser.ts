// Small windows, enlarged pages, and the reader's own colours: nothing lies over another thing, and all of it is reached.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { InspectorEntry } from '../../../src/inspect/inspector-entry.js';
import { goTo, hasChromium, launch, openPage } from './browser.js';
import { threeRequests } from './flows.js';
import { recordEntries } from './record-entries.js';

/** The last two are 1280 × 720 at 150 % and at 200 %. */
const SIZES = [
  { width: 1024, height: 700 },
  { width: 800, height: 700 },
  { width: 853, height: 480 },
  { width: 640, height: 360 },
] as const;

describe.skipIf(!hasChromium)('the page in small windows and other colours', () => {
  let browser: Browser;
  let entries: readonly InspectorEntry[];
  const waiting = () =>
    entries
      .filter(({ type }) => type !== 'chart')
      .findIndex((entry) => entry.type === 'step' && entry.states.includes('recovering.waiting')) + 1;

  beforeAll(async () => {
    entries = await recordEntries(threeRequests);
    browser = await launch();
  });
  afterAll(() => browser.close());

  it.each(SIZES)('lets no control lie over another or leave the window at $width × $height', async (viewport) => {
    const { page, close } = await openPage(browser, entries, { viewport });
    await page.locator('.chart .state').first().waitFor();
    await page.getByLabel('Actor').selectOption('request call');
    await goTo(page, waiting());
    await expect.poll(() => page.locator('.actor .state').textContent()).toBe('recovering.waiting');
    expect(await collisions(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0);
    const { height = 0 } = (await page.locator('.chart').boundingBox()) ?? {};
    expect(height).toBeGreaterThan(300);
    await close();
  });

  it('is scrolled with the wheel where it is longer than the window, also over the chart', async () => {
    const { page, close } = await openPage(browser, entries, { viewport: { width: 640, height: 360 } });
    await page.locator('.chart .state').first().waitFor();
    await page.locator('.chart').hover({ position: { x: 100, y: 40 } });
    await page.mouse.wheel(0, 200);
    await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(50);
    await expect.poll(() => page.locator('footer').evaluate((one) => one.getBoundingClientRect().bottom)).toBe(360);
    await close();
  });

  it.each(['light', 'dark'] as const)(
    'tells what is pressed from what is not in forced colours, %s',
    async (scheme) => {
      const { page, close } = await openPage(browser, entries, { forcedColors: 'active', colorScheme: scheme });
      await page.locator('.chart .state').first().waitFor();
      const ground = (name: string) =>
        page.getByRole('button', { name, exact: true }).evaluate((one) => getComputedStyle(one).backgroundColor);
      expect(await ground('Chart')).not.toBe(await ground('Table'));
      const underline = (name: string) =>
        page.getByRole('tab', { name }).evaluate((one) => getComputedStyle(one).borderBottomColor);
      expect(await underline('Ladder')).not.toBe(await underline('Why'));
      await close();
    },
  );

  it('keeps the focus beside the chart when an action opens another panel', async () => {
    const { page, close } = await openPage(browser, entries);
    await page.locator('.chart .state').first().waitFor();
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '');
    await page.locator('.rows').focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.locator('.message').waitFor();
    await expect.poll(focused).toBe('Why');
    await page.getByRole('button', { name: 'Try this response' }).focus();
    await page.keyboard.press('Enter');
    await page.locator('.trial-result h2').waitFor();
    await expect.poll(focused).toBe('Try it');
    await page.getByRole('button', { name: 'Show the entry' }).focus();
    await page.keyboard.press('Enter');
    await expect.poll(focused).toBe('Why');
    await close();
  });

  it('says in the table in words what the picture says by colour', async () => {
    const { page, close } = await openPage(browser, entries);
    await page.locator('.chart .state').first().waitFor();
    await page.getByLabel('Actor').selectOption('request call');
    const told = entries.filter(({ type }) => type !== 'chart');
    await goTo(page, told.findIndex((entry) => entry.type === 'message' && entry.summary.startsWith('MESSAGE')) + 1);
    const lit = (name: string, attribute: string) =>
      page
        .locator(`.chart .${name}[${attribute}]`)
        .evaluateAll((all, key) => all.map((one) => one.getAttribute(key) ?? '').sort(), attribute);
    await expect.poll(() => lit('active', 'data-state')).toEqual(['recovering', 'recovering.waiting']);
    const [visited, taken, latest] = [
      await lit('visited', 'data-state'),
      await lit('taken', 'data-row'),
      await lit('latest', 'data-row'),
    ];
    await page.getByRole('button', { name: 'Table', exact: true }).click();
    const states = page.locator('table:not(.edges) tbody tr:has(em) th');
    await expect
      .poll(() => states.evaluateAll((all) => all.map((one) => one.firstChild?.textContent ?? '').sort()))
      .toEqual([...new Set([...visited, 'recovering', 'recovering.waiting'])].sort());
    expect(await page.locator('tr.active em').allTextContents()).toEqual([
      ' active',
      expect.stringMatching(/^ active, [\d.]+ s left$/),
    ]);
    const edges = page.locator('table.edges tbody tr:has(em)');
    expect(await edges.evaluateAll((all) => all.map((one) => one.getAttribute('data-row') ?? '').sort())).toEqual(
      [...new Set([...taken, ...latest])].sort(),
    );
    expect(await page.locator('tr.latest em').allTextContents()).toEqual([' just taken']);
    await close();
  });

  it('leaves legible what a search has not found, and counts what it has', async () => {
    const { page, close } = await openPage(browser, entries);
    await page.locator('.chart .state').first().waitFor();
    await page.locator('#find').fill('423');
    await expect.poll(() => page.locator('.find output').textContent()).toMatch(/^[1-9]\d* found$/);
    const others = page.locator('.chart .row:not(.found)');
    expect(await others.count()).toBeGreaterThan(5);
    const faded = await others.evaluateAll((all) => all.filter((one) => getComputedStyle(one).opacity !== '1').length);
    expect(faded).toBe(0);
    await close();
  });

  it('calls the client UAC wherever it is spoken of', async () => {
    const { page, close } = await openPage(browser, entries);
    await page.locator('.chart .state').first().waitFor();
    await page.locator('.rows').focus();
    await page.keyboard.press('Home');
    await expect.poll(() => page.locator('footer .what').textContent()).toMatch(/^UAC → registrar: REGISTER/);
    await page.keyboard.press('Enter');
    await expect.poll(() => page.locator('.why').textContent()).toContain('UAC → registrar at');
    await close();
  });
});

/** Controls of the bars that lie over one another or outside the window. */
function collisions(page: Page): Promise<readonly string[]> {
  return page.evaluate(() =>
    ['header', '.chart-bar', 'footer'].flatMap((bar) => {
      const all = [...document.querySelectorAll(`${bar} :is(h1, button, select, input, .state)`)].map((one) => ({
        name: `${bar} ${one.getAttribute('aria-label') ?? one.textContent ?? one.tagName}`,
        box: one.getBoundingClientRect(),
      }));
      return all.flatMap(({ name, box }, place) => [
        ...(box.left < -1 || box.right > innerWidth + 1 ? [`${name} is outside`] : []),
        ...all
          .slice(place + 1)
          .filter(({ box: other }) => Math.min(box.right, other.right) - Math.max(box.left, other.left) > 2)
          .filter(({ box: other }) => Math.min(box.bottom, other.bottom) - Math.max(box.top, other.top) > 2)
          .map((other) => `${name} × ${other.name}`),
      ]);
    }),
  );
}
