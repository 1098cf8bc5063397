// Mistakes of the program at the doors of the UAC: told where they are made, with what to do.
import { describe, expect, it } from 'vitest';
import { SipRetryError } from '../../src/sip/sip-retry-error.js';
import { setHeader } from '../../src/sip/header-list.js';
import type { SipRequest, SipResponse } from '../../src/sip/message.js';
import { keepRegistered, resumeRegistration, type KeepRegisteredOptions } from '../../src/uac/keep-registered.js';
import { memoryStore } from '../../src/uac/request-store.js';
import { sendWithRetry } from '../../src/uac/send-with-retry.js';
import { createUacCore, type UacCoreOptions } from '../../src/uac/uac-core.js';
import { createUacRequest, resumeUacRequest, type UacRequestOptions } from '../../src/uac/uac-request.js';
import { challenge, invite, register } from '../machines/requests.js';
import { kept } from './registrar.js';
import { coreInTest, later, responseOf, running } from './running.js';

const options: SipRequest = { ...invite, method: 'OPTIONS', headers: setHeader(invite.headers, 'CSeq', '1 OPTIONS') };
const notARequest = { method: 'REGISTER', uri: 'sip:a' } as SipRequest;
const begin = (options: object) => () => createUacRequest(register, options);
const keep = (options: object) => () => keepRegistered(register, options);

describe('a mistake of the program', () => {
  it.each([
    ['no request', () => (createUacRequest as () => unknown)(), 'badRequest', 'This is no request'],
    ['a request without headers', () => createUacRequest(notARequest), 'badRequest', 'This is no request'],
    ['no REGISTER', () => (keepRegistered as () => unknown)(), 'badRequest', 'This is no request'],
    ['a core that is none', begin({ core: {} }), 'badOptions', 'options.core.environment must be an object'],
    ['a signal that is none', begin({ signal: {} }), 'badOptions', 'options.signal.addEventListener must be'],
    ['a time that is none', begin({ ringMs: 'soon' }), 'badOptions', 'options.ringMs must be a number of milliseconds'],
    ['a policy that is none', begin({ policy: {} }), 'badOptions', 'options.policy.entries must be an object'],
    ['servers that are no list', begin({ client: { servers: 'sip:a' } }), 'badOptions', 'options.client.servers must'],
    ['an unknown option', begin({ timeout: 5 }), 'badOptions', 'options.timeout is an unknown key; use one of policy,'],
    ['an unknown member of client', begin({ client: { server: [] } }), 'badOptions', '(did you mean "servers"?)'],
    ['an option of a request alone', keep({ ringMs: 5 }), 'badOptions', 'options.ringMs is an unknown key'],
    ['limits that are none', keep({ limits: { maxAttempts: 0 } }), 'badLimits', 'limits.maxAttempts is 0'],
    ['credentials that are none', keep({ credentials: [{ user: 'a' }] }), 'badCredentials', 'credentials[0]'],
    [
      'an unknown option of a core',
      () => createUacCore({ ceiling: 5 } as UacCoreOptions),
      'badOptions',
      'options.ceiling is an unknown key',
    ],
  ])('is told at the door: %s', (_what, call, code, sentence) => {
    expect(call).toThrow(expect.objectContaining({ name: 'SipRetryError', code }));
    expect(call).toThrow(sentence);
  });

  it('is told at the door of what goes on, too', () => {
    const { core } = coreInTest();
    const { uac } = running(core, register);
    expect(() => resumeUacRequest(uac.persist(), { cor: core } as UacRequestOptions)).toThrow(/did you mean "core"/);
    const { registration } = kept(() => responseOf(200));
    const wrong = { core, store: 5 } as KeepRegisteredOptions;
    expect(() => resumeRegistration(registration.persist(), wrong)).toThrow(/options\.store is an unknown key/);
  });

  it('takes an option that is undefined for one that is absent', () => {
    expect(begin({ policy: undefined, limits: undefined, signal: undefined })).not.toThrow();
  });

  it.each(['SIP/2.0 401 Unauthorized', { status: 401 }, register, undefined])(
    'is told where it is given: a response that is none, %j',
    async (given) => {
      const { core } = coreInTest();
      const { uac, outcome, respond } = running(core, register);
      const { registration } = kept(() => responseOf(200));
      const badRequest = expect.objectContaining({ name: 'SipRetryError', code: 'badRequest' }) as Error;
      expect(() => uac.receive(given as SipResponse)).toThrow(badRequest);
      expect(() => registration.receive(given as SipResponse)).toThrow(badRequest);
      respond(200);
      expect(await outcome).toMatchObject({ type: 'accepted' });
    },
  );

  it('is told by its name: an event that no request and no registration has', () => {
    const { core } = coreInTest();
    const { uac } = running(core, register);
    const { registration } = kept(() => responseOf(200));
    expect(() => uac.on('storeFailed' as 'hold', () => undefined)).toThrow(/did you mean "storeFailure"/);
    expect(() => registration.on('register' as 'hold', () => undefined)).toThrow(/use one of send, .*registered/);
  });

  it.each([register, invite])(
    'that the transport meets ends the request, and start() rejects with it ($method)',
    async (request) => {
      const { core, clock } = coreInTest();
      const { uac, outcome, told, sent } = running(core, request);
      const mistake = new SipRetryError('badRequest', 'Another request in progress has this branch; write a new one.');
      uac.transportError(mistake);
      await expect(outcome).rejects.toBe(mistake);
      expect(told.at(-1)).toMatchObject({ type: 'done', outcome: { type: 'cancelled' } });
      expect(clock.runNext()).toBe(false);
      expect(sent()).toHaveLength(1);
      expect(core.lines.size).toBe(0);
      expect(core.health.isAvailable('example.com')).toBe(true);
    },
  );
});

describe('beforeSend that fails', () => {
  const lost = new Error('signing service unreachable');
  const hooks = [
    [
      'throws',
      () => {
        throw lost;
      },
    ],
    ['rejects', () => Promise.reject(lost)],
  ] as const;

  it.each(hooks)(
    'sends nothing and ends the request: it is told, then start() rejects with it (%s)',
    async (_, beforeSend) => {
      const { core, clock } = coreInTest();
      const store = memoryStore();
      const { uac, outcome, told, respond, sent } = running(core, options, { beforeSend, store });
      const ended = outcome.catch((reason: unknown) => reason);
      const failures: unknown[] = [];
      uac.on('beforeSendFailure', (failure) => failures.push(failure));
      respond(500, [['Retry-After', '5']]);
      clock.advance(10_000);
      expect(await ended).toBe(lost);
      expect(failures).toEqual([{ attempt: 2, cause: lost }]);
      expect(told.at(-1)).toEqual({
        type: 'done',
        outcome: { type: 'cancelled', attempts: 1, because: 'beforeSendFailure' },
      });
      expect([sent().length, clock.pending, core.lines.size]).toEqual([1, 0, 0]);
      expect((await store.load()).stored).toEqual([]);
    },
  );

  it.each(hooks)('ends sendWithRetry in a rejection with it (%s)', async (_, beforeSend) => {
    const { core, clock } = coreInTest();
    let sent = 0;
    const transact = () => {
      sent += 1;
      return Promise.resolve(responseOf(500, [['Retry-After', '5']]));
    };
    const result = sendWithRetry(options, transact, { core, beforeSend }).catch((reason: unknown) => reason);
    await later();
    clock.advance(10_000);
    expect(await result).toBe(lost);
    expect(sent).toBe(1);
  });

  it('is told no more when the request was cancelled while it was asked', async () => {
    const { core, clock } = coreInTest();
    let fail: () => void = () => undefined;
    const beforeSend = () => new Promise<never>((_, reject) => (fail = () => reject(lost)));
    const { uac, outcome, respond } = running(core, options, { beforeSend });
    const failures: unknown[] = [];
    uac.on('beforeSendFailure', (failure) => failures.push(failure));
    respond(500, [['Retry-After', '5']]);
    clock.advance(10_000);
    uac.cancel();
    fail();
    expect(await outcome).toMatchObject({ type: 'cancelled', because: 'cancelled' });
    expect(failures).toEqual([]);
  });

  it.each(hooks)('stops a registration, which tells it; changed() goes on with it (%s)', async (_, failing) => {
    let fails = true;
    const { registration, clock, told } = kept(
      () => (fails ? responseOf(503, [['Retry-After', '5']]) : responseOf(200)),
      {
        beforeSend: (request) => (fails ? failing() : request),
      },
    );
    const failures: unknown[] = [];
    registration.on('beforeSendFailure', (failure) => failures.push(failure));
    registration.start();
    for (let turn = 0; turn < 40 && failures.length === 0; turn += 1) {
      clock.advance(5_000);
      await later();
    }
    expect(failures).toMatchObject([{ cause: lost }]);
    expect(told.at(-1)).toMatchObject({ type: 'stopped', because: 'beforeSendFailure' });
    fails = false;
    registration.changed();
    expect(registration.state).toBe('registering');
  });
});

describe('a provider of credentials that fails', () => {
  const locked = new Error('keychain locked');
  const providers = [
    [
      'throws',
      () => {
        throw locked;
      },
    ],
    ['rejects', () => Promise.reject(locked)],
  ] as const;

  it.each(providers)('ends a request: it is told, then start() rejects with it (%s)', async (_how, provider) => {
    const { core } = coreInTest();
    const { uac, outcome, told, respond } = running(core, register, { credentials: provider });
    const failures: unknown[] = [];
    uac.on('askFailure', (failure) => failures.push(failure));
    respond(401, [challenge]);
    await expect(outcome).rejects.toBe(locked);
    expect(failures).toEqual([{ for: 'credentials', cause: locked }]);
    expect(told.at(-1)).toMatchObject({ type: 'done', outcome: { type: 'gaveUp', reason: 'noCredentials' } });
    expect(core.lines.size).toBe(0);
  });

  it.each(providers)('stops a registration, which tells it; changed() goes on with it (%s)', async (_how, failing) => {
    let fails = true;
    const { registration, clock, told } = kept(() => responseOf(401, [challenge]), {
      credentials: () => (fails ? failing() : undefined),
    });
    const failures: unknown[] = [];
    registration.on('askFailure', (failure) => failures.push(failure));
    registration.start();
    clock.advance(20);
    await later();
    expect(failures).toEqual([{ for: 'credentials', cause: locked }]);
    expect(told.at(-1)).toMatchObject({ type: 'stopped', because: 'noCredentials' });
    fails = false;
    registration.changed();
    expect(registration.state).toBe('registering');
  });
});
