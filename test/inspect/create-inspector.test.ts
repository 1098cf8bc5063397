// One line in a program: what is seen, that no secret is in it, and that it costs nothing where it is not there.
import { createHash } from 'node:crypto';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { createInspector, type InspectorOptions, type OfficialMessage } from '../../src/inspect/index.js';
import { secret } from '../../src/digest/index.js';
import { createUacRequest } from '../../src/uac/uac-request.js';
import { createUserAgentClient } from '../../src/transport/user-agent-client.js';
import { simulate, type ScenarioInput } from '../../src/simulator/index.js';
import { FakeTransports } from '../transport/fake-transports.js';
import { threeRequests } from './page/flows.js';
import { accepted, challenged, coreOfAlice, register, tooBrief } from './registration.js';
import { serving } from './server/serving.js';

const PASSWORD = 'wonderland-is-secret';
const HA1 = createHash('md5').update(`alice:example.com:${PASSWORD}`).digest('hex');
describe('createInspector', () => {
  it.each([['password', { password: secret(PASSWORD) }] as const, ['HA1', { ha1: secret(HA1) }] as const])(
    'has no secret in any entry, message or answer: request with a %s',
    async (_, credential) => {
      const official: OfficialMessage[] = [];
      const { inspector, entriesUntil } = await serving({
        official: (message) => official.push(message),
        stately: true,
      });
      const request = createUacRequest(register, {
        core: coreOfAlice(undefined, credential),
        inspect: inspector.inspect,
      });
      const digests: string[] = [];
      request.on('send', ({ request: sent }) => {
        for (const [name, value] of sent.headers) {
          if (name === 'Authorization') digests.push(/response="([0-9a-f]+)"/.exec(value)?.[1] ?? '');
        }
      });
      void request.start();
      for (const response of [challenged, tooBrief, accepted]) request.receive(response);
      expect(digests).toHaveLength(2);
      const streamed = await entriesUntil((entry) => entry.type === 'chart');
      const everything = JSON.stringify([inspector.entries, official, inspector.officialActors, streamed]);
      expect(everything).toContain('request 1 REGISTER');
      for (const secret of [PASSWORD, HA1, ...digests, '0123456789"']) expect(everything).not.toContain(secret);
      await inspector.close();
    },
  );

  it('has no digest response in the messages of a client on a wire', async () => {
    const { inspector } = await serving();
    const core = coreOfAlice(undefined, { password: secret(PASSWORD) });
    const transports = new FakeTransports();
    const client = createUserAgentClient({ core, transports, servers: ['sip:192.0.2.10'], inspect: inspector.inspect });
    const wired: string[] = [];
    client.on('message', ({ text }) => wired.push(text));
    const request = await client.request({
      ...register,
      headers: [
        [
          'Authorization',
          'Digest username="alice", realm="example.com", nonce="n", uri="sip:example.com", response="0a1b2c3d4e5f"',
        ],
        ...register.headers,
      ],
    });
    void request.start();
    await expect.poll(() => wired.length).toBeGreaterThan(0);
    expect(wired.join('')).toContain('response="');
    const entries = inspector.entries;
    const message = entries.find((entry) => entry.type === 'message');
    expect(message).toMatchObject({ from: 'uac', to: 'udp:192.0.2.10:5060', summary: 'REGISTER sip:example.com' });
    const [, digest = ''] = /response="([^"]+)"/.exec(wired.join('')) ?? [];
    expect(JSON.stringify(entries)).not.toContain(digest);
    expect(entries.filter((entry) => entry.type === 'actor').map(({ name }) => name)).toEqual([
      'request 1 REGISTER',
      'request 1 REGISTER / client transaction 1',
    ]);
    await client.close();
    await inspector.close();
  });

  it('has no secret of a scenario in what it shows of a simulation', async () => {
    const { inspector } = await serving();
    const scenario: ScenarioInput = {
      ...threeRequests,
      uac: { credentials: [{ realm: 'example.com', username: 'alice', password: PASSWORD }] },
    };
    await simulate(scenario, { inspect: inspector.inspect });
    const everything = JSON.stringify(inspector.entries);
    expect(everything).toContain('Authorization: Digest');
    for (const secret of [PASSWORD, HA1]) expect(everything).not.toContain(secret);
    expect(everything).not.toMatch(/response=\\"[0-9a-f]/);
    await inspector.close();
  });

  it('masks texts that it is told to, wherever they stand', async () => {
    const { inspector } = await serving({ secrets: ['my-pin'] });
    inspector.note('the pin is my-pin');
    expect(inspector.entries).toMatchObject([{ type: 'note', text: 'the pin is •••' }]);
    await inspector.close();
  });

  it('never throws into the program, and is silent once it is closed', async () => {
    const { inspector } = await serving({
      official: () => {
        throw new Error('of the application');
      },
    });
    const request = createUacRequest(register, {
      core: coreOfAlice(undefined, { password: secret(PASSWORD) }),
      inspect: inspector.inspect,
    });
    expect(() => void request.start()).not.toThrow();
    expect(inspector.entries.some((entry) => entry.type === 'note')).toBe(true);
    await inspector.close();
    const { length } = inspector.entries;
    request.cancel();
    expect(inspector.entries).toHaveLength(length);
    expect(() => inspector.inspect({ type: '@xstate.snapshot' })).not.toThrow();
  });
});

describe('a program without an inspector', () => {
  it.each([
    'src/uac/index.ts',
    'src/transport/index.ts',
    'src/index.ts',
    'machines/index.ts',
    'src/simulator/index.ts',
  ])('loads nothing of it: %s', async (entry) => {
    expect((await bundled(entry)).filter((file) => /^src\/inspect\/|ws\/|elkjs/.test(file))).toEqual([]);
  });

  it('is not told to inspect: only the request that is given an inspector has one', () => {
    const seen: string[] = [];
    const core = coreOfAlice(undefined, { password: secret(PASSWORD) });
    const plain = createUacRequest(register, { core });
    void plain.start();
    const watched = createUacRequest(register, { core, inspect: ({ type }) => seen.push(type) });
    void watched.start();
    expect(seen).toContain('@xstate.snapshot');
    const { length } = seen;
    plain.cancel();
    expect(seen).toHaveLength(length);
    watched.cancel();
    expect(seen.length).toBeGreaterThan(length);
  });
});

describe('a mistake of the program', () => {
  it.each([
    [{ port: 'abc' }, 'options.port must be a whole number from 0 to 65535.'],
    [{ port: -1 }, 'options.port must be a whole number from 0 to 65535.'],
    [{ port: 65_536 }, 'options.port must be a whole number from 0 to 65535.'],
    [{ port: 80.5 }, 'options.port must be a whole number from 0 to 65535.'],
    [{ ports: 8080 }, 'options.ports is an unknown key (did you mean "port"?)'],
  ])('is told before anything is opened: %j', (options, sentence) => {
    const create = () => createInspector(options as InspectorOptions);
    expect(create).toThrow(expect.objectContaining({ name: 'SipRetryError', code: 'badOptions' }));
    expect(create).toThrow(sentence);
  });
});

describe('the build for browsers', () => {
  it('needs nothing of Node, no socket and no layout', async () => {
    const files = await bundled('src/inspect/browser.ts', 'browser');
    expect(files.filter((file) => /^node:|ws\/|elkjs|src\/inspect\/(?:server|chart|page)\//.test(file))).toEqual([]);
    expect(files).toContain('src/inspect/official/official-writer.ts');
  });
});

/** The files in the bundle of an entry point, and what it imports from outside. */
async function bundled(entry: string, platform: 'node' | 'browser' = 'node'): Promise<readonly string[]> {
  const { metafile } = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    metafile: true,
    format: 'esm',
    platform,
    outdir: 'out',
    logLevel: 'silent',
  });
  const imports = Object.values(metafile.outputs).flatMap((output) => output.imports.map(({ path }) => path));
  return [...Object.keys(metafile.inputs), ...imports];
}
