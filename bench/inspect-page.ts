// What the inspector's page takes: the first paint, the layout of the whole policy, an event, a million events; in headless Chromium.
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { buildInspectPage } from '../scripts/inspect-page.js';
import { createInspector, type Inspector } from '../src/inspect/index.js';
import { SimulatedFlow } from '../src/inspect/recorder/simulated-flow.js';
import { rfcPolicy } from '../src/policy/table/index.js';
import { simulate } from '../src/simulator/index.js';
import { threeRequests } from '../test/inspect/page/flows.js';

const EXECUTABLE = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
const ROUNDS = 7;
const EVENTS = 50;
const MANY = 1_000_000;
const LAST = 'the last of very many';

/** Programs for the page, as text: this file knows no browser. Moments are milliseconds since 1970. */
const FIRST_PAINT = `performance.timeOrigin + performance.getEntriesByName('first-contentful-paint')[0].startTime`;
const WATCH = `new MutationObserver(() => requestAnimationFrame(() => { window.lit = Date.now(); }))
  .observe(document.querySelector('.chart [data-state="recovering.waiting"]'), { attributes: true })`;

/** Measures and prints; says so where there is no browser. */
export async function measurePage(): Promise<void> {
  if (!existsSync(EXECUTABLE)) {
    console.log(`The page is not measured: there is no ${EXECUTABLE} (apt-get install chromium).`);
    return;
  }
  const folder = await mkdtemp(join(tmpdir(), 'inspect-page-'));
  await buildInspectPage(folder);
  const browser = await chromium.launch({ executablePath: EXECUTABLE, args: ['--no-sandbox', '--disable-gpu'] });
  console.log(`The page, in Chromium ${browser.version()} at 1280 × 720; load of the machine ${inShort(loadavg()[0])}`);
  try {
    await measureOpening(browser, folder);
    await measureLayouts(folder);
    await measureEvents(browser, folder);
    await measureMany(browser, folder);
  } finally {
    await browser.close();
    await rm(folder, { recursive: true });
  }
}

/** Each round has a server and a browser context of its own: nothing is cached, no thread has been started. */
async function measureOpening(browser: Browser, page: string): Promise<void> {
  const [painted, drawn]: [number[], number[]] = [[], []];
  for (let round = 0; round < ROUNDS; round += 1) {
    const inspector = await inspectorWithFlow(page);
    const url = await inspector.ready;
    const up = Date.now();
    const tab = await openTab(browser, url);
    await tab.locator('.chart [data-row="pending → recovering.waiting"]').waitFor();
    drawn.push(Date.now() - up);
    painted.push(Number(await tab.evaluate(FIRST_PAINT)) - up);
    await tab.context().close();
    await inspector.close();
  }
  tell('first paint after the server is up', painted);
  tell('overview drawn after the server is up', drawn);
}

/** As the page asks for them; the first one of a server starts its thread and loads the library. */
async function measureLayouts(page: string): Promise<void> {
  const times = new Map<string, number[]>();
  for (let round = 0; round < ROUNDS; round += 1) {
    const inspector = createInspector({ page });
    const url = new URL(await inspector.ready);
    const token = url.hash.replace('#token=', '');
    for (const [name, asked] of [
      ['layout of the whole policy, thread not yet started', { policy: null }],
      ['layout of the whole policy', { policy: null }],
      ['layout of the overview', { policy: null, detail: 'families', closed: ['cancelling'] }],
    ] as const) {
      const started = performance.now();
      const answer = await fetch(new URL('/layout', url.origin), {
        method: 'POST',
        headers: { 'X-Inspector-Token': token, 'Content-Type': 'application/json' },
        body: JSON.stringify(asked),
      });
      if (!('layout' in ((await answer.json()) as object))) throw new Error('The server did not lay the chart out.');
      const known = times.get(name) ?? [];
      times.set(name, [...known, performance.now() - started]);
    }
    await inspector.close();
  }
  for (const [name, all] of times) tell(name, all);
}

/** From telling a step until the frame in which its state is lit: through the store, the stream and the page. */
async function measureEvents(browser: Browser, page: string): Promise<void> {
  const { inspector, tab } = await openFlow(browser, page);
  tell('an event on the screen', await eventTimes(inspector, tab));
  await tab.context().close();
  await inspector.close();
}

async function measureMany(browser: Browser, page: string): Promise<void> {
  const { inspector, tab } = await openFlow(browser, page);
  const flow = inspector.entries.filter(({ type }) => type !== 'chart');
  const devtools = await tab.context().newCDPSession(tab);
  const before = await heapOf(devtools);
  const started = performance.now();
  for (let sent = 0; sent < MANY; sent += 1) {
    const entry = flow[sent % flow.length];
    if (entry !== undefined) inspector.tell(entry);
    // The server answers between, as it does when events come from timers and sockets.
    if (sent % 500 === 499) await new Promise(setImmediate);
  }
  inspector.note(LAST);
  const told = performance.now() - started;
  await tab.locator('footer .what', { hasText: LAST }).waitFor({ timeout: 300_000 });
  const shown = performance.now() - started;
  const after = await heapOf(devtools);
  console.log(
    `  a million events: told in ${inShort(told / 1_000)} s, the last one on the page after ${inShort(shown / 1_000)} s`,
  );
  console.log(`  the page’s heap: ${inShort(before / 1e6)} MB before, ${inShort(after / 1e6)} MB after`);
  console.log(
    `  the server keeps ${inspector.entries.length.toLocaleString('en')} entries; resident ${inShort(process.memoryUsage().rss / 1e6)} MB`,
  );
  tell('an event on the screen, afterwards', await eventTimes(inspector, tab));
  await tab.context().close();
  await inspector.close();
}

async function openFlow(browser: Browser, page: string) {
  const inspector = await inspectorWithFlow(page);
  const tab = await openTab(browser, await inspector.ready);
  await tab.locator('.chart .state.active').first().waitFor();
  return { inspector, tab };
}

/** With everything that three requests did in a simulation, as `sip-retry inspect` tells it. */
async function inspectorWithFlow(page: string): Promise<Inspector> {
  const inspector = createInspector({ page });
  const flow = new SimulatedFlow();
  const transcript = await simulate(threeRequests, { inspect: flow.inspect });
  for (const happening of flow.of(transcript, rfcPolicy)) {
    if ('event' in happening) inspector.inspect(happening.event);
    else inspector.tell(happening.entry);
  }
  return inspector;
}

async function openTab(browser: Browser, url: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 720 } });
  const tab = await context.newPage();
  await tab.goto(url);
  return tab;
}

async function eventTimes(inspector: Inspector, tab: Page): Promise<readonly number[]> {
  await tab.evaluate(WATCH);
  const actor = await tab.getByLabel('Actor').inputValue();
  const times: number[] = [];
  for (let time = 0; time < EVENTS; time += 1) {
    await tab.evaluate('window.lit = 0');
    const at = Date.now();
    const states = time % 2 === 0 ? ['recovering', 'recovering.waiting'] : ['pending'];
    inspector.tell({ type: 'step', at, actor, event: 'bench', edges: [], states });
    let lit = 0;
    while (lit === 0) {
      await tab.waitForTimeout(10);
      lit = Number(await tab.evaluate('window.lit'));
    }
    times.push(lit - at);
  }
  return times;
}

interface Devtools {
  send(method: 'HeapProfiler.collectGarbage'): Promise<unknown>;
  send(method: 'Runtime.getHeapUsage'): Promise<{ readonly usedSize: number }>;
}

async function heapOf(devtools: Devtools): Promise<number> {
  await devtools.send('HeapProfiler.collectGarbage');
  return (await devtools.send('Runtime.getHeapUsage')).usedSize;
}

function tell(name: string, times: readonly number[]): void {
  const sorted = times.toSorted((one, other) => one - other);
  const [median, worst] = [sorted[Math.floor(sorted.length / 2)], sorted.at(-1)];
  console.log(
    `${inShort(median).padStart(8)} ms median, ${inShort(worst).padStart(7)} ms longest of ${times.length}: ${name}`,
  );
}

function inShort(value = Infinity): string {
  return value.toFixed(1);
}
