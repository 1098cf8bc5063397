// What somebody without the token, or a page that has it, can do to the program that is looked at: nothing.
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { Admission } from '../../../src/inspect/server/admission.js';
import { createInspector } from '../../../src/inspect/index.js';
import { memoryInUse } from '../memory-in-use.js';
import { serving, type Serving } from './serving.js';

describe('Admission', () => {
  it('knows its own host and origin on the port that a browser leaves out', () => {
    const admission = new Admission();
    admission.listensOn(80);
    for (const host of ['127.0.0.1', 'localhost', '127.0.0.1:80', 'LOCALHOST:80']) {
      expect(admission.isOwnHost({ host })).toBe(true);
      expect(admission.isOwnOrigin({ origin: `http://${host}` })).toBe(true);
    }
    for (const host of ['evil.example', '127.0.0.1:8080', '127.0.0.1.', '']) {
      expect(admission.isOwnHost({ host })).toBe(false);
      expect(admission.isOwnOrigin({ origin: `http://${host}` })).toBe(false);
    }
    expect(admission.isOwnOrigin({ origin: 'https://localhost' })).toBe(false);
  });

  it('compares whatever is given, of any length and kind', () => {
    const admission = new Admission();
    for (const given of [undefined, null, '', 'x'.repeat(1_000_000), 7, [admission.token], { length: 22 }]) {
      expect(admission.isToken(given)).toBe(false);
    }
    expect(admission.isToken(admission.token)).toBe(true);
  });
});

describe('a hostile client', () => {
  let server: Serving;
  const uncaught: unknown[] = [];
  const catches = (cause: unknown): void => void uncaught.push(cause);
  beforeAll(async () => {
    process.on('uncaughtException', catches);
    server = await serving();
  });
  afterAll(async () => {
    await server.inspector.close();
    process.off('uncaughtException', catches);
    expect(uncaught).toEqual([]);
  });

  function open(text: string): Socket {
    const socket = connect({ port: server.port, host: '127.0.0.1', allowHalfOpen: true });
    socket.on('error', () => undefined);
    socket.write(text);
    return socket;
  }

  /** The first line of the answer; the server ends the connection. */
  async function answerTo(text: string): Promise<string> {
    const socket = open(text);
    let answer = '';
    socket.on('data', (part) => (answer += String(part)));
    // A server that refuses what it has not read resets the connection behind its answer.
    socket.on('error', () => undefined);
    await new Promise((resolve) => socket.once('end', resolve).once('close', resolve));
    socket.destroy();
    return answer.split('\r\n')[0] ?? '';
  }

  const host = (): string => `Host: 127.0.0.1:${server.port}`;
  const withToken = (): string => `X-Inspector-Token: ${server.token}`;
  const upgrade = (path: string): string =>
    `GET ${path} HTTP/1.1\r\n${host()}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`;

  it.each([
    ['no Host', () => `GET /about HTTP/1.1\r\n${withToken()}\r\n\r\n`, 400],
    ['no Host in HTTP/1.0', () => `GET /about HTTP/1.0\r\n${withToken()}\r\n\r\n`, 403],
    ['a foreign Host in HTTP/1.0', () => `GET /about HTTP/1.0\r\nHost: evil.example\r\n${withToken()}\r\n\r\n`, 403],
    [
      'a Host of its own behind a foreign one',
      () => `GET /about HTTP/1.1\r\nHost: evil.example\r\n${host()}\r\n${withToken()}\r\n\r\n`,
      403,
    ],
    [
      'a Host with a leading zero',
      () => `GET /about HTTP/1.1\r\nHost: 127.0.0.1:0${server.port}\r\n${withToken()}\r\n\r\n`,
      403,
    ],
    [
      'a Host with a user',
      () => `GET /about HTTP/1.1\r\nHost: x@127.0.0.1:${server.port}\r\n${withToken()}\r\n\r\n`,
      403,
    ],
    [
      'a Host with a dot behind it',
      () => `GET /about HTTP/1.1\r\nHost: localhost.:${server.port}\r\n${withToken()}\r\n\r\n`,
      403,
    ],
    [
      'two origins',
      () =>
        `GET /about HTTP/1.1\r\n${host()}\r\nOrigin: http://127.0.0.1:${server.port}\r\nOrigin: http://evil.example\r\n${withToken()}\r\n\r\n`,
      403,
    ],
    [
      'the token twice',
      () => `GET /about HTTP/1.1\r\n${host()}\r\nConnection: close\r\n${withToken()}\r\n${withToken()}\r\n\r\n`,
      401,
    ],
    [
      'another address in the request line, without the token',
      () => `GET http://127.0.0.1/about HTTP/1.1\r\n${host()}\r\n\r\n`,
      401,
    ],
    [
      'an upgrade to another protocol',
      () => `GET /about HTTP/1.1\r\n${host()}\r\n${withToken()}\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n`,
      403,
    ],
    ['TRACE', () => `TRACE / HTTP/1.1\r\n${host()}\r\n\r\n`, 401],
    // As much as is read at once: what a server has not read resets the connection, and its answer may be lost.
    ['a header of 20 kB', () => `GET / HTTP/1.1\r\n${host()}\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`, 431],
    [
      'a body that is never sent',
      () => `POST /layout HTTP/1.1\r\n${host()}\r\nContent-Length: 9999999999\r\n\r\n`,
      401,
    ],
    [
      'a body that is too long',
      () =>
        `POST /layout HTTP/1.1\r\n${host()}\r\n${withToken()}\r\nContent-Length: 9999999999\r\n\r\n${'x'.repeat(1_100_000)}`,
      413,
    ],
  ] as const)('is refused with %s', async (_, text, status) => {
    expect(await answerTo(text())).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect((await server.ask('/about')).status).toBe(200);
  });

  it('is refused with a header of 100 kB, of which it may hear only the reset behind the answer', async () => {
    expect(await answerTo(`GET / HTTP/1.1\r\n${host()}\r\nX: ${'x'.repeat(100_000)}\r\n\r\n`)).toMatch(
      /^(?:HTTP\/1\.1 431 .*)?$/,
    );
    expect((await server.ask('/about')).status).toBe(200);
  });

  it.each([
    '/..%2f..%2fpackage.json',
    '/%2e%2e%2fpackage.json',
    '/page.js%00',
    '/.%2e/x',
    '/\\..\\package.json',
    '/PAGE.JS',
    '/page.js/',
    '/__proto__',
    '/constructor',
  ])('gets no file as %s', async (path) => expect((await server.ask(path)).status).toBe(404));

  it('ends no program by resetting an upgrade that is refused', async () => {
    for (let count = 0; count < 20; count += 1) {
      const socket = open(upgrade('/official'));
      await once(socket, 'data');
      socket.resetAndDestroy();
    }
    const flooding = open(upgrade('/official') + 'x'.repeat(2_000_000));
    await once(flooding, 'data');
    flooding.resetAndDestroy();
    expect((await server.ask('/about')).status).toBe(200);
    expect(uncaught).toEqual([]);
  });

  it('keeps no server from closing, whatever it holds open', async () => {
    const other = await serving();
    const refused = connect({ port: other.port, host: '127.0.0.1', allowHalfOpen: true });
    refused.on('error', () => undefined);
    refused.write(upgrade('/official').replace(String(server.port), String(other.port)));
    await once(refused, 'data');
    const half = connect({ port: other.port, host: '127.0.0.1' }).on('error', () => undefined);
    half.write('GET / HT');
    const socket = new WebSocket(other.inspector.officialUrl ?? '').on('error', () => undefined);
    await once(socket, 'open');
    const startedAt = performance.now();
    await other.inspector.close();
    expect(performance.now() - startedAt).toBeLessThan(2_000);
    refused.destroy();
  });

  it('is let go when it sends its request slowly', async () => {
    const socket = open(`GET / HTTP/1.1\r\n${host()}\r\n`);
    const drip = setInterval(() => socket.write('X: y\r\n'), 500);
    let answer = '';
    for await (const part of socket) answer += String(part);
    clearInterval(drip);
    expect(answer).toMatch(/^HTTP\/1\.1 408 /);
  });

  it('gets an answer to JSON of any depth, and changes no prototype', async () => {
    const deep = `${'{"entries":'.repeat(80_000)}1${'}'.repeat(80_000)}`;
    for (const body of [
      deep,
      `{"policy":${deep}}`,
      `{"policy":null,"closed":${'['.repeat(200_000)}${']'.repeat(200_000)}}`,
      '{"__proto__":{"isBad":true},"policy":{"extends":"rfc","entries":{"__proto__":[],"constructor":[]}}}',
      '{"chart":"__proto__","closed":["__proto__","constructor"]}',
      '{"chart":{"toString":1}}',
      '[]',
      '7',
    ]) {
      const { status } = await server.ask('/layout', { method: 'POST', body });
      expect([200, 400, 500]).toContain(status);
    }
    expect('isBad' in {}).toBe(false);
    expect((await server.ask('/about')).status).toBe(200);
  });

  it('gets no chart laid out that would take minutes', async () => {
    const rows = Array.from({ length: 12 }, () => ({
      do: 'giveUp',
      because: 'busy',
      cite: 'local',
      when: ['isInDialog'],
    }));
    const entries = Object.fromEntries(
      Array.from({ length: 200 }, (_, place) => [
        400 + place,
        [...rows, { do: 'giveUp', because: 'busy', cite: 'local' }],
      ]),
    );
    const { body } = await server.ask('/layout', {
      method: 'POST',
      body: JSON.stringify({ policy: { extends: 'rfc', entries } }),
    });
    expect(JSON.parse(body)).toEqual({ defects: ['A chart of more than 150 states or 1500 edges is not laid out.'] });
  });

  it('has no more than 16 WebSockets, and loses only its own with frames that are none', async () => {
    const url = server.inspector.officialUrl ?? '';
    const sockets = Array.from({ length: 20 }, () => new WebSocket(url).on('error', () => undefined));
    const ends = await Promise.all(
      sockets.map(
        (socket) =>
          new Promise<string>((resolve) => {
            socket.on('open', () => resolve('open'));
            socket.on('close', () => resolve('refused'));
          }),
      ),
    );
    expect(ends.filter((end) => end === 'open')).toHaveLength(16);
    for (const socket of sockets) socket.terminate();
    // A frame that is not masked, one of 2^60 octets, a continuation of nothing, and a wrong code.
    for (const frame of ['810178', '81ff1000000000000000', '80810000000000', '8f80000000000000']) {
      const raw = open(upgrade(`/official?token=${server.token}`));
      await once(raw, 'data');
      raw.end(Buffer.from(frame, 'hex'));
      for await (const part of raw) expect(part).toBeDefined();
    }
    expect((await server.ask('/about')).status).toBe(200);
  });
});

describe('a flow of a million events', () => {
  it('keeps the server alive, and its memory within 64 MiB, with a page that reads and one that does not', async () => {
    const inspector = createInspector();
    const { port, hash, host } = new URL(await inspector.ready);
    const token = new URLSearchParams(hash.slice(1)).get('token') ?? '';
    const slow = connect(Number(port), '127.0.0.1').on('error', () => undefined);
    slow.pause();
    slow.write(`GET /entries HTTP/1.1\r\nHost: ${host}\r\nX-Inspector-Token: ${token}\r\n\r\n`);
    const reading = connect(Number(port), '127.0.0.1').on('error', () => undefined);
    let last = '';
    reading.on('data', (part) => (last = (last + String(part)).slice(-500)));
    reading.write(`GET /entries HTTP/1.1\r\nHost: ${host}\r\nX-Inspector-Token: ${token}\r\n\r\n`);
    const flow = async (from: number, to: number): Promise<void> => {
      for (let number = from; number < to; number += 1) {
        inspector.tell({ type: 'step', at: number, actor: `a${number % 5_000}`, event: 'e', edges: [], states: ['x'] });
        if (number % 2_000 === 0) await new Promise((resolve) => setImmediate(resolve));
      }
    };
    await flow(0, 50_000);
    const before = memoryInUse();
    await flow(50_000, 1_000_000);
    expect(memoryInUse() - before).toBeLessThan(64 * 2 ** 20);
    await expect.poll(() => last.includes('"seq":999999'), { timeout: 30_000 }).toBe(true);
    expect(inspector.entries.length).toBeLessThan(25_000);
    for (const socket of [slow, reading]) socket.destroy();
    await inspector.close();
  });
});
