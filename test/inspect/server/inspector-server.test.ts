// The server speaks to whoever has the token, from this machine and its own origin, and to nobody else.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createInspector } from '../../../src/inspect/index.js';
import { simulate } from '../../../src/simulator/index.js';
import { threeRequests } from '../page/flows.js';
import { memoryInUse } from '../memory-in-use.js';
import { serving, type Serving } from './serving.js';

describe('InspectorServer', () => {
  let server: Serving;
  let page: string;
  beforeAll(async () => {
    page = await mkdtemp(join(tmpdir(), 'inspect-'));
    for (const name of ['index.html', 'page.js', 'page.css']) await writeFile(join(page, name), name);
    server = await serving({ page, title: 'a test' });
  });
  afterAll(async () => {
    await server.inspector.close();
    await rm(page, { recursive: true });
  });

  it('has a token of 128 bits in the fragment of its address, another one each time', async () => {
    expect(server.inspector.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#token=[\w-]{22}$/);
    const other = await serving();
    expect(other.token).not.toBe(server.token);
    await other.inspector.close();
  });

  it.each(['/about', '/entries', '/layout', '/nothing'])(
    'refuses %s without the token, and with a wrong one',
    async (path) => {
      for (const token of ['', 'x', server.token.slice(1), `${server.token}x`, server.token.toLowerCase()]) {
        expect((await server.ask(path, { headers: { 'X-Inspector-Token': token } })).status).toBe(401);
      }
    },
  );

  it('does not take the token from the query', async () => {
    expect((await server.ask(`/about?token=${server.token}`, { headers: { 'X-Inspector-Token': '' } })).status).toBe(
      401,
    );
  });

  it.each(['evil.example', 'evil.example:80', '127.0.0.1', '127.0.0.1:1', 'localhost.evil.example', '[::1]'])(
    'refuses the host %s, as DNS rebinding has it, whatever the token',
    async (host) => {
      for (const path of ['/', '/page.js', '/about', '/entries']) {
        expect((await server.ask(path, { headers: { Host: host } })).status).toBe(403);
      }
    },
  );

  it.each(['https://evil.example', 'null', 'http://127.0.0.1', 'http://localhost:1', 'file://'])(
    'refuses the foreign origin %s, and lets no other origin read',
    async (origin) => {
      const { status, headers } = await server.ask('/about', { headers: { Origin: origin } });
      expect(status).toBe(403);
      expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
      const preflight = await server.ask('/about', { method: 'OPTIONS', headers: { Origin: origin } });
      expect(preflight.status).toBe(403);
    },
  );

  it('answers its own origin under both of its names', async () => {
    for (const host of [`127.0.0.1:${server.port}`, `localhost:${server.port}`]) {
      const { status, body } = await server.ask('/about', { headers: { Host: host, Origin: `http://${host}` } });
      expect([status, JSON.parse(body)]).toEqual([200, { version: expect.any(String) as string, title: 'a test' }]);
    }
  });

  it('sends the page without a token, under a strict content security policy', async () => {
    for (const [path, type] of [
      ['/', 'text/html'],
      ['/page.js', 'text/javascript'],
      ['/page.css', 'text/css'],
    ] as const) {
      const { status, headers } = await server.ask(path, { headers: { 'X-Inspector-Token': '' } });
      expect([status, headers['content-type']]).toEqual([200, `${type}; charset=utf-8`]);
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cache-control': 'no-store',
        'x-frame-options': 'DENY',
      });
      const policy = headers['content-security-policy'];
      expect(policy).toContain("default-src 'none'; script-src 'self'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toMatch(/unsafe|\*|https?:/);
    }
  });

  it('sends no other file', async () => {
    for (const path of [
      '/../package.json',
      '/%2e%2e/package.json',
      '/page.js.map',
      '/stately',
      '/index.html',
      '//x/y',
    ]) {
      expect((await server.ask(path)).status).toBe(404);
    }
  });

  it('lays charts out, and says what is wrong with a policy', async () => {
    const laidOut = await server.ask('/layout', { method: 'POST', body: '{"policy": null, "only": [423]}' });
    expect(JSON.parse(laidOut.body)).toMatchObject({ id: 'retry', layout: { width: expect.any(Number) as number } });
    const bad = await server.ask('/layout', { method: 'POST', body: '{"policy": {"name": 1}}' });
    expect(JSON.parse(bad.body)).toEqual({
      defects: ['name is 1; use a name on one line.', 'entries is missing; use an object of entries by key.'],
    });
  });

  it('takes no body over 1 MiB, and none that is no JSON', async () => {
    const tooLong = await server
      .ask('/layout', { method: 'POST', body: `"${'x'.repeat(1_048_576)}"` })
      .catch(() => ({ status: 413 }));
    expect(tooLong.status).toBe(413);
    expect((await server.ask('/layout', { method: 'POST', body: '{' })).status).toBe(400);
  });

  it('survives a request target that is none', async () => {
    const socket = connect(server.port, '127.0.0.1');
    socket.end(`GET http://[ HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nConnection: close\r\n\r\n`);
    let text = '';
    for await (const part of socket) text += String(part);
    expect(text).toMatch(/^HTTP\/1\.1 4\d\d/);
    expect((await server.ask('/about')).status).toBe(200);
  });

  it('listens on the loopback interface alone', async () => {
    const outside = Object.values(networkInterfaces())
      .flatMap((all) => all ?? [])
      .find(({ internal, family }) => !internal && family === 'IPv4');
    if (outside === undefined) return;
    const refused = await new Promise<unknown>((resolve) => {
      const socket = connect(server.port, outside.address, () => resolve('connected'));
      socket.on('error', (cause: NodeJS.ErrnoException) => resolve(cause.code));
    });
    expect(refused).not.toBe('connected');
  });

  it('says that the port is taken', async () => {
    const second = createInspector({ port: server.port });
    await expect(second.ready).rejects.toMatchObject({ code: 'EADDRINUSE' });
    await second.close();
  });

  it('lets nobody keep more than 64 connections', async () => {
    const sockets = Array.from({ length: 80 }, () => connect(server.port, '127.0.0.1').on('error', () => undefined));
    await Promise.all(
      sockets.map((socket) => new Promise((resolve) => socket.once('connect', resolve).once('close', resolve))),
    );
    await expect
      .poll(() => sockets.filter(({ destroyed, readableEnded }) => destroyed || readableEnded).length)
      .toBeGreaterThan(0);
    for (const socket of sockets) socket.destroy();
    await expect.poll(async () => (await server.ask('/about').catch(() => undefined))?.status).toBe(200);
  });
});

describe('the stream of entries', () => {
  it('gives a late page the charts, all states, and what comes', async () => {
    const { inspector, entriesUntil } = await serving();
    await simulate(threeRequests, { inspect: inspector.inspect });
    const seen = new Set<string>();
    const entries = await entriesUntil((entry) => {
      if (entry.type === 'chart') seen.add(entry.id);
      return seen.size === 7;
    });
    expect([...seen].sort()).toEqual([
      'inviteClientTransaction',
      'inviteServerTransaction',
      'network',
      'nonInviteClientTransaction',
      'nonInviteServerTransaction',
      'retry',
      'uas',
    ]);
    const flow = entries.filter(({ type }) => type !== 'chart');
    expect(flow).toEqual(inspector.entries.filter(({ type }) => type !== 'chart'));
    // A page that comes now has the charts first.
    const again = await entriesUntil((entry) => entry.type === 'actor');
    expect(again.slice(0, 7).every(({ type }) => type === 'chart')).toBe(true);
    const coming = entriesUntil((entry) => entry.type === 'note', flow.at(-1)?.seq);
    inspector.note('something new');
    expect((await coming).at(-1)).toMatchObject({ type: 'note', text: 'something new' });
    await inspector.close();
  });

  it('keeps nothing for a reader that does not read: it goes on from what is left', async () => {
    const { inspector, port, token } = await serving({ limits: { entries: 1_000 } });
    const socket = connect(port, '127.0.0.1');
    await new Promise((resolve) => socket.once('connect', resolve));
    socket.pause();
    socket.write(`GET /entries HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nX-Inspector-Token: ${token}\r\n\r\n`);
    const text = 'x'.repeat(1_000);
    const before = memoryInUse();
    for (let round = 0; round < 100; round += 1) {
      for (let number = 0; number < 1_000; number += 1) inspector.note(`${round * 1_000 + number} ${text}`);
      await new Promise((resolve) => setImmediate(resolve));
    }
    // A hundred megabytes were told.
    expect(memoryInUse() - before).toBeLessThan(20_000_000);
    let [received, last] = [0, ''];
    socket.on('data', (part) => {
      received += part.length;
      last = (last + String(part)).slice(-5_000);
    });
    socket.resume();
    await expect.poll(() => last.includes('99999 x'), { timeout: 20_000 }).toBe(true);
    expect(received).toBeLessThan(60_000_000);
    socket.destroy();
    await inspector.close();
  });
});
