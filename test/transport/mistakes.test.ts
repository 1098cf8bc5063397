// Mistakes of the program at the doors of the network: they reject or throw, and never end the process.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SipRequest } from '../../src/sip/message.js';
import { createTransports } from '../../src/transport/transport-layer.js';
import { createUserAgentClient, type UserAgentClientOptions } from '../../src/transport/user-agent-client.js';
import { createUacCore } from '../../src/uac/uac-core.js';
import { challenge, register } from '../machines/requests.js';
import { callInTest, clientInTest, servers } from './client-in-test.js';
import { answering, environmentInTest, settled } from './fake-transports.js';
import { options } from './messages.js';

const unhandled: unknown[] = [];
const note = (reason: unknown): void => void unhandled.push(reason);
beforeAll(() => void process.on('unhandledRejection', note));
afterAll(() => void process.off('unhandledRejection', note));

const without = (request: SipRequest, left: string): SipRequest => ({
  ...request,
  headers: request.headers.filter(([name]) => name !== left),
});
const withVia = (request: SipRequest, via: string): SipRequest => ({
  ...request,
  headers: request.headers.map(([name, value]) => [name, name === 'Via' ? via : value]),
});

describe('a mistake of the program', () => {
  it.each([
    ['no request', undefined, 'This is no request'],
    ['a request without headers', { method: 'OPTIONS', uri: 'sip:a', body: '' }, 'This is no request'],
    ['a request without Via', without(options(), 'Via'), 'needs a Via with a branch'],
    ['a Via without branch', withVia(options(), 'SIP/2.0/UDP 192.0.2.9'), 'needs a Via with a branch'],
    ['a Via with an empty branch', withVia(options(), 'SIP/2.0/UDP 192.0.2.9;branch='), 'needs a Via with a branch'],
    ['an ACK', { ...options(), method: 'ACK' }, 'An ACK has no client transaction'],
  ])('rejects request(): %s (RFC 3261 §8.1.1.7)', async (_what, request, sentence) => {
    const { client, transports } = clientInTest();
    const refused = { name: 'SipRetryError', code: 'badRequest', message: expect.stringContaining(sentence) as string };
    await expect(client.request(request as SipRequest)).rejects.toMatchObject(refused);
    expect(transports.sent).toEqual([]);
  });

  it('rejects register() without a Via', async () => {
    const { client } = clientInTest();
    await expect(client.register(without(register, 'Via'))).rejects.toMatchObject({ code: 'badRequest' });
  });

  it('rejects start() of a request with the branch of another one in progress, and tells why', async () => {
    const { client, transports } = clientInTest();
    const failures: unknown[] = [];
    client.on('failure', (failure) => failures.push(failure));
    const first = (await client.request(options())).start();
    const second = (await client.request({ ...options(), method: 'OPTIONS' })).start();
    await expect(second).rejects.toMatchObject({ name: 'SipRetryError', code: 'badRequest' });
    expect(failures).toMatchObject([{ code: 'failed', why: expect.stringContaining('has this branch') as string }]);
    transports.bring(answering(transports.all('OPTIONS')[0] ?? options(), 200));
    expect(await first).toMatchObject({ type: 'accepted' });
  });

  it.each([
    [{ timers: { t1: '500' } }, 'timers.t1 is not a positive number of milliseconds'],
    [{ timers: 500 }, 'options.timers must be an object'],
    [{ server: servers }, 'options.server is an unknown key (did you mean "servers"?)'],
    [{ servers: 'sip:192.0.2.1' }, 'options.servers must be a list of texts'],
    [{ core: {} }, 'options.core.environment must be an object'],
    [{ udpPort: -1 }, 'options.udpPort must be a whole number from 0 to 65535'],
  ])('throws from createUserAgentClient: %j', (given, sentence) => {
    const create = () => createUserAgentClient(given as unknown as UserAgentClientOptions);
    expect(create).toThrow(expect.objectContaining({ name: 'SipRetryError', code: 'badOptions' }));
    expect(create).toThrow(sentence);
  });

  it('throws from createTransports and from on(), too', () => {
    expect(() => createTransports({ port: 5060 } as object)).toThrow(/options\.port is an unknown key/);
    const { client } = clientInTest();
    expect(() => client.on('messages' as 'message', () => undefined)).toThrow(/did you mean "message"/);
  });

  it('is what a closed client is used for: request() and start() reject and say so', async () => {
    const { client } = clientInTest();
    const before = await client.request(options());
    await client.close();
    const closed = { name: 'SipRetryError', code: 'badOptions', message: 'The client is closed; create a new one.' };
    await expect(client.request(options())).rejects.toMatchObject(closed);
    await expect(client.register(register)).rejects.toMatchObject(closed);
    await expect(before.start()).rejects.toMatchObject(closed);
  });
});

describe('a provider of credentials that fails', () => {
  const locked = new Error('keychain locked');

  it('throws nothing out of a socket: start() rejects', async () => {
    const { client, transports } = clientInTest();
    const provider = () => {
      throw locked;
    };
    const outcome = (await client.request(options(), { credentials: provider })).start();
    await settled();
    transports.bring(answering(transports.last('OPTIONS'), 401, [challenge]));
    await expect(outcome).rejects.toBe(locked);
  });

  it('ends no process for what a call sends by itself: its request tells it, and the call ends in time (RFC 4028 §10)', async () => {
    const environment = environmentInTest();
    const core = createUacCore({ environment, credentials: () => Promise.reject(locked) });
    const { transports, call } = await callInTest([['Session-Expires', '180;refresher=uac']], { servers, core });
    const failures: unknown[] = [];
    call.on('request', ({ request }) => request.on('askFailure', ({ cause }) => failures.push(cause)));
    environment.clock.advance(90_000);
    await settled();
    transports.bring(answering(transports.last('INVITE'), 401, [challenge]));
    await settled();
    expect(failures).toEqual([locked]);
    expect(call.isOver).toBe(false);
    environment.clock.advance(90_000 - 32_000);
    await settled();
    transports.bring(answering(transports.last('BYE'), 401, [challenge]));
    await settled();
    expect(failures).toEqual([locked, locked]);
    expect(call.isOver).toBe(true);
  });
});

describe('none of these', () => {
  it('leaves a rejection that nobody handles', async () => {
    await new Promise((resolve) => setImmediate(resolve));
    expect(unhandled).toEqual([]);
  });
});
