// Pictures of the page to be looked at, in a temporary folder: eight situations, both sizes, both themes. No text is cut in them.
import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { InspectorEntry } from '../../../src/inspect/inspector-entry.js';
import { goTo, hasChromium, launch, openPage } from './browser.js';
import { threeRequests } from './flows.js';
import { recordEntries } from './record-entries.js';

const FOLDER = process.env['SCREENSHOTS'] ?? join(tmpdir(), 'sip-retry-inspect-page');

const LOOKS = (['light', 'dark'] as const).flatMap((colorScheme) => [
  { colorScheme, width: 1280, height: 720 },
  { colorScheme, width: 2560, height: 1440 },
]);

describe.skipIf(!hasChromium)('pictures of the page', () => {
  let browser: Browser;
  let entries: readonly InspectorEntry[];

  beforeAll(async () => {
    mkdirSync(FOLDER, { recursive: true });
    entries = await recordEntries(threeRequests);
    browser = await launch();
    console.log(`The pictures are in ${FOLDER}`);
  });
  afterAll(() => browser.close());

  it.each(LOOKS)('$width × $height, $colorScheme', async ({ colorScheme, width, height }) => {
    for (const [name, arrange] of Object.entries(SITUATIONS)) {
      const { page, close } = await openPage(browser, entries, { colorScheme, viewport: { width, height } });
      await page.locator('.chart .state').first().waitFor();
      await arrange(page, entries);
      await page.waitForTimeout(200);
      await page.screenshot({ path: join(FOLDER, `${name}-${width}-${colorScheme}.png`) });
      expect(await cutTexts(page), name).toEqual([]);
      await close();
    }
  });
});

type Situation = (page: Page, entries: readonly InspectorEntry[]) => Promise<void>;

const SITUATIONS: Readonly<Record<string, Situation>> = {
  'end-of-a-flow': () => Promise.resolve(),
  'waiting-for-retry-after': async (page, entries) => {
    await page.getByLabel('Actor').selectOption('request call');
    const flow = entries.filter(({ type }) => type !== 'chart');
    await goTo(page, flow.findIndex((entry) => entry.type === 'message' && entry.summary.startsWith('MESSAGE')) + 1);
  },
  'why-an-edge': async (page) => {
    await page.getByRole('button', { name: 'Families' }).click();
    await page.locator('[data-row="pending → recovering.waiting"]').click();
  },
  'the-codes-of-this-flow': async (page) => {
    await page.getByRole('tab', { name: 'Why' }).click();
    await page.getByRole('button', { name: 'Seen' }).click();
    await page.locator('[data-row$="[hasRetryAfter]"]').waitFor({ state: 'attached' });
    await page.locator('#find').fill('hasRetryAfter');
    await page.locator('#find').press('Enter');
    await page.locator('#find').press('Escape');
  },
  'a-transaction': async (page) => {
    const name = await page.locator('option', { hasText: 'request call / client transaction' }).first().textContent();
    await page.getByLabel('Actor').selectOption(name);
  },
  'a-message': async (page) => {
    await page.locator('.rows').press('Home');
    await page.locator('.rows').press('ArrowDown');
    await page.locator('.rows').press('Enter');
  },
  'trying-a-response': async (page) => {
    await page.getByRole('tab', { name: 'Try it' }).click();
    await page.locator('#find').fill('423');
  },
  'as-a-table': async (page) => {
    await page.getByRole('button', { name: 'Table', exact: true }).click();
    await page.getByRole('tab', { name: 'Why' }).click();
  },
};

/** Text of the chart that stands outside its box, and text of the page that is longer than its place. */
function cutTexts(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const cut: string[] = [];
    for (const group of document.querySelectorAll<SVGGElement>('.chart .row, .chart .state')) {
      const [box, text] = [group.querySelector('rect')?.getBBox(), group.querySelector('text')?.getBBox()];
      if (box === undefined || text === undefined) continue;
      if (text.x < box.x || text.x + text.width > box.x + box.width + 1) cut.push(group.textContent ?? '');
    }
    for (const element of document.querySelectorAll(
      'header *, footer button, .lane-names span, .card b, .card span, .summary, .tabs button, .chart-bar button',
    )) {
      if (
        element instanceof HTMLElement &&
        !(element instanceof HTMLInputElement) &&
        element.scrollWidth > element.clientWidth + 1 &&
        element.clientWidth > 1
      )
        cut.push(element.textContent ?? '');
    }
    return cut;
  });
}
