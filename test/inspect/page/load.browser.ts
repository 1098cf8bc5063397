// A long flow leaves the page alive, and what happens is on the screen at once: measured.
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { InspectorEntry } from '../../../src/inspect/inspector-entry.js';
import { activeStates, hasChromium, launch, openPage } from './browser.js';
import { threeRequests } from './flows.js';
import type { InspectorServer } from './inspector-server.js';
import { recordEntries } from './record-entries.js';

const MANY = 1_000_000;
/** The page keeps 20 000 entries, and a tenth more before it summarises them. */
const MOST_KEPT = 22_000;

// What is measured on a machine that others use at the same time is tried again before it counts as a failure.
describe.skipIf(!hasChromium)('the page', { retry: 2 }, () => {
  it(
    `stays responsive while ${MANY.toLocaleString('en')} entries come, and keeps the last ones`,
    { timeout: 240_000 },
    async () => {
      const recorded = await recordEntries(threeRequests);
      const browser = await launch();
      const { page, server, complaints, close } = await openPage(browser, recorded);
      await page.locator('.chart .state').first().waitFor();
      const heapBefore = await heapOf(page);
      await watchFrames(page);
      const started = performance.now();
      await watchClicks(page);
      const [told] = await Promise.all([
        server.stream(rounds(recorded, MANY)).then(() => performance.now() - started),
        clickWhile(page, () => server.entries.at(-1)?.seq ?? 0, recorded.length + MANY),
      ]);
      await expect
        .poll(() => summarised(page), { timeout: 120_000, interval: 250 })
        .toBeGreaterThan(MANY - MOST_KEPT - 1_000);
      const taken = performance.now() - started;
      const heap = await heapOf(page);
      const frames = (await page.evaluate(() => (window as unknown as { gaps: number[] }).gaps)).toSorted(
        (one, other) => other - one,
      );
      const clicks = await page.evaluate(() => (window as unknown as { clicks: number[] }).clicks);
      const [onScreen, longest] = [await timesToScreen(page, server, recorded.length + MANY), frames[0] ?? 0];
      console.log(
        [
          `${MANY.toLocaleString('en')} entries: told in ${inSeconds(told)}, taken by the page in ${inSeconds(taken)} (${((taken * 1_000) / MANY).toFixed(1)} µs each)`,
          `heap ${inMegabytes(heapBefore)} before, ${inMegabytes(heap)} after`,
          `frames: longest ${Math.round(longest)} ms, one of a hundred over ${Math.round(frames[Math.floor(frames.length / 100)] ?? 0)} ms`,
          `a click while they come: ${clicks.map(Math.round).join(', ')} ms`,
          `afterwards an event is on the screen after ${Math.round(median(onScreen))} ms (median), ${Math.round(Math.max(...onScreen))} ms (longest)`,
        ].join('\n'),
      );
      expect(await kept(page)).toBeLessThanOrEqual(MOST_KEPT);
      // Other programs may have the machine at the same time.
      expect(frames[Math.floor(frames.length / 100)]).toBeLessThan(500);
      expect(await page.locator('.rows .row').count()).toBeLessThan(60);
      expect(heap).toBeLessThan(60e6);
      expect(taken / MANY).toBeLessThan(0.2);
      expect(median(onScreen)).toBeLessThanOrEqual(100);
      expect(clicks.length).toBeGreaterThan(0);
      expect(median(clicks)).toBeLessThan(500);
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
    const times = [...(await timesToScreen(page, server, 100_000))];
    times.sort((one, other) => one - other);
    console.log(`an event is on the screen after ${times[10]} ms (median), ${times.at(-1)} ms (longest)`);
    expect(times[10]).toBeLessThanOrEqual(100);
    await close();
    await browser.close();
  });
});

/** The same flow again and again; every other round has requests and transactions of its own. */
function* rounds(recorded: readonly InspectorEntry[], many: number): Iterable<readonly InspectorEntry[]> {
  const flow = recorded.filter(({ type }) => type !== 'chart');
  for (let sent = 0; sent < many; sent += PART) {
    yield Array.from({ length: Math.min(PART, many - sent) }, (_, index) => {
      const [entry, round] = [flow[(sent + index) % flow.length], Math.floor((sent + index) / flow.length)];
      const own =
        entry !== undefined && 'actor' in entry && round % 2 === 1 ? { actor: `${entry.actor} ${round}` } : {};
      return { ...entry, ...own, seq: recorded.length + sent + index } as InspectorEntry;
    });
  }
}

const PART = 1_000;

/** How long frames take, from now on. */
async function watchFrames(page: Page): Promise<void> {
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
}

/** From now on: how long the page takes from a click of the mouse until what it did is drawn. */
async function watchClicks(page: Page): Promise<void> {
  await page.evaluate(() => {
    const clicks: number[] = [];
    Object.assign(window, { clicks });
    document.addEventListener('click', ({ timeStamp }) => {
      // What is put off in a frame runs after it is drawn.
      requestAnimationFrame(() => setTimeout(() => clicks.push(performance.now() - timeStamp)));
    });
  });
}

/** Clicks a button with the mouse every half second until the last entry has been told. */
async function clickWhile(page: Page, told: () => number, last: number): Promise<void> {
  const box = await page.locator('header [aria-label^=Colours]').boundingBox();
  while (told() < last - 1 && box !== null) {
    await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

/** Of what is really in use: the garbage is collected before. */
async function heapOf(page: Page): Promise<number> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('HeapProfiler.collectGarbage');
  const { usedSize } = await devtools.send('Runtime.getHeapUsage');
  await devtools.detach();
  return usedSize;
}

/** Milliseconds from telling a step until the frame in which the chart shows what it led to. */
async function timesToScreen(page: Page, server: InspectorServer, seq: number): Promise<readonly number[]> {
  const times: number[] = [];
  for (let time = 0; time < 20; time += 1) {
    const waiting = time % 2 === 0;
    await watchFor(page, waiting);
    const told = Date.now();
    const states = waiting ? ['recovering', 'recovering.waiting'] : ['pending'];
    const step = { type: 'step', at: told, actor: 'request register', event: 'test', edges: [], states } as const;
    server.tell({ ...step, seq: seq + time });
    times.push((await page.evaluate(() => (window as unknown as { shown: Promise<number> }).shown)) - told);
  }
  return times;
}

/** From now on each frame looks whether the chart shows the request as waiting, or as not waiting; the first that does is kept. */
async function watchFor(page: Page, waiting: boolean): Promise<void> {
  await page.evaluate((wanted) => {
    const shown = new Promise<number>((resolve) => {
      const look = (): void => {
        // Looked up each time: the chart may have been drawn anew.
        const state = document.querySelector('.chart [data-state="recovering.waiting"]');
        if (state?.classList.contains('active') === wanted) resolve(Date.now());
        else requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
    });
    Object.assign(window, { shown });
  }, waiting);
}

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Infinity;
}

function inSeconds(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`;
}

function inMegabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

async function summarised(page: Page): Promise<number> {
  const text = (await page.locator('.hint').allTextContents())[0] ?? '0';
  return Number(text.replace(/\D/g, ''));
}

async function kept(page: Page): Promise<number> {
  const text = (await page.locator('footer .count').textContent()) ?? '';
  return Number((text.split('/')[1] ?? '').replace(/\D/g, ''));
}
