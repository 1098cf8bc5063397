// What comes from a peer is text: it runs nothing, loads nothing, and changes nothing of the page.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { InspectorEntry } from '../../../src/inspect/inspector-entry.js';
import { goTo, hasChromium, launch, openPage, type OpenPage } from './browser.js';
import { threeRequests } from './flows.js';
import { recordEntries } from './record-entries.js';

const EVIL = [
  '<img src=x onerror="window.harmed=1">',
  '<script>window.harmed=1</script>',
  '"><svg onload="window.harmed=1">',
  "'-alert(1)-'",
  'javascript:window.harmed=1',
  '</title><style>*{display:none}</style>',
  '\u202Egnol\u0000\u001b[31m',
  '<a href="http://evil.example/">x</a>',
].join(' ');

describe.skipIf(!hasChromium)('a hostile peer', () => {
  let browser: Browser;
  let open: OpenPage;

  beforeAll(async () => {
    browser = await launch();
    open = await openPage(browser, hostile(await recordEntries(threeRequests)));
    await open.page.locator('.chart .state').first().waitFor();
  });
  afterAll(async () => {
    await open.close();
    await browser.close();
  });

  it('runs nothing, whatever its reason phrases, realms, headers and names are', async () => {
    const { page } = open;
    const count = Number(((await page.locator('footer .count').textContent()) ?? '').split('/')[1]);
    for (let at = 1; at <= count; at += 7) await goTo(page, at);
    for (const tab of ['Ladder', 'Why', 'Try it']) await page.getByRole('tab', { name: tab }).click();
    await page.getByRole('tab', { name: 'Ladder' }).click();
    for (const row of [0, 1, 2]) {
      await page.locator('.rows').press('Home');
      for (let step = 0; step < row; step += 1) await page.locator('.rows').press('ArrowDown');
      await page.locator('.rows').press('Enter');
      await expect.poll(() => page.getByRole('tab', { name: 'Why' }).getAttribute('aria-selected')).toBe('true');
      await page.getByRole('tab', { name: 'Ladder' }).click();
    }
    const overview = page.getByRole('group', { name: 'Detail' }).getByRole('button').first();
    await overview.click();
    await expect.poll(() => overview.getAttribute('aria-pressed')).toBe('true');
    await page.getByRole('button', { name: 'Table', exact: true }).click();
    expect(await page.evaluate(() => 'harmed' in window)).toBe(false);
    expect(await page.locator('#page img, #page script, #page a[href^="http"]').count()).toBe(0);
    expect(await page.locator('header').isVisible()).toBe(true);
  });

  it('shows what it sent as text, without turning the writing direction', async () => {
    await open.page.getByRole('tab', { name: 'Ladder' }).click();
    const text = (await open.page.locator('.rows').textContent()) ?? '';
    expect(text).toContain('<script>window.harmed=1</script>');
    expect(text).not.toContain('\u202E');
  });

  it('makes the page ask for nothing from outside', () => {
    const hosts = new Set(
      open.asked
        .map((address) => new URL(address))
        .filter(({ protocol }) => protocol !== 'data:')
        .map(({ host }) => host),
    );
    expect([...hosts]).toEqual([new URL(open.page.url()).host]);
    const paths = open.asked.map((address) => new URL(address).pathname).filter((path) => path.startsWith('/'));
    expect(new Set(paths)).toEqual(new Set(['/', '/page.js', '/page.css', '/about', '/entries', '/layout']));
  });

  it('violates no rule of the content security policy', () => {
    expect(open.complaints).toEqual([]);
  });
});

/** Every text that a peer could have chosen, and those that it could not. */
function hostile(entries: readonly InspectorEntry[]): readonly InspectorEntry[] {
  return entries.map((entry): InspectorEntry => {
    switch (entry.type) {
      case 'chart':
        return { ...entry, model: { ...entry.model, name: `${entry.model.name} ${EVIL}` } };
      case 'actor':
        return { ...entry, name: `${entry.name} ${EVIL}` };
      case 'message':
        return { ...entry, summary: `${entry.summary} ${EVIL}`, text: `${entry.text}${EVIL}\r\n` };
      case 'decision':
        return {
          ...entry,
          action: `${entry.action} ${EVIL}`,
          why: EVIL,
          changes: [...entry.changes, { what: EVIL, before: [EVIL], after: [EVIL] }],
        };
      case 'outcome':
        return { ...entry, reason: EVIL };
      case 'note':
        return { ...entry, text: EVIL };
      default:
        return entry;
    }
  });
}

describe.skipIf(!hasChromium)('a wrong token', () => {
  it('shows a sentence, and asks no further', async () => {
    const browser = await launch();
    const { page, close } = await openPage(browser, []);
    const url = new URL(page.url());
    await page.goto('about:blank');
    await page.goto(`${url.origin}/#token=wrong`);
    await page.getByText('refused the token').waitFor();
    await close();
    await browser.close();
  });
});
