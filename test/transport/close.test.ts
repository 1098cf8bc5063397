// A client that is closed: nothing waits for it for ever, neither its own requests nor those of others on its core.
import { describe, expect, it } from 'vitest';
import type { SipRequest } from '../../src/sip/message.js';
import { createUserAgentClient } from '../../src/transport/user-agent-client.js';
import { memoryStore } from '../../src/uac/request-store.js';
import { invite, register } from '../machines/requests.js';
import { clientInTest, servers } from './client-in-test.js';
import { answering, FakeTransports, settled } from './fake-transports.js';
import { options } from './messages.js';

/** Time in which RFC 3261 §17.1.2.2 ends a transaction of which nobody tells: 64·T1. */
const TRANSACTION_MS = 32_000;

const oneServer = { servers: servers.slice(0, 1) };

function withBranch(request: SipRequest, branch: string): SipRequest {
  const headers = request.headers.map(([name, value]) =>
    name === 'Via' ? ([name, value.replace(/branch=.*/, `branch=${branch}`)] as const) : ([name, value] as const),
  );
  return { ...request, headers };
}

describe('close', () => {
  it.each([
    ['an INVITE that rings', invite],
    ['an OPTIONS', options()],
    ['a REGISTER', register],
  ])('ends %s in flight as cancelled, and sends nothing more', async (_, request) => {
    const { client, transports, clock } = clientInTest();
    const uac = await client.request(request);
    const outcome = uac.start();
    await settled();
    if (request === invite) transports.bring(answering(transports.last('INVITE'), 180));
    const sent = transports.sent.length;
    await client.close();
    expect(await outcome).toMatchObject({ type: 'cancelled', because: 'stopped', attempts: 1 });
    clock.advance(3_600_000);
    await settled();
    expect([transports.sent.length, clock.pending]).toEqual([sent, 0]);
  });

  it('ends a request that waits for its next attempt', async () => {
    const { client, transports, clock } = clientInTest(oneServer);
    const outcome = (await client.request(options())).start();
    await settled();
    transports.bring(answering(transports.last('OPTIONS'), 503, [['Retry-After', '60']]));
    await client.close();
    expect(await outcome).toMatchObject({ type: 'cancelled', because: 'stopped' });
    clock.advance(3_600_000);
    await settled();
    expect([transports.sent.length, clock.pending]).toEqual([1, 0]);
  });

  it('ends a request that waits in line, and leaves what an earlier process has stored to the next', async () => {
    const { client, transports } = clientInTest();
    void (await client.request(register)).start();
    const waiting = (await client.request(withBranch(register, 'z9hG4bKother'))).start();
    await settled();
    await client.close();
    expect(await waiting).toMatchObject({ type: 'cancelled', because: 'stopped', attempts: 0 });
    expect(transports.sent).toHaveLength(1);

    const store = memoryStore();
    const before = clientInTest(oneServer);
    void (await before.client.request(options(), { store })).start();
    await settled();
    before.transports.bring(answering(before.transports.last('OPTIONS'), 503, [['Retry-After', '60']]));
    await before.client.close();
    const resuming = clientInTest(oneServer, { restarted: true });
    const { requests } = await resuming.client.resume(store);
    const ends = requests.map((uac) => uac.start());
    await resuming.client.close();
    expect(await Promise.all(ends)).toMatchObject([{ type: 'cancelled', because: 'stopped' }]);
    expect((await store.load()).stored).toHaveLength(1);
    expect([resuming.transports.sent, resuming.clock.pending]).toEqual([[], 0]);
  });

  it('lets another client on the same core register once the transaction is over for certain (RFC 3261 §10.2, §17.1.2.2)', async () => {
    const { client, transports, clock, core } = clientInTest();
    void (await client.request(register)).start();
    await settled();
    await client.close();
    const [others, sentBefore] = [new FakeTransports(), transports.sent.length];
    const other = createUserAgentClient({ core, transports: others, servers });
    const outcome = (await other.request(withBranch(register, 'z9hG4bKother'))).start();
    clock.advance(TRANSACTION_MS - 1);
    await settled();
    expect(others.sent).toEqual([]);
    clock.advance(1);
    await settled();
    others.bring(answering(others.last('REGISTER'), 200));
    expect(await outcome).toMatchObject({ type: 'accepted' });
    expect(transports.sent).toHaveLength(sentBefore);
  });

  it('leaves what is stored to the next process', async () => {
    const { client, transports } = clientInTest();
    const store = memoryStore();
    const outcome = (await client.request(register, { store, id: 'in flight' })).start();
    await settled();
    expect(transports.sent).toHaveLength(1);
    await client.close();
    expect(await outcome).toMatchObject({ type: 'cancelled', because: 'stopped' });
    const next = clientInTest({ servers }, { restarted: true });
    const { requests } = await next.client.resume(store);
    expect(requests.map(({ id }) => id)).toEqual(['in flight']);
    const ends = requests.map((uac) => uac.start());
    next.clock.advance(61_000);
    await settled();
    next.transports.bring(answering(next.transports.last('REGISTER'), 200));
    expect(await Promise.all(ends)).toMatchObject([{ type: 'accepted' }]);
    expect(await store.load()).toEqual({ stored: [], unreadable: [] });
  });

  it('ends a registration, whose place another one on the same core then takes', async () => {
    const { client, transports, clock, core } = clientInTest();
    const registration = await client.register(register);
    registration.start();
    await settled();
    expect(transports.sent).toHaveLength(1);
    await client.close();
    expect(registration.state).toBe('stopped');
    const others = new FakeTransports();
    const next = await createUserAgentClient({ core, transports: others, servers }).register(
      withBranch(register, 'z9hG4bKother'),
    );
    next.start();
    clock.advance(TRANSACTION_MS);
    await settled();
    others.bring(answering(others.last('REGISTER'), 200, [['Contact', '<sip:alice@192.0.2.1>;expires=600']]));
    expect([next.state, transports.sent.length]).toEqual(['registered', 1]);
  });

  it('leaves a registration that waits with nothing to do', async () => {
    const { client, transports, clock } = clientInTest(oneServer);
    const registration = await client.register(register);
    registration.start();
    await settled();
    transports.bring(answering(transports.last('REGISTER'), 503, [['Retry-After', '600']]));
    await client.close();
    clock.advance(36_000_000);
    await settled();
    expect([registration.state, transports.sent.length, clock.pending]).toEqual(['stopped', 1, 0]);
  });
});
