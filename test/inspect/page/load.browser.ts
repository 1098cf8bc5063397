// A long flow leaves the page alive, and what happens is on the screen at once: measured.
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { InspectorEntry } from '../../../src/inspect/inspector-entry.js';
import { activeStates, hasChromium, launch, openPage } from './browser.js';
import { threeRequests } from './flows.js';
import { recordEntries } from './record-entries.js';

const MANY = 200_000;

describe.skipIf(!hasChromium)('the page', () => {
  it(
    `stays responsive while ${MANY.toLocaleString('en')} entries come, and keeps the last ones`,
    { timeout: 180_000 },
    async () => {
      const recorded = await recordEntries(threeRequests);
      const browser = await launch();
      const { page, server, complaints, close } = await openPage(browser, recorded);
      await page.locator('.chart .state').first().waitFor();
      await page.evaluate(() => {
        const gaps: number[] = [];
        Object.assign(window, { gaps });
        let last = performance.now();
        const frame = (): void => {
          const now = performance.now();
          gaps.push(now - last);
          last = now;
          requestAnimationFrame(frame);
        };
        requestAnimationFrame(frame);
      });
      const flow = recorded.filter(({ type }) => type !== 'chart');
      let seq = recorded.length;
      const started = performance.now();
      for (let sent = 0; sent < MANY; sent += 1_000) {
        const part = Array.from({ length: 1_000 }, (_, index) => {
          const entry = flow[(sent + index) % flow.length];
          const round = Math.floor((sent + index) / flow.length);
          // Each round has requests and transactions of its own.
          const own =
            entry !== undefined && 'actor' in entry && round % 2 === 1 ? { actor: `${entry.actor} ${round}` } : {};
          return { ...entry, ...own, seq: (seq += 1) } as InspectorEntry;
        });
        server.tell(...part);
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      const settings = page.getByRole('button', { name: /^Colours/ });
      const clicked = performance.now();
      await settings.click();
      const click = performance.now() - clicked;
      await expect.poll(() => summarised(page), { timeout: 120_000, interval: 250 }).toBeGreaterThan(MANY - 25_000);
      await expect.poll(() => kept(page), { timeout: 60_000 }).toBeGreaterThanOrEqual(20_000);
      const took = performance.now() - started;
      const gaps = await page.evaluate(() => (window as unknown as { gaps: number[] }).gaps);
      const worst = [...gaps].sort((one, other) => other - one);
      console.log(
        `${MANY} entries in ${Math.round(took)} ms; a click took ${Math.round(click)} ms; longest frames ${worst.slice(0, 3).map(Math.round).join(', ')} ms`,
      );
      expect(await kept(page)).toBeLessThanOrEqual(22_000);
      expect(worst[Math.floor(worst.length / 100)]).toBeLessThan(250);
      expect(await page.locator('.rows .row').count()).toBeLessThan(60);
      const heap = await page.evaluate(
        () => (performance as unknown as { memory: { usedJSHeapSize: number } }).memory.usedJSHeapSize,
      );
      expect(heap).toBeLessThan(200e6);
      expect(complaints).toEqual([]);
      await close();
      await browser.close();
    },
  );

  it('is painted within one second', async () => {
    const recorded = await recordEntries(threeRequests);
    const browser = await launch();
    const paints: number[] = [];
    for (let time = 0; time < 3; time += 1) {
      const { page, close } = await openPage(browser, recorded);
      await page.locator('.chart .state').first().waitFor();
      paints.push(
        await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Infinity),
      );
      await close();
    }
    console.log(`first paint after ${paints.map(Math.round).join(', ')} ms`);
    expect(Math.min(...paints)).toBeLessThan(1_000);
    await browser.close();
  });

  it('shows an event within 100 ms', async () => {
    const recorded = await recordEntries(threeRequests);
    const browser = await launch();
    const { page, server, close } = await openPage(browser, recorded);
    await expect.poll(() => activeStates(page)).toEqual(['accepted']);
    await page.evaluate(() => {
      const state = document.querySelector('.chart [data-state="recovering.waiting"]');
      if (state === null) return;
      new MutationObserver(() => {
        requestAnimationFrame(() => Object.assign(window, { lit: Date.now() }));
      }).observe(state, { attributes: true });
    });
    const times: number[] = [];
    for (let time = 0; time < 20; time += 1) {
      const states = time % 2 === 0 ? ['recovering', 'recovering.waiting'] : ['pending'];
      await page.evaluate(() => Object.assign(window, { lit: 0 }));
      const told = Date.now();
      server.tell({
        type: 'step',
        at: told,
        actor: 'request register',
        event: 'test',
        edges: [],
        states,
        seq: 100_000 + time,
      });
      await expect
        .poll(() => page.evaluate(() => (window as unknown as { lit: number }).lit), { interval: 20 })
        .toBeGreaterThan(0);
      times.push((await page.evaluate(() => (window as unknown as { lit: number }).lit)) - told);
    }
    times.sort((one, other) => one - other);
    console.log(`an event is on the screen after ${times[10]} ms (median), ${times.at(-1)} ms (longest)`);
    expect(times[10]).toBeLessThanOrEqual(100);
    await close();
    await browser.close();
  });
});

async function summarised(page: Page): Promise<number> {
  const text = (await page.locator('.hint').allTextContents())[0] ?? '0';
  return Number(text.replace(/\D/g, ''));
}

async function kept(page: Page): Promise<number> {
  const text = (await page.locator('footer .count').textContent()) ?? '';
  return Number((text.split('/')[1] ?? '').replace(/\D/g, ''));
}
