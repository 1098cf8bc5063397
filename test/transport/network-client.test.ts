import { describe, expect, it } from 'vitest';
import { invite, register } from '../machines/requests.js';
import { callInTest, clientInTest, servers } from './client-in-test.js';
import { answering, branchOf, refused, settled } from './fake-transports.js';
import { options } from './messages.js';
import { dnsOf } from './zone.js';

describe('createUserAgentClient', () => {
  it('fails over to the second server with a copy that has a new branch (RFC 3263 §4.3)', async () => {
    const { client, transports } = clientInTest();
    const outcome = (await client.request(options())).start();
    await settled();
    transports.fail(transports.last('OPTIONS'));
    await settled();
    const [first, second] = transports.sent;
    expect([first?.to.host, second?.to.host]).toEqual(['192.0.2.1', '192.0.2.2']);
    const rest = transports.all('OPTIONS').map(({ headers }) => headers.filter(([name]) => name !== 'Via'));
    expect(rest[1]).toEqual(rest[0]);
    const [one, other] = transports.all('OPTIONS').map(branchOf);
    expect(other).not.toBe(one);
    transports.bring(answering(transports.last('OPTIONS'), 200));
    expect(await outcome).toMatchObject({ type: 'accepted', attempts: 2 });
  });

  it('acknowledges and hangs up a 2xx that crossed the CANCEL (RFC 3261 §9.1, §15)', async () => {
    const { client, transports } = clientInTest();
    const request = await client.request(invite);
    const outcome = request.start();
    await settled();
    transports.bring(answering(transports.last('INVITE'), 180));
    request.cancel();
    await settled();
    transports.bring(answering(transports.last('INVITE'), 200));
    await settled();
    expect(transports.sent.map(({ request: { method } }) => method)).toEqual(['INVITE', 'CANCEL', 'ACK', 'BYE']);
    expect(await outcome).toMatchObject({ type: 'cancelled' });
  });

  it('waits and tries again while no server can be reached, then gives up and says why (RFC 3261 §8.1.3.1, §21.5.4)', async () => {
    const { client, transports, clock } = clientInTest({ servers: ['sip:192.0.2.1:5060;transport=tcp'] });
    transports.down.add('192.0.2.1');
    const request = await client.request(options(), { limits: { maxAttempts: 3 } });
    const waits: number[] = [];
    request.on('wait', ({ action }) => waits.push(action.delayMs));
    const outcome = request.start();
    await settled();
    for (const wait of waits) {
      clock.advance(wait);
      await settled();
    }
    expect(waits.map((wait) => wait >= 2_000)).toEqual([true, true]);
    expect(await outcome).toMatchObject({ type: 'gaveUp', attempts: 3 });
    expect(transports.sent).toEqual([]);
  });

  it('treats a host that cannot be resolved as a transport error, once for each attempt (RFC 3263 §4.3)', async () => {
    const { dns, asked } = dnsOf({});
    const { client, transports } = clientInTest({ dns });
    const failures: unknown[] = [];
    client.on('failure', (failure) => failures.push(failure));
    const request = await client.request(invite);
    expect(await request.start()).toMatchObject({ type: 'gaveUp', reason: 'noServerLeft', attempts: 1 });
    expect(failures).toMatchObject([{ server: undefined, code: 'unresolved' }]);
    expect(asked).toContain('addresses example.com');
    expect(transports.sent).toEqual([]);
  });

  it('goes on when the host can be resolved again', async () => {
    const addresses: Record<string, readonly string[]> = {};
    const { client, transports, clock } = clientInTest({ dns: dnsOf({ addresses }).dns });
    const outcome = (await client.request(options())).start();
    await settled();
    addresses['example.com'] = ['192.0.2.7'];
    clock.advance(4_000);
    await settled();
    expect(transports.sent.map(({ to }) => to.host)).toEqual(['192.0.2.7']);
    transports.bring(answering(transports.last('OPTIONS'), 200));
    expect(await outcome).toMatchObject({ type: 'accepted', attempts: 2 });
  });

  it('asks DNS before each REGISTER of a registration, which outlives what it says (RFC 3263 §4)', async () => {
    const addresses: Record<string, readonly string[]> = { 'example.com': ['192.0.2.7'] };
    const { client, transports, clock } = clientInTest({ dns: dnsOf({ addresses }).dns });
    const registration = await client.register(register);
    const granted = () =>
      transports.bring(answering(transports.last('REGISTER'), 200, [['Contact', '<sip:alice@192.0.2.1>;expires=600']]));
    registration.start();
    await settled();
    granted();
    addresses['example.com'] = ['198.51.100.9'];
    clock.advance(600_000);
    await settled();
    granted();
    expect(registration.state).toBe('registered');
    expect(transports.sent.map(({ to }) => to.host)).toEqual(['192.0.2.7', '198.51.100.9']);
  });

  it('tells each failure to send: which server, what kind, and why', async () => {
    const { client, transports } = clientInTest();
    const failures: unknown[] = [];
    client.on('failure', (failure) => failures.push(failure));
    transports.down.add('192.0.2.1');
    void (await client.request(invite)).start();
    await settled();
    transports.fail(transports.last('INVITE'));
    await settled();
    const { code, why } = refused;
    expect(failures).toEqual(servers.map((server) => ({ server, code, why })));
  });

  it('tells that an ACK could not be sent, and the call goes on', async () => {
    const { client, transports, accepted, call } = await callInTest();
    const failures: unknown[] = [];
    client.on('failure', ({ server }) => failures.push(server));
    transports.down.add('192.0.2.1');
    transports.bring(accepted);
    await settled();
    expect(failures).toEqual([servers[0]]);
    expect(call.isOver).toBe(false);
  });

  it('sums what transports and transactions discard', async () => {
    const { client, transports } = clientInTest();
    transports.discarded = { ...transports.discarded, foreignSentBy: 3 };
    transports.bring(answering(options(), 200));
    expect(client.discarded).toMatchObject({ foreignSentBy: 3, noTransaction: 1 });
    await client.close();
    expect(transports.isClosed).toBe(true);
  });

  it('keeps nothing of a call 64·T1 after its end, and awaits nothing', async () => {
    const { client, transports, clock, request, call } = await callInTest();
    const bye = call.hangUp();
    await settled();
    transports.bring(answering(transports.last('BYE'), 200));
    expect(await bye).toMatchObject({ type: 'accepted' });
    expect(client.callOf(request)).toBe(call);
    clock.advance(64_000);
    await settled();
    expect(client.callOf(request)).toBeUndefined();
    expect(clock.pending).toBe(0);
  });
});
