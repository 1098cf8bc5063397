// The page for everybody: by keyboard alone, for screen readers, in light and dark, at every size.
import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { InspectorEntry } from '../../../src/inspect/inspector-entry.js';
import { activeStates, focusOn, hasChromium, launch, openPage } from './browser.js';
import { threeRequests } from './flows.js';
import { recordEntries } from './record-entries.js';

const SIZES = [
  { width: 1280, height: 720 },
  { width: 2560, height: 1440 },
] as const;

describe.skipIf(!hasChromium)('the page for everybody', () => {
  let browser: Browser;
  let entries: readonly InspectorEntry[];

  beforeAll(async () => {
    entries = await recordEntries(threeRequests);
    browser = await launch();
  });
  afterAll(() => browser.close());

  it.each(['light', 'dark'] as const)('has no violation that axe finds, in %s', async (colorScheme) => {
    for (const viewport of SIZES) {
      const { page, close } = await openPage(browser, entries, { colorScheme, viewport });
      await page.locator('.chart .state').first().waitFor();
      const found: string[] = [];
      const look = async (where: string): Promise<void> => {
        for (const violation of await violations(page)) found.push(`${where}: ${violation}`);
      };
      await look('start');
      await page.getByRole('button', { name: 'Back to the start' }).click();
      await look('back in time');
      await page.getByRole('tab', { name: 'Why' }).click();
      await look('why');
      await page.locator('[data-row]').nth(3).dispatchEvent('click');
      await look('edge');
      await page.getByRole('tab', { name: 'Try it' }).click();
      for (const summary of await page.locator('summary').all()) await summary.click();
      await look('try');
      await page.getByRole('button', { name: 'Raw messages' }).click();
      await look('raw');
      await page.getByRole('button', { name: 'Table', exact: true }).click();
      await look('table');
      expect(found).toEqual([]);
      await close();
    }
  });

  it.each(SIZES)('does not scroll sideways at $width × $height', async (viewport) => {
    const { page, close } = await openPage(browser, entries, { viewport });
    await page.locator('.chart .state').first().waitFor();
    for (const tab of ['Why', 'Try it']) {
      await page.getByRole('tab', { name: tab }).click();
      const { width, height } = await page.evaluate(() => ({
        width: document.documentElement.scrollWidth - document.documentElement.clientWidth,
        height: document.documentElement.scrollHeight - document.documentElement.clientHeight,
      }));
      expect([width, height]).toEqual([0, 0]);
      const inner = await page.evaluate(() =>
        [...document.querySelectorAll('.scroll, .panel, header, footer')]
          .filter((one) => one.scrollWidth > one.clientWidth + 1)
          .map(({ className }) => className),
      );
      expect(inner).toEqual([]);
    }
    await close();
  });

  it('can be used by keyboard alone', async () => {
    const { page, close } = await openPage(browser, entries);
    await page.locator('.chart .state').first().waitFor();
    const stops = await tabStops(page);
    expect(stops).toEqual(
      expect.arrayContaining([
        'select Actor',
        'input Find',
        'button Chart',
        'button Table',
        'svg Chart',
        'g 300,',
        'button Fit',
        'button Ladder',
        'div Messages',
        'input Moment',
        'button Play',
      ]),
    );

    await focusOn(page, 'svg');
    const before = await transform(page);
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => transform(page)).not.toBe(before);
    await page.keyboard.press('+');
    await page.keyboard.press('0');
    await page.keyboard.press('Enter');
    await page.keyboard.press('ArrowDown');
    const label = await page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
    expect(label).toMatch(/ from pending to /);
    await page.keyboard.press('Enter');
    await page.locator('.why h2').waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('svg');

    await focusOn(page, '[role=tab][aria-selected=true]');
    await page.keyboard.press('ArrowLeft');
    await page.locator('.rows').waitFor();
    await focusOn(page, '.rows');
    await page.keyboard.press('Home');
    await expect.poll(() => activeStates(page)).toEqual(['pending']);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.locator('.message').waitFor();

    await focusOn(page, 'input[type=range]');
    await page.keyboard.press('End');
    await expect.poll(() => activeStates(page)).toEqual(['accepted']);
    await close();
  });

  it('shows where the focus is', async () => {
    const { page, close } = await openPage(browser, entries);
    await page.locator('.chart .state').first().waitFor();
    for (let stop = 0; stop < 24; stop += 1) {
      await page.keyboard.press('Tab');
      const look = await page.evaluate(() => {
        const element = document.activeElement;
        if (element === null || element === document.body) return 'body';
        const { outlineStyle } = getComputedStyle(element);
        const hit = element.querySelector('.hit');
        return outlineStyle !== 'none' || (hit !== null && getComputedStyle(hit).strokeWidth === '2px')
          ? ''
          : element.outerHTML.slice(0, 80);
      });
      if (look === 'body') continue;
      expect(look).toBe('');
    }
    await close();
  });

  it('keeps the choice of colours, and moves nothing for those who want no motion', async () => {
    const { page, close } = await openPage(browser, entries, { colorScheme: 'light' });
    await page.locator('.chart .state').first().waitFor();
    expect(await theme(page)).toBe('light');
    await page.getByRole('button', { name: 'Colours: system' }).click();
    await page.getByRole('button', { name: 'Colours: light' }).click();
    await expect.poll(() => theme(page)).toBe('dark');
    await page.reload();
    await page.locator('.chart .state').first().waitFor();
    await expect.poll(() => theme(page)).toBe('dark');
    const animated = await page.evaluate(() => document.getAnimations().length);
    expect(animated).toBe(0);
    await close();
  });
});

function theme(page: Page): Promise<string | undefined> {
  return page.evaluate(() => document.documentElement.dataset['theme']);
}

function transform(page: Page): Promise<string> {
  return page.evaluate(() => document.querySelector<SVGGElement>('.chart > g')?.style.transform ?? '');
}

async function tabStops(page: Page): Promise<readonly string[]> {
  const stops: string[] = [];
  for (let stop = 0; stop < 40; stop += 1) {
    await page.keyboard.press('Tab');
    const name = await page.evaluate(() => {
      const element = document.activeElement;
      if (element === null) return '';
      const label =
        element.getAttribute('aria-label') ??
        element.closest('label')?.querySelector('span')?.textContent ??
        element.textContent ??
        '';
      return `${element.tagName.toLowerCase()} ${label.trim().split(' ')[0] ?? ''}`;
    });
    if (stops.includes(name) && name.startsWith('body')) break;
    stops.push(name);
  }
  return stops;
}

async function violations(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  const { violations: found } = await page.evaluate(() =>
    (window as unknown as { axe: typeof axe }).axe.run(document, { resultTypes: ['violations'] }),
  );
  return found.map(
    ({ id, help, nodes }) =>
      `${id}: ${help}: ${nodes
        .slice(0, 3)
        .map(({ html }) => html.slice(0, 120))
        .join(' | ')}`,
  );
}
