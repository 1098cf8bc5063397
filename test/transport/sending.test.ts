// Where each attempt goes: the server set of its first hop, as DNS gives it at that moment.
import { describe, expect, it } from 'vitest';
import type { Header, SipRequest } from '../../src/sip/message.js';
import { challenge, invite, register } from '../machines/requests.js';
import { credentials } from '../uac/running.js';
import { callInTest, clientInTest, servers } from './client-in-test.js';
import { answering, settled, type FakeTransports } from './fake-transports.js';
import { options } from './messages.js';
import { dnsOf } from './zone.js';

const { dns } = dnsOf({
  addresses: {
    'example.com': ['192.0.2.1', '192.0.2.2'],
    'chicago.example': ['198.51.100.1', '198.51.100.2'],
    'proxy.example': ['203.0.113.1', '203.0.113.2'],
  },
});
const hostsOf = ({ sent }: FakeTransports) => sent.map(({ to }) => to.host);
const methodsOf = ({ sent }: FakeTransports) => sent.map(({ request: { method } }) => method);
const movedTo = (host: string) => [['Contact', `<sip:bob@${host}>`]] as const;

/** Answers a request, and lets follow what does. */
async function answer(
  transports: FakeTransports,
  request: SipRequest,
  status: number,
  headers: readonly Header[] = [],
) {
  transports.bring(answering(request, status, headers));
  await settled();
}

describe('an attempt', () => {
  it('goes to the servers of the domain that a redirection names, and fails over within them (RFC 3261 §8.1.2, RFC 3263 §4.3)', async () => {
    const { client, transports, core } = clientInTest({ dns });
    const outcome = (await client.request(options())).start();
    await settled();
    await answer(transports, transports.last('OPTIONS'), 302, movedTo('chicago.example'));
    await answer(transports, transports.last('OPTIONS'), 503, [['Retry-After', '60']]);
    await answer(transports, transports.last('OPTIONS'), 200);
    expect(hostsOf(transports)).toEqual(['192.0.2.1', '198.51.100.1', '198.51.100.2']);
    expect(await outcome).toMatchObject({ type: 'accepted', attempts: 3 });
    // The 503 is held against the server that said it, and no other.
    const isAvailable = (host: string) => core.health.isAvailable(`sip:${host}:5060`);
    expect([isAvailable('192.0.2.1'), isAvailable('198.51.100.1')]).toEqual([true, false]);
  });

  it('stays at the server of the new domain that asks for credentials', async () => {
    const { client, transports } = clientInTest({ dns }, { credentials });
    const outcome = (await client.request(options())).start();
    await settled();
    await answer(transports, transports.last('OPTIONS'), 302, movedTo('chicago.example'));
    await answer(transports, transports.last('OPTIONS'), 401, [challenge]);
    await answer(transports, transports.last('OPTIONS'), 200);
    expect(await outcome).toMatchObject({ type: 'accepted', attempts: 3 });
    expect(hostsOf(transports)).toEqual(['192.0.2.1', '198.51.100.1', '198.51.100.1']);
  });

  it.each([
    ['an outbound proxy', { dns, outboundProxy: 'sip:proxy.example' }, ['203.0.113.1', '203.0.113.2', '203.0.113.2']],
    ['a server set for all requests', { dns, servers }, ['192.0.2.1', '192.0.2.2', '192.0.2.2']],
  ])('goes through %s wherever it is redirected', async (_, clientOptions, hosts) => {
    const { client, transports } = clientInTest(clientOptions);
    void (await client.request(options())).start();
    await settled();
    await answer(transports, transports.last('OPTIONS'), 503);
    await answer(transports, transports.last('OPTIONS'), 302, movedTo('chicago.example'));
    expect(hostsOf(transports)).toEqual(hosts);
  });

  it('goes first to a server that is not in quarantine, also where the domain was learned just now', async () => {
    const { client, transports, core } = clientInTest({ dns });
    core.health.noteUnavailable('sip:198.51.100.1:5060', 60_000);
    void (await client.request(options())).start();
    await settled();
    await answer(transports, transports.last('OPTIONS'), 302, movedTo('chicago.example'));
    expect(hostsOf(transports)).toEqual(['192.0.2.1', '198.51.100.2']);
  });

  it('of a registration follows a redirection, and the next registration begins at the registrar again', async () => {
    const { client, transports, clock } = clientInTest({ dns });
    const registration = await client.register(register);
    registration.start();
    await settled();
    await answer(transports, transports.last('REGISTER'), 302, movedTo('chicago.example'));
    await answer(transports, transports.last('REGISTER'), 503);
    const granted = [['Contact', '<sip:alice@192.0.2.1>;expires=600']] as const;
    await answer(transports, transports.last('REGISTER'), 200, granted);
    expect(hostsOf(transports)).toEqual(['192.0.2.1', '198.51.100.1', '198.51.100.2']);
    expect(registration.state).toBe('registered');
    clock.advance(600_000);
    await settled();
    expect(hostsOf(transports).at(3)).toBe('192.0.2.1');
    registration.stop();
  });
});

describe('a request inside a dialog', () => {
  const route = ['Record-Route', '<sip:proxy.example;lr>'] as const;

  it('goes to the servers of its route set, and fails over within them (RFC 3261 §12.2.1.1, RFC 3263 §4.3)', async () => {
    const { transports, call } = await callInTest([route], { dns });
    const bye = call.hangUp();
    await settled();
    transports.fail(transports.last('BYE'));
    await settled();
    await answer(transports, transports.last('BYE'), 200);
    expect(methodsOf(transports)).toEqual(['INVITE', 'ACK', 'BYE', 'BYE']);
    expect(hostsOf(transports)).toEqual(['192.0.2.1', '203.0.113.1', '203.0.113.1', '203.0.113.2']);
    expect(await bye).toMatchObject({ type: 'accepted', attempts: 2 });
  });

  it('goes to its remote target where there is no route set', async () => {
    const { transports, call } = await callInTest(movedTo('chicago.example'), { dns });
    void call.hangUp();
    await settled();
    expect(hostsOf(transports)).toEqual(['192.0.2.1', '198.51.100.1', '198.51.100.1']);
  });

  it('goes where the INVITE went when its route set leads nowhere', async () => {
    const { transports, call } = await callInTest([['Record-Route', '<sip:gone.example;lr>']], { dns });
    void call.hangUp();
    await settled();
    expect(hostsOf(transports)).toEqual(['192.0.2.1', '192.0.2.1', '192.0.2.1']);
  });

  it('begins with the server of the INVITE where one set is for all requests', async () => {
    const { client, transports } = clientInTest();
    const request = await client.request(invite);
    void request.start();
    await settled();
    await answer(transports, transports.last('INVITE'), 503);
    await answer(transports, transports.last('INVITE'), 200, movedTo('chicago.example'));
    void client.callOf(request)?.hangUp();
    await settled();
    await answer(transports, transports.last('BYE'), 503);
    const byes = transports.sent.filter(({ request: { method } }) => method === 'BYE').map(({ to }) => to.host);
    expect(byes).toEqual(['192.0.2.2', '192.0.2.1']);
  });
});
