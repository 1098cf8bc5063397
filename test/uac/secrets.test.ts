import { createHash } from 'node:crypto';
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { createUacCore } from '../../src/uac/uac-core.js';
import { memoryStore } from '../../src/uac/request-store.js';
import { createUacRequest } from '../../src/uac/uac-request.js';
import { challenge, register } from '../machines/requests.js';
import { coreInTest, credentials, PASSWORD, responseOf, rowsOf } from './running.js';
import { textsIn } from '../texts-in.js';

const HA1 = createHash('md5').update(`alice:example.com:${PASSWORD}`).digest('hex');

describe('secrets', () => {
  it('stand in no event, snapshot, store, outcome or error; digest responses only in what is sent', async () => {
    const { core, clock } = coreInTest({ credentials });
    const seen: unknown[] = [];
    const responses: string[] = [];
    const store = memoryStore();
    const beforeSend = (request: typeof register) => {
      seen.push(request);
      return { ...request, body: 'x' };
    };
    const uac = createUacRequest(register, { core, store, beforeSend, inspect: (event) => seen.push(event) });
    uac.on('send', ({ request, ...others }) => {
      seen.push(others, JSON.parse(JSON.stringify(uac.persist())));
      for (const row of rowsOf(request, 'Authorization')) responses.push(/response="([0-9a-f]+)"/.exec(row)?.[1] ?? '');
    });
    for (const type of ['decision', 'wait', 'hold', 'storeFailure', 'done'] as const) {
      uac.on(type, (event: object) => seen.push(event));
    }
    const outcome = uac.start();
    const answer = async (status: number, headers: readonly (readonly [string, string])[]): Promise<void> => {
      uac.receive(responseOf(status, headers));
      seen.push(await store.load(), uac.persist());
    };
    await answer(401, [challenge]);
    core.health.noteUnavailable('example.com', 600_000);
    await answer(503, [['Retry-After', '5']]);
    clock.advance(10_000);
    seen.push(await store.load());
    clock.advance(1_000_000);
    await answer(401, [['WWW-Authenticate', 'Digest realm="example.com", nonce="n2", qop="auth", stale=true']]);
    await answer(401, [['WWW-Authenticate', 'Digest realm="example.com", nonce="n3", qop="auth"']]);
    seen.push(
      await outcome,
      uac,
      core,
      errorOf(() => createUacCore({ credentials: [{ ...credentials[0]!, username: '' }] })),
    );

    expect(responses).toHaveLength(3);
    const everything = textsIn(seen).join('\n');
    expect(everything).toContain('n2');
    expect(everything).toContain('quarantine');
    for (const hidden of [PASSWORD, HA1, ...responses]) expect(everything.includes(hidden)).toBe(false);
    for (const object of [uac, core]) {
      expect(inspect(object, { depth: 8, showHidden: true })).not.toContain(PASSWORD);
      expect(JSON.stringify(object)).not.toContain(PASSWORD);
    }
  });
});

function errorOf(call: () => unknown): unknown {
  try {
    call();
  } catch (thrown) {
    return [String(thrown), thrown instanceof Error ? thrown.stack : ''];
  }
  throw new Error('nothing was thrown');
}
