// The official inspector's language, out and in, with the package that speaks it.
import { createWebSocketInspector } from '@statelyai/inspect';
import { describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { createActor, createMachine, fromPromise, setup } from 'xstate';
import type { OfficialMessage } from '../../../src/inspect/index.js';
import type { InspectorEntry } from '../../../src/inspect/inspector-entry.js';
import { createInspector as createBrowserInspector } from '../../../src/inspect/browser.js';
import type { MessageFrom } from '../../../src/inspect/official/create-browser-inspector.js';
import { chartOf } from '../../../src/inspect/chart/index.js';
import { createRetryMachine } from '../../../machines/retry.machine.js';
import { simulate } from '../../../src/simulator/index.js';
import { threeRequests } from '../page/flows.js';
import { serving } from '../server/serving.js';
import { light } from './light.js';

describe('out', () => {
  it('tells complete definitions: the chart that is read from them is the chart', async () => {
    const messages: OfficialMessage[] = [];
    const { inspector } = await serving({ official: (message) => messages.push(message) });
    await simulate(threeRequests, { inspect: inspector.inspect });
    await inspector.close();
    const retry = messages.find((message) => message.type === '@xstate.actor' && message.name === 'request register');
    const definition = retry?.type === '@xstate.actor' ? retry.definition : '';
    expect(definition).not.toMatch(/\[Object\]|\[…\]/);
    const sent = chartOf(JSON.parse(definition));
    const own = chartOf(createRetryMachine().config);
    // The order of states and edges is part of a chart: first come, first asked.
    expect(sent).toEqual(own);
  });

  it('tells actors apart, although each has a system of its own that counts from 0', async () => {
    const messages: OfficialMessage[] = [];
    const { inspector } = await serving({ official: (message) => messages.push(message) });
    await simulate(threeRequests, { inspect: inspector.inspect });
    const actors = messages.filter(({ type }) => type === '@xstate.actor').map(({ sessionId }) => sessionId);
    expect(new Set(actors).size).toBe(actors.length);
    expect(inspector.officialActors.map(({ sessionId }) => sessionId)).toEqual(actors);
    await inspector.close();
  });

  it('tells each snapshot as it is at that moment, not later', async () => {
    const messages: OfficialMessage[] = [];
    const { inspector } = await serving({ official: (message) => messages.push(message) });
    const actor = createActor(light, { inspect: inspector.inspect }).start();
    actor.send({ type: 'next' });
    actor.send({ type: 'next' });
    const values = messages.flatMap((message) =>
      'snapshot' in message ? [(message.snapshot as { value: unknown }).value] : [],
    );
    expect(values).toEqual(['red', 'green', 'off']);
    expect(JSON.stringify(messages)).not.toContain('hunter22');
    await inspector.close();
  });

  it('makes the same messages as the package does, but for what is masked and the order of keys', async () => {
    const theirs: unknown[] = [];
    const ours: OfficialMessage[] = [];
    const { inspector } = await serving({ official: (message) => ours.push(message) });
    const socket = createWebSocketInspector({
      url: 'ws://127.0.0.1:1',
      autoStart: false,
      filter: (message) => theirs.push(message) > 0,
    });
    const machine = createMachine({ id: 'plain', initial: 'a', states: { a: { on: { go: 'b' } }, b: {} } });
    const inspect = (event: Parameters<NonNullable<typeof socket.inspect.next>>[0]): void => {
      inspector.inspect(event);
      socket.inspect.next?.(event);
    };
    createActor(machine, { inspect }).start().send({ type: 'go' });
    await expect.poll(() => theirs.length).toBeGreaterThanOrEqual(5);
    const shapeOf = (message: unknown) => {
      const { type, event, snapshot, definition } = message as Record<string, unknown>;
      const { value, status } = (snapshot ?? {}) as Record<string, unknown>;
      return {
        type,
        event,
        value,
        status,
        definition: typeof definition === 'string' ? (JSON.parse(definition) as unknown) : undefined,
      };
    };
    const plain = (messages: readonly unknown[]) =>
      messages.map(shapeOf).filter(({ event }) => (event as { type?: string })?.type === 'go');
    expect(plain(ours)).toEqual(plain(theirs));
    // As it goes over the wire: the same members in each, and the same version.
    const membersOf = (messages: readonly unknown[], wanted: string) => {
      const found = messages.find((message) => (message as { type: string }).type === wanted);
      return Object.keys(JSON.parse(JSON.stringify(found)) as object).sort();
    };
    for (const type of ['@xstate.actor', '@xstate.event', '@xstate.snapshot'])
      expect([type, membersOf(ours, type)]).toEqual([type, membersOf(theirs, type)]);
    expect(ours.map(({ _version }) => _version)).toContain((theirs[0] as OfficialMessage)._version);
    const [their] = theirs.map(shapeOf);
    const our = ours.map(shapeOf).find(({ type }) => type === '@xstate.actor');
    expect(our?.definition).toEqual(their?.definition);
    await inspector.close();
  });
});

describe('in', () => {
  const isStep = (entry: InspectorEntry): boolean => entry.type === 'step' && entry.states.includes('off');

  it('shows an application that points the package at the page, with the edges it must have taken', async () => {
    const { inspector, entriesUntil } = await serving();
    const theirs = createWebSocketInspector({ url: inspector.officialUrl ?? '' });
    const actor = createActor(light, { inspect: theirs.inspect }).start();
    actor.send({ type: 'next' });
    actor.send({ type: 'next' });
    const entries = await entriesUntil(isStep);
    const told = entries.flatMap((entry) => (entry.type === 'step' ? [[entry.event, entry.states, entry.edges]] : []));
    expect(told.slice(-2)).toEqual([
      ['next', ['green'], ['red:next:0']],
      // Which of two edges with the same event and different targets: the one that leads to where it is.
      ['next', ['off'], ['green:next:1']],
    ]);
    const charts = await entriesUntil((entry) => entry.type === 'chart');
    expect(charts.at(-1)).toMatchObject({ type: 'chart', id: 'light' });
    expect(JSON.stringify(inspector.entries)).not.toContain('hunter22');
    theirs.stop();
    await inspector.close();
  });

  it('shows machines that are nothing like ours: parallel states, invoked actors, children, delays', async () => {
    const child = createMachine({
      id: 'child',
      initial: 'x',
      states: { x: { on: { GO: 'y' } }, y: { type: 'final' } },
    });
    const shop = setup({ actors: { child, load: fromPromise(() => Promise.resolve(42)) } }).createMachine({
      id: 'shop',
      type: 'parallel',
      invoke: { src: 'child', id: 'kid' },
      states: {
        cart: {
          initial: 'empty',
          states: { empty: { on: { 'item.add': 'full' } }, full: { after: { 1: 'stale' } }, stale: {} },
        },
        login: { initial: 'out', states: { out: { invoke: { src: 'load', onDone: 'in' } }, in: {} } },
      },
    });
    const { inspector, entriesUntil } = await serving();
    const theirs = createWebSocketInspector({ url: inspector.officialUrl ?? '' });
    const inside = await serving();
    const actor = createActor(shop, {
      inspect: (event) => {
        theirs.inspect.next?.(event);
        inside.inspector.inspect(event);
      },
    }).start();
    actor.send({ type: 'item.add' });
    const isLast = (entry: InspectorEntry): boolean => entry.type === 'step' && entry.states.includes('cart.stale');
    const told = [await entriesUntil(isLast), await inside.entriesUntil(isLast)];
    for (const entries of told) {
      const edges = entries.flatMap((entry) => (entry.type === 'step' ? entry.edges : []));
      expect(new Set(edges)).toEqual(
        new Set(['cart.empty:item.add:0', 'login.out:done load:0', 'cart.full:after 1:0']),
      );
      expect(
        entries
          .filter((entry) => entry.type === 'actor')
          .map(({ chart }) => chart)
          .sort(),
      ).toEqual(['child', 'shop']);
    }
    const charts: InspectorEntry[] = [];
    await entriesUntil((entry) => entry.type === 'chart' && charts.push(entry) === 2);
    const [chart] = charts;
    expect(chart?.type === 'chart' && chart.layout.states.map(({ state }) => state.id)).toEqual(
      expect.arrayContaining(['cart.empty', 'cart.full', 'cart.stale', 'login.out', 'login.in']),
    );
    theirs.stop();
    await Promise.all([inspector.close(), inside.inspector.close()]);
  });

  it('knows an application that is loaded again: it has the chart that it had', async () => {
    const { inspector, entriesUntil } = await serving();
    for (const connection of [1, 2, 3]) {
      const theirs = createWebSocketInspector({ url: inspector.officialUrl ?? '' });
      createActor(light, { inspect: theirs.inspect }).start();
      const entries = await entriesUntil(
        (entry) => entry.type === 'actor' && entry.actor.includes(`connection ${connection},`),
      );
      expect(entries.at(-1)).toMatchObject({ chart: 'light' });
      theirs.stop();
    }
    await inspector.close();
  });

  async function open(url: string, headers: Record<string, string> = {}): Promise<'open' | number | 'error'> {
    const socket = new WebSocket(url, { headers });
    return new Promise((resolve) => {
      socket.on('open', () => {
        socket.terminate();
        resolve('open');
      });
      socket.on('unexpected-response', (_request, { statusCode }) => resolve(statusCode ?? 'error'));
      socket.on('error', () => resolve('error'));
    });
  }

  it('admits pages of this machine with the token, and nobody else', async () => {
    const { inspector, port, token } = await serving();
    const url = `ws://127.0.0.1:${port}/official`;
    expect(await open(`${url}?token=${token}`)).toBe('open');
    expect(await open(`${url}?token=${token}`, { Origin: 'http://localhost:5173' })).toBe('open');
    expect(await open(`${url}?token=${token}`, { Origin: 'https://evil.example' })).toBe(403);
    expect(await open(`${url}?token=${token}`, { Origin: 'http://localhost.evil.example' })).toBe(403);
    expect(await open(`${url}?token=${token}`, { Host: 'evil.example' })).toBe(403);
    expect(await open(`${url}?token=${token}x`)).toBe(403);
    expect(await open(url)).toBe(403);
    expect(await open(`ws://127.0.0.1:${port}/entries?token=${token}`)).toBe(403);
    await inspector.close();
  });

  it('passes over whatever is no message, pollutes no prototype, and stays', async () => {
    const { inspector, ask } = await serving();
    const socket = new WebSocket(inspector.officialUrl ?? '');
    await new Promise((resolve) => socket.once('open', resolve));
    const deep = `${'{"states":{"a":'.repeat(20_000)}{}${'}}'.repeat(20_000)}`;
    const hostile = [
      'no JSON',
      '[]',
      'null',
      '{"type":"@xstate.actor","sessionId":"1","definition":"{"}',
      '{"type":"@xstate.actor","sessionId":"__proto__","definition":"{\\"id\\":\\"x\\",\\"states\\":{\\"__proto__\\":{\\"isBad\\":true},\\"constructor\\":{}}}","snapshot":{"value":{"__proto__":{"isBad":"x"}}}}',
      '{"__proto__":{"isBad":true},"type":"@xstate.snapshot","sessionId":"__proto__","snapshot":{"value":"constructor"},"event":{"type":"x"}}',
      JSON.stringify({ type: '@xstate.actor', sessionId: '2', definition: deep, snapshot: {} }),
      JSON.stringify({
        type: '@xstate.actor',
        sessionId: '3',
        createdAt: '9e99',
        definition: { states: {} },
        snapshot: { value: [1] },
      }),
      JSON.stringify({
        type: '@xstate.actor',
        sessionId: '4',
        definition: '{"states":{"a":{"on":{"x":{"target":"nowhere"}}}}}',
        snapshot: { value: 7 },
      }),
    ];
    for (const message of hostile) socket.send(message);
    socket.send(new Uint8Array([1, 2, 3]));
    await expect.poll(() => inspector.entries.some((entry) => entry.type === 'note')).toBe(true);
    await expect
      .poll(() => inspector.entries.some((entry) => entry.type === 'actor' && entry.actor.includes(', 4)')))
      .toBe(true);
    expect('isBad' in {}).toBe(false);
    expect((await ask('/about')).status).toBe(200);
    const closed = new Promise((resolve) => socket.once('close', resolve));
    socket.on('error', () => undefined);
    socket.send('x'.repeat(1_048_577));
    await closed;
    expect((await ask('/about')).status).toBe(200);
    await inspector.close();
  });

  it('keeps no more charts than 64, and lays none out that is too large', async () => {
    const { inspector } = await serving();
    const socket = new WebSocket(inspector.officialUrl ?? '');
    await new Promise((resolve) => socket.once('open', resolve));
    for (let number = 0; number < 100; number += 1) {
      const definition = JSON.stringify({ id: `chart ${number}`, initial: 'a', states: { a: {} } });
      socket.send(
        JSON.stringify({ type: '@xstate.actor', sessionId: String(number), definition, snapshot: { value: 'a' } }),
      );
    }
    await expect.poll(() => inspector.entries.length).toBeGreaterThanOrEqual(32);
    expect(
      new Set(inspector.entries.flatMap((entry) => (entry.type === 'actor' ? [entry.chart] : []))).size,
    ).toBeLessThanOrEqual(64);
    socket.terminate();
    await inspector.close();
  });
});

describe('--stately', () => {
  it('serves nothing of it unless it was asked for', async () => {
    const { inspector, ask } = await serving();
    for (const path of ['/stately', '/stately.js', '/stately/messages']) expect((await ask(path)).status).toBe(404);
    expect(inspector.statelyUrl).toBeUndefined();
    await inspector.close();
  });

  it('frames that site alone, posts to that site alone, and begins with all actors', async () => {
    const { inspector, ask, port, token } = await serving({ stately: true });
    const page = await ask('/stately');
    expect(page.headers['content-security-policy']).toMatch(/frame-src https:\/\/stately\.ai$/);
    expect(page.headers['content-security-policy']).not.toMatch(/unsafe|\*/);
    expect((await ask('/stately', { headers: { Origin: 'https://evil.example' } })).status).toBe(403);
    const { body } = await ask('/stately.js');
    expect(body).toContain('event.origin !== site');
    expect(body).not.toContain("'*'");
    expect((await ask('/stately/messages', { headers: { 'X-Inspector-Token': '' } })).status).toBe(401);
    createActor(light, { inspect: inspector.inspect }).start().send({ type: 'next' });
    const stream = await fetch(`http://127.0.0.1:${port}/stately/messages`, {
      headers: { 'X-Inspector-Token': token },
    });
    const reader = stream.body!.pipeThrough(new TextDecoderStream()).getReader();
    const { value = '' } = await reader.read();
    expect(JSON.parse(value.slice(6))).toMatchObject({ type: '@xstate.actor', snapshot: { value: 'green' } });
    await reader.cancel();
    await inspector.close();
  });
});

describe('in a browser', () => {
  it('posts to its page alone once that is there, all actors first', () => {
    const posted: (readonly [unknown, string])[] = [];
    const page = { postMessage: (message: unknown, origin: string) => void posted.push([message, origin]) };
    let listener: (event: MessageFrom) => void = () => undefined;
    const window = {
      open: () => page,
      addEventListener: (_type: 'message', added: typeof listener) => (listener = added),
      removeEventListener: () => undefined,
    };
    const { inspect } = createBrowserInspector({ url: 'https://viewer.example/inspect', window });
    const actor = createActor(light, { inspect }).start();
    actor.send({ type: 'next' });
    const connected = { type: '@statelyai.connected' };
    listener({ origin: 'https://evil.example', source: page, data: connected });
    listener({ origin: 'https://viewer.example', source: {}, data: connected });
    expect(posted).toEqual([]);
    listener({ origin: 'https://viewer.example', source: page, data: connected });
    actor.send({ type: 'next' });
    expect(posted.map(([message]) => (message as OfficialMessage).type)).toEqual([
      '@xstate.actor',
      '@xstate.event',
      '@xstate.snapshot',
    ]);
    expect(new Set(posted.map(([, origin]) => origin))).toEqual(new Set(['https://viewer.example']));
    expect(JSON.stringify(posted)).not.toContain('hunter22');
  });

  it('lets a program go on where no window opens', () => {
    const window = { open: () => null, addEventListener: () => undefined, removeEventListener: () => undefined };
    const { inspect } = createBrowserInspector({ window });
    expect(() => createActor(light, { inspect }).start()).not.toThrow();
  });
});
