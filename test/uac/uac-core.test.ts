import { describe, expect, it } from 'vitest';
import { Keyring } from '../../src/digest/keyring.js';
import { secret } from '../../src/digest/secret.js';
import { SipRetryError } from '../../src/sip/sip-retry-error.js';
import { VirtualClock } from '../../src/timing/virtual-clock.js';
import { coreOf, createUacCore } from '../../src/uac/uac-core.js';
import { createUacRequest } from '../../src/uac/uac-request.js';
import { challenge, register } from '../machines/requests.js';
import { coreInTest, credentials, follow, numbered, running } from './running.js';

const again = ['WWW-Authenticate', 'Digest realm="example.com", nonce="n2", qop="auth"'] as const;

describe('createUacCore', () => {
  it('is one for each environment where requests name none, so that the bounds hold over all of them', () => {
    const environment = { clock: new VirtualClock(), random: () => 0.5, token: () => 'abcdefghijklmnop' };
    expect(coreOf(environment)).toBe(coreOf(environment));
    expect(coreOf({ ...environment })).not.toBe(coreOf(environment));
    expect(coreOf()).toBe(coreOf());
    follow(createUacRequest(register, { environment }));
    const second = follow(createUacRequest(numbered(register, 2), { environment }));
    expect(second.holds()).toEqual(['line']);
  });

  it('remembers rejected credentials until they change, also those that a request brings itself (RFC 3261 §22.1)', async () => {
    const { core } = coreInTest();
    const own = (password: string) => [{ username: 'alice', password: secret(password) }];
    const first = running(core, register, { credentials: own('wrong') });
    first.respond(401, [challenge]);
    first.respond(401, [again]);
    expect(await first.outcome).toMatchObject({ reason: 'credentialsRejected', attempts: 2 });
    const same = running(core, numbered(register, 2), { credentials: own('wrong') });
    same.respond(401, [challenge]);
    expect(await same.outcome).toMatchObject({ reason: 'credentialsRejected', attempts: 1 });
    const changed = running(core, numbered(register, 3), { credentials: own('right') });
    changed.respond(401, [challenge]);
    expect(changed.sent()).toHaveLength(2);
  });

  it('keeps one keyring for a provider, and takes one that is given', () => {
    const { core } = coreInTest();
    const provider = () => credentials[0];
    expect(core.keyrings.of(provider)).toBe(core.keyrings.of(provider));
    const keyring = new Keyring({ credentials });
    expect(createUacCore({ keyring }).keyring).toBe(keyring);
    const request = running(core, register, { keyring });
    request.respond(401, [challenge]);
    expect(request.sent()).toHaveLength(2);
  });

  it('lets a request change limits, but not the ceiling that it shares', () => {
    const { core } = coreInTest({ limits: { maxAttempts: 3, ceilingPerMinute: 1 } });
    running(core, register, { limits: { ceilingPerMinute: 100 } }).respond(200);
    expect(running(core, numbered(register, 2), { limits: { ceilingPerMinute: 100 } }).holds()).toEqual(['ceiling']);
  });

  it('begins after a restart with every allowance used up, and lets requests wait instead of failing', async () => {
    const { core, clock } = coreInTest({ restarted: true, credentials });
    const request = running(core, register);
    expect(request.holds()).toEqual(['ceiling']);
    clock.advance(61_000);
    request.respond(401, [challenge]);
    request.respond(200);
    expect(await request.outcome).toMatchObject({ type: 'accepted' });
  });

  it.each([
    ['a keyring and credentials', () => createUacCore({ keyring: new Keyring(), credentials })],
    ['a limit that is none', () => createUacCore({ limits: { maxAttempts: 0 } })],
    ['both of a request', () => createUacRequest(register, { keyring: new Keyring(), credentials })],
  ])('refuses %s', (_what, call) => {
    expect(call).toThrow(SipRetryError);
  });
});
