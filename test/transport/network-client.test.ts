import { describe, expect, it } from 'vitest';
import { invite } from '../machines/requests.js';
import { callInTest, clientInTest } from './client-in-test.js';
import { answering, branchOf, settled } from './fake-transports.js';
import { options } from './messages.js';

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
