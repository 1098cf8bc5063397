import { inspect } from 'node:util';
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { driveRetry } from '../../machines/drive-retry.js';
import { SipRetryError } from '../../src/sip/sip-retry-error.js';
import { VirtualClock } from '../../src/timing/virtual-clock.js';
import { credentials, PASSWORD, rowsOf } from './driven.js';
import { challenge, register } from './requests.js';
import { textsIn } from '../texts-in.js';

const HA1 = createHash('md5').update(`alice:example.com:${PASSWORD}`).digest('hex');

describe('secrets', () => {
  it('stand in no event, snapshot, inspection event, outcome or error; digest responses only in what is sent', async () => {
    const seen: unknown[] = [];
    const responses: string[] = [];
    const clock = new VirtualClock();
    const request = driveRetry({
      request: register,
      credentials,
      environment: { clock, random: () => 0.5, token: () => 'abcdefghijklmnop' },
      inspect: (event) => seen.push(event),
    });
    const snapshots = (): void => void seen.push(JSON.parse(JSON.stringify(request.persist())));
    request.on('send', ({ request: sent, ...others }) => {
      seen.push(others);
      for (const row of rowsOf(sent, 'Authorization')) {
        const digest = /response="([0-9a-f]+)"/.exec(row)?.[1];
        if (digest !== undefined) responses.push(digest);
        expect(row).not.toContain(HA1);
        expect(row).not.toContain(PASSWORD);
      }
      snapshots();
    });
    for (const type of ['decision', 'wait', 'ask', 'done'] as const) request.on(type, (event) => void seen.push(event));
    const outcome = request.start();
    const answer = (status: number, headers: readonly (readonly [string, string])[]): void => {
      request.receive({ status, reason: '', headers, body: '' });
      snapshots();
    };
    answer(401, [challenge]);
    answer(423, [['Min-Expires', '3600']]);
    answer(503, [['Retry-After', '5']]);
    clock.runAll(1);
    answer(401, [['WWW-Authenticate', 'Digest realm="example.com", nonce="n2", qop="auth"']]);
    answer(401, [['WWW-Authenticate', 'Digest realm="example.com", nonce="n3", qop="auth"']]);
    seen.push(
      await outcome,
      request,
      thrownBy(() => driveRetry({ request: register, credentials: badCredentials() })),
    );

    expect(responses.length).toBeGreaterThanOrEqual(3);
    const everything = textsIn(seen).join('\n');
    expect(everything).toContain('example.com');
    for (const hidden of [PASSWORD, HA1, ...responses]) expect(everything.includes(hidden)).toBe(false);
    expect(inspect(request, { depth: 4, showHidden: true })).not.toContain(PASSWORD);
  });
});

function badCredentials() {
  return credentials.map((entry) => ({ ...entry, username: '' }));
}

function thrownBy(call: () => unknown): unknown {
  try {
    call();
  } catch (thrown) {
    expect(thrown).toBeInstanceOf(SipRetryError);
    return thrown instanceof Error ? [String(thrown), thrown.stack] : thrown;
  }
  throw new Error('nothing was thrown');
}
