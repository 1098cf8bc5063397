// Whatever is told, by whomever, and wherever it is asked for: no password, no HA1, no digest response.
import { createHash } from 'node:crypto';
import { createWebSocketInspector } from '@statelyai/inspect';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createActor, createMachine } from 'xstate';
import { secret } from '../../src/digest/index.js';
import type { OfficialMessage } from '../../src/inspect/index.js';
import { extendPolicy } from '../../src/policy/extend-policy.js';
import { rfcPolicy } from '../../src/policy/table/index.js';
import { simulate } from '../../src/simulator/index.js';
import { createUserAgentClient } from '../../src/transport/user-agent-client.js';
import { createUacRequest } from '../../src/uac/uac-request.js';
import { FakeTransports } from '../transport/fake-transports.js';
import { threeRequests } from './page/flows.js';
import { accepted, challenged, coreOfAlice, register, tooBrief } from './registration.js';
import { serving, type Serving } from './server/serving.js';

const PASSWORD = 'wonder/land "1"';
const HA1 = createHash('md5').update(`alice:example.com:${PASSWORD}`).digest('hex');
const GIVEN = '00112233445566778899aabbccddeeff';
/** Those of the policies, transactions and servers, and the shop as it is told from inside and over a WebSocket. */
const CHARTS = 10;
const SECRETS = ['hunter22', 'YWxpY2U6aHVudGVyMjI=', PASSWORD, JSON.stringify(PASSWORD).slice(1, -1), HA1, GIVEN];

/** A request that its application has filled with secrets of its own. */
const careless = {
  ...register,
  uri: 'sip:alice:hunter22@example.com',
  headers: [
    ...register.headers,
    ['Authorization', `Digest username="alice", realm="other", nonce="n", uri="sip:example.com", response="${GIVEN}"`],
    ['Proxy-Authorization', 'Basic YWxpY2U6aHVudGVyMjI='],
    ['X-Note', `it is ${PASSWORD}`],
  ] as const,
  body: '{"user": "alice", "password": "hunter22"}',
};

const shop = createMachine({
  id: 'shop',
  description: `the password is ${PASSWORD}`,
  initial: 'open',
  context: { user: { password: 'hunter22' }, note: PASSWORD },
  states: { open: { on: { 'log.in': { target: 'closed', description: `with ${PASSWORD}` } } }, closed: {} },
});

describe('no secret leaves the inspector', () => {
  const official: OfficialMessage[] = [];
  const digests: string[] = [];
  let server: Serving;
  let everything: string;

  beforeAll(async () => {
    server = await serving({ stately: true, official: (message) => official.push(message), secrets: [PASSWORD] });
    const { inspector } = server;
    const { inspect } = inspector;
    const core = () => coreOfAlice(undefined, { password: secret(PASSWORD) });
    const policy = extendPolicy(rfcPolicy, {
      486: [{ do: 'giveUp', because: 'busy', cite: 'local' }],
    });
    for (const one of [register, careless]) {
      const request = createUacRequest(one, { core: core(), inspect, policy });
      request.on('send', ({ request: { headers } }) => {
        for (const [, value] of headers) digests.push(...(/response="([^"]+)"/.exec(value)?.slice(1) ?? []));
      });
      void request.start();
      for (const response of [challenged, tooBrief, accepted]) request.receive(response);
    }
    const client = createUserAgentClient({
      core: core(),
      transports: new FakeTransports(),
      servers: ['sip:192.0.2.10'],
      inspect,
    });
    void (await client.request(careless)).start();
    await simulate(
      { ...threeRequests, uac: { credentials: [{ realm: 'example.com', username: 'alice', password: PASSWORD }] } },
      { inspect },
    );
    createActor(shop, { inspect }).start().send({ type: 'log.in', password: 'hunter22', note: PASSWORD });
    const theirs = createWebSocketInspector({ url: inspector.officialUrl ?? '' });
    createActor(shop, { inspect: theirs.inspect })
      .start()
      .send({ type: 'log.in', password: 'hunter22', note: PASSWORD });
    inspector.note(`note ${PASSWORD} and password=hunter22`);
    inspector.tell({ type: 'message', at: 0, from: 'x', to: 'y', summary: 'z', text: careless.body, lost: false });
    await server.entriesUntil((entry) => entry.type === 'step' && entry.actor.includes('connection'));
    await client.close();
    theirs.stop();
    const seen = new Set<string>();
    const entries = await server.entriesUntil((entry) => {
      if (entry.type === 'chart') seen.add(entry.id);
      return seen.size === CHARTS;
    });
    const answers = await Promise.all([
      ...['/', '/page.js', '/page.css', '/about', '/stately', '/stately.js', '/nothing'].map((path) =>
        server.ask(path),
      ),
      ...[
        { chart: 'shop', closed: [] },
        { chart: 'retry', closed: [] },
        { policy: null, only: [423] },
      ].map((body) => server.ask('/layout', { method: 'POST', body: JSON.stringify(body) })),
    ]);
    everything = JSON.stringify([
      entries,
      inspector.entries,
      official,
      inspector.officialActors,
      await firstPieceOf(`http://127.0.0.1:${server.port}/stately/messages`, server.token),
      answers.map(({ headers, body }) => [headers, body]),
    ]);
  });
  afterAll(() => server.inspector.close());

  it('has everything else in its answers, its streams and its messages', () => {
    expect(everything.length).toBeGreaterThan(500_000);
    for (const shown of [
      'Authorization: Digest',
      'sip:alice:•••@example.com',
      'log.in',
      'request 1 REGISTER',
      'connection 1',
    ])
      expect(everything).toContain(shown);
    expect(digests.length).toBeGreaterThan(3);
  });

  it('has none of the secrets, in none of the ways in which they can be written', () => {
    const found = [...SECRETS, ...new Set(digests)].filter((text) =>
      [text, JSON.stringify(text).slice(1, -1), encodeURIComponent(text)].some((way) => everything.includes(way)),
    );
    expect(found).toEqual([]);
  });
});

async function firstPieceOf(url: string, token: string): Promise<string> {
  const { body } = await fetch(url, { headers: { 'X-Inspector-Token': token } });
  const reader = body?.pipeThrough(new TextDecoderStream()).getReader();
  const { value = '' } = (await reader?.read()) ?? {};
  await reader?.cancel();
  return value;
}
