// Everything of the page without a mouse: Tab leads to it, and keys do it.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { InspectorEntry } from '../../../src/inspect/inspector-entry.js';
import { parsePolicy } from '../../../src/policy/parse-policy.js';
import { activeStates, focusOn, hasChromium, launch, openPage, type OpenPage } from './browser.js';
import { threeRequests } from './flows.js';
import { recordEntries } from './record-entries.js';

describe.skipIf(!hasChromium)('by keyboard alone', () => {
  let browser: Browser;
  let entries: readonly InspectorEntry[];
  let open: OpenPage;
  let page: Page;

  beforeAll(async () => {
    entries = await recordEntries(threeRequests);
    browser = await launch();
  });
  afterAll(() => browser.close());

  beforeEach(async () => {
    open = await openPage(browser, entries);
    ({ page } = open);
    await page.locator('.chart .state').first().waitFor();
    return () => open.close();
  });

  const press = async (selector: string, ...keys: readonly string[]): Promise<void> => {
    await focusOn(page, selector);
    for (const key of keys) await page.keyboard.press(key);
  };
  /** In the place of what stands in a field. */
  const write = async (selector: string, text: string): Promise<void> => {
    await press(selector, 'Control+A');
    await page.keyboard.type(text);
  };
  const result = (): Promise<string | null> => page.locator('.trial-result').textContent();

  it('an actor is chosen', async () => {
    const chosen = () => page.getByLabel('Actor').inputValue();
    // The choice grows while the flow comes in.
    await expect.poll(() => page.locator('.actor option').allTextContents()).toContain('request call');
    expect(await chosen()).toBe('request register');
    await press('.actor select', 'ArrowDown');
    await expect.poll(chosen).toBe('request call');
    await page.keyboard.type('server reg');
    await expect.poll(chosen).toMatch(/^server registrar/);
  });

  it('an edge is chosen, and the reasons are told', async () => {
    await press('svg', 'Enter', 'End', 'Home', 'ArrowDown', 'ArrowDown', 'ArrowUp');
    const label = await page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '');
    expect(label).toMatch(/, from pending to /);
    await page.keyboard.press('Enter');
    await expect.poll(() => page.locator('.why h2').textContent()).toMatch(/^pending → /);
    expect(await page.locator('.row.chosen').getAttribute('aria-label')).toBe(label);
  });

  it('the chart is moved, zoomed and fitted', async () => {
    const place = () =>
      page.evaluate(() =>
        document
          .querySelector<SVGGElement>('.chart > g')
          ?.style.transform.match(/[-\d.]+/g)
          ?.map(Number),
      );
    await press('svg', '0');
    const [x = 0, y = 0, scale = 0] = (await place()) ?? [];
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowDown');
    await expect.poll(async () => (await place())?.[0]).toBeCloseTo(x - 80, 1);
    await expect.poll(async () => (await place())?.[1]).toBeCloseTo(y - 80, 1);
    await page.keyboard.press('+');
    await expect.poll(async () => (await place())?.[2]).toBeCloseTo(scale * 1.25, 3);
    await page.keyboard.press('-');
    await page.keyboard.press('0');
    await expect.poll(place).toEqual([x, y, scale]);
  });

  it('compound states are closed and opened, and the detail is changed', async () => {
    const count = () => page.locator('[data-state^="recovering."]').count();
    const before = await count();
    await press('.chart-states button', 'Enter');
    await expect.poll(count).toBe(0);
    await page.keyboard.press('Space');
    await expect.poll(count).toBe(before);
    await press('.chart-bar .segments button:last-child', 'Enter');
    await expect.poll(() => page.locator('[data-row*="hasRetryAfter"]').count()).toBeGreaterThan(0);
  });

  it('something is found, one place after the other', async () => {
    await press('#find');
    await page.keyboard.type('hasRetryAfter');
    await expect.poll(() => page.locator('.find output').textContent()).toMatch(/^[1-9]/);
    await page.keyboard.press('Enter');
    await expect.poll(() => page.locator('.row.chosen').count()).toBe(1);
    await page.keyboard.press('Escape');
    await expect.poll(() => page.locator('.row.found').count()).toBe(0);
  });

  it('the table is opened, and an edge in it', async () => {
    await press('header .segments button:last-child', 'Enter');
    await page.locator('table.edges').waitFor();
    await press('table.edges button', 'Enter');
    await page.locator('.why h2').waitFor();
  });

  it('time goes back and on, at another speed', async () => {
    await press('input[type=range]', 'Home');
    await expect.poll(() => page.locator('footer .count').textContent()).toMatch(/^1 \//);
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => page.locator('footer .count').textContent()).toMatch(/^2 \//);
    await press('.speed select', 'End');
    await expect.poll(() => page.getByLabel('Speed').inputValue()).toBe('20');
    await press('button.play', 'Space');
    await expect.poll(() => activeStates(page), { timeout: 20_000 }).toEqual(['accepted']);
    await press('button.live', 'Enter');
    await expect.poll(() => page.locator('button.live').getAttribute('aria-pressed')).toBe('true');
  });

  it('a message is read', async () => {
    await press('.rows', 'Home', 'ArrowDown', 'Enter');
    await expect.poll(() => page.locator('.message').textContent()).toContain('SIP/2.0 401');
  });

  it('a response is tried, pasted, limits and rows are edited, and the policy is exported', async () => {
    await press('[role=tab][aria-selected=true]', 'ArrowRight', 'ArrowRight');
    await write('#try-code', '503');
    await write('#try-headers', 'Retry-After: 9');
    await expect.poll(result).toContain('503 → wait');

    await press('.try .segments button:last-child', 'Enter');
    await write('#try-response', 'SIP/2.0 423 Interval Too Brief\nMin-Expires: 1800\n');
    await expect.poll(result).toContain('423 → raise the interval');

    await press('.try > details:nth-of-type(1) > summary', 'Enter');
    await write('.try > details[open] input', '3');
    expect(await page.locator('.try > details[open] input').first().inputValue()).toBe('3');

    await press('.try > details:nth-of-type(2) > summary', 'Enter');
    await write('#entry-rows', '[{"do":"giveUp","because":"busy","cite":"local"}]');
    await press('button.main:enabled', 'Enter');
    await expect.poll(() => page.locator('#entry-key option:checked').textContent()).toContain('(changed)');

    await press('.try > details:nth-of-type(3) > summary', 'Enter');
    await focusOn(page, 'a[download]');
    const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')]);
    let text = '';
    for await (const part of await download.createReadStream()) text += String(part);
    const parsed = parsePolicy(JSON.parse(text));
    expect(parsed.ok && parsed.policy.entries['486' as never]).toMatchObject({ rules: [{ because: 'busy' }] });
  });
});
