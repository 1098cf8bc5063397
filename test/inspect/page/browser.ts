// Headless Chromium with the page in it, and everything that it asked the network for.
import { existsSync } from 'node:fs';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { inject } from 'vitest';
import type { InspectorEntry } from '../../../src/inspect/inspector-entry.js';
import { InspectorServer } from './inspector-server.js';

const EXECUTABLE = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

export const hasChromium = existsSync(EXECUTABLE);
if (!hasChromium)
  console.warn(`The tests of the page are skipped: there is no ${EXECUTABLE} (apt-get install chromium).`);

export function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath: EXECUTABLE,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
  });
}

export interface OpenPage {
  readonly page: Page;
  readonly server: InspectorServer;
  /** Every address that was asked for. */
  readonly asked: readonly string[];
  /** What the page complained about: exceptions, and violations of its content security policy. */
  readonly complaints: readonly string[];
  readonly close: () => Promise<void>;
}

export async function openPage(
  browser: Browser,
  entries: readonly InspectorEntry[],
  options: BrowserContextOptions = {},
): Promise<OpenPage> {
  const server = new InspectorServer(inject('pageFolder'));
  server.tell(...entries);
  const url = await server.listen();
  const context = await browser.newContext({
    viewport: { width: 1280, height: 720 },
    reducedMotion: 'reduce',
    ...options,
  });
  const page = await context.newPage();
  const [asked, complaints]: [string[], string[]] = [[], []];
  page.on('request', (request) => asked.push(request.url()));
  page.on('pageerror', (cause) => complaints.push(cause.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  await page.goto(url);
  return {
    page,
    server,
    asked,
    complaints,
    close: async () => {
      await context.close();
      server.close();
    },
  };
}

/** Opens the page and, in place of the overview, the whole chart. */
export async function openAllCodes(browser: Browser, entries: readonly InspectorEntry[]): Promise<OpenPage> {
  const open = await openPage(browser, entries);
  await open.page.locator('.chart .state').first().waitFor();
  await open.page.getByRole('button', { name: 'All codes' }).click();
  await open.page.locator('[data-state="cancelling.awaitingFinal"]').waitFor();
  return open;
}

/** Goes to the moment after so many entries. */
export async function goTo(page: Page, count: number): Promise<void> {
  await page.getByLabel('Moment').fill(String(count));
}

/** The states that the chart shows as active, the machine's own frame aside. */
export function activeStates(page: Page): Promise<readonly string[]> {
  return page
    .locator('.chart .state.active')
    .evaluateAll((all) => all.map((one) => one.getAttribute('data-state') ?? ''));
}

/** The rows that the chart shows as just taken. */
export function latestRows(page: Page): Promise<readonly string[]> {
  return page.locator('.chart .row.latest').evaluateAll((all) => all.map((one) => one.getAttribute('data-row') ?? ''));
}

/** Goes on with Tab alone until the focus is on what is wanted. */
export async function focusOn(page: Page, selector: string): Promise<void> {
  for (let stop = 0; stop < MOST_STOPS; stop += 1) {
    await page.keyboard.press('Tab');
    if (await page.evaluate((one) => document.activeElement?.matches(one) === true, selector)) return;
  }
  throw new Error(`Tab does not reach ${selector}`);
}

const MOST_STOPS = 90;
