// The official inspector's page in a real browser: the package's own receiver gets our messages, in a frame and in a window.
import { createServer } from 'node:net';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chromium, type Browser, type BrowserContext, type Frame, type Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createActor } from 'xstate';
import { chartOf } from '../../../src/inspect/chart/index.js';
import type { OfficialMessage } from '../../../src/inspect/index.js';
import { serving, type Serving } from '../server/serving.js';
import { light } from './light.js';
import { serveViewer, type Viewer } from './viewer.js';

/** A program in a browser, with the inspector as it is bundled for browsers. */
const PROGRAM = `
import { createActor, createMachine } from 'xstate';
import { createInspector } from '../../../src/inspect/browser.js';
const machine = createMachine({ id: 'light', initial: 'red', context: { password: 'hunter22' },
  states: { red: { on: { next: 'green' } }, green: { on: { next: 'red' } } } });
window.begin = (url) => {
  const inspector = createInspector({ url });
  const actor = createActor(machine, { inspect: inspector.inspect }).start();
  Object.assign(window, { actor, inspector });
};
`;

const CHROMIUM = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

describe.skipIf(!existsSync(CHROMIUM))('the official page', () => {
  let browser: Browser;
  let viewer: Viewer;
  let context: BrowserContext;
  let asked: string[];
  let complaints: string[];

  beforeAll(async () => {
    [browser, viewer] = await Promise.all([
      chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-gpu'] }),
      serveViewer({ program: PROGRAM }),
    ]);
  });
  afterAll(async () => {
    await browser.close();
    viewer.server.close();
  });
  beforeEach(async () => {
    context = await browser.newContext();
    [asked, complaints] = [[], []];
    context.on('request', (request) => asked.push(request.url().split('#')[0] ?? ''));
    context.on('weberror', (error) => complaints.push(error.error().message));
    context.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    return () => context.close();
  });

  function receivedBy(page: Page | Frame): Promise<readonly OfficialMessage[]> {
    return page.evaluate<readonly OfficialMessage[]>('window.received');
  }

  async function open(server: Serving): Promise<{ readonly page: Page; readonly frame: Frame }> {
    const page = await context.newPage();
    await page.goto(server.inspector.statelyUrl ?? '');
    await expect.poll(() => page.frames().some((frame) => frame.url() === viewer.url)).toBe(true);
    const frame = page.frames().find((one) => one.url() === viewer.url);
    if (frame === undefined) throw new Error('There is no frame.');
    return { page, frame };
  }

  it('in a frame: opened late it has the whole chart and the state of now, then each step, and no secret', async () => {
    const server = await serving({ stately: { url: viewer.url } });
    const actor = createActor(light, { inspect: server.inspector.inspect }).start();
    actor.send({ type: 'next' });
    const { page, frame } = await open(server);
    await expect.poll(async () => (await receivedBy(frame)).length).toBe(1);
    const [first] = await receivedBy(frame);
    expect(first).toMatchObject({ type: '@xstate.actor', snapshot: { value: 'green', status: 'active' } });
    const definition = first?.type === '@xstate.actor' ? first.definition : '';
    expect(chartOf(JSON.parse(definition)).edges.map(({ id }) => id)).toEqual([
      'red:next:0',
      'green:next:0',
      'green:next:1',
    ]);
    actor.send({ type: 'next' });
    await expect.poll(async () => (await receivedBy(frame)).length).toBe(3);
    const received = await receivedBy(frame);
    expect(received.map(({ type }) => type)).toEqual(['@xstate.actor', '@xstate.event', '@xstate.snapshot']);
    expect(received[2]).toMatchObject({ snapshot: { value: 'off', status: 'done' }, event: { type: 'next' } });
    expect(JSON.stringify(received)).not.toContain('hunter22');
    expect(await page.getByRole('status').isHidden()).toBe(true);
    const own = `http://127.0.0.1:${server.port}`;
    expect(asked).toEqual([
      `${own}/stately`,
      `${own}/stately.js`,
      viewer.url,
      `${viewer.url}.js`,
      `${own}/stately/messages`,
    ]);
    expect(complaints).toEqual([]);
    await server.inspector.close();
  });

  it('in a frame: loaded again, it has everything again', async () => {
    const server = await serving({ stately: { url: viewer.url } });
    createActor(light, { inspect: server.inspector.inspect }).start();
    const { frame } = await open(server);
    await expect.poll(async () => (await receivedBy(frame)).length).toBe(1);
    await frame.goto(viewer.url);
    await expect.poll(async () => (await receivedBy(frame).catch(() => [])).length).toBe(1);
    await server.inspector.close();
  });

  it('in a frame: cannot read the token, and is told nothing where another site stands in the frame', async () => {
    const server = await serving({ stately: { url: viewer.url } });
    createActor(light, { inspect: server.inspector.inspect }).start();
    const { frame } = await open(server);
    const readParent = '(() => { try { return parent.location.href; } catch { return document.referrer; } })()';
    expect(await frame.evaluate(readParent)).toBe('');
    const other = await serveViewer();
    const page = await context.newPage();
    await page.goto(server.inspector.statelyUrl ?? '');
    await page.evaluate(`document.querySelector('iframe').src = '${other.url}'`);
    // The policy of the page lets no other site into its frame.
    await expect.poll(() => complaints.some((text) => text.includes('frame-src'))).toBe(true);
    expect(page.frames().some((one) => one.url() === other.url)).toBe(false);
    other.server.close();
    await server.inspector.close();
  });

  it('without the internet: one line says so and leads to the page that needs none', async () => {
    const nobody = createServer().listen(0, '127.0.0.1');
    await once(nobody, 'listening');
    const { port } = nobody.address() as { port: number };
    nobody.close();
    const server = await serving({ stately: { url: `http://127.0.0.1:${port}/inspect` } });
    const page = await context.newPage();
    await page.goto(server.inspector.statelyUrl ?? '');
    await page.getByText(`http://127.0.0.1:${port} does not answer: it needs the internet.`).waitFor();
    const link = page.getByRole('link', { name: 'sip-retry’s own page' });
    expect(await link.evaluate((one) => String(Reflect.get(one, 'href')))).toBe(server.inspector.url);
    expect((await server.ask('/about')).status).toBe(200);
    await server.inspector.close();
  });

  it('says when the program has ended', async () => {
    const server = await serving({ stately: { url: viewer.url } });
    const { page } = await open(server);
    await server.inspector.close();
    await page.getByText('The program has ended.').waitFor();
  });

  it('in a window that a program in a browser opens: all actors when it is there, then each step, then the end', async () => {
    const page = await context.newPage();
    await page.goto(viewer.url.replace('/inspect', '/program'));
    const opened = context.waitForEvent('page');
    await page.evaluate(`window.begin('${viewer.url.replace('127.0.0.1', 'localhost')}')`);
    const popup = await opened;
    await expect.poll(async () => (await receivedBy(popup).catch(() => [])).length).toBe(1);
    await page.evaluate("window.actor.send({ type: 'next' })");
    await expect.poll(async () => (await receivedBy(popup)).length).toBe(3);
    const received = await receivedBy(popup);
    expect(received[0]).toMatchObject({ type: '@xstate.actor', snapshot: { value: 'red' } });
    expect(received[2]).toMatchObject({ type: '@xstate.snapshot', snapshot: { value: 'green' } });
    expect(JSON.stringify(received)).not.toContain('hunter22');
    await page.evaluate('window.inspector.close()');
    await expect.poll(() => popup.evaluate('window.ended')).toBe(true);
    expect(complaints).toEqual([]);
  });
});
