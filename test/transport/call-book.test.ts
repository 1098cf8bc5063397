// What follows an accepted request, in both directions.
import { describe, expect, it } from 'vitest';
import { allHeaders, firstHeader } from '../../src/sip/header-list.js';
import type { Header, SipRequest } from '../../src/sip/message.js';
import { invite } from '../machines/requests.js';
import { credentials } from '../uac/running.js';
import { callInTest, clientInTest, fromPeer, servers } from './client-in-test.js';
import { answering, settled } from './fake-transports.js';

const contact: Header = ['Contact', '<sip:bob@192.0.2.1>'];
const proxyChallenge: Header = ['Proxy-Authenticate', 'Digest realm="example.com", nonce="n1", qop="auth"'];
const subscribe: SipRequest = {
  ...invite,
  method: 'SUBSCRIBE',
  headers: [...invite.headers.filter(([name]) => name !== 'CSeq'), ['CSeq', '1 SUBSCRIBE'], ['Event', 'presence']],
};
const notify = (callId: string): SipRequest => ({
  method: 'NOTIFY',
  uri: 'sip:alice@198.51.100.7',
  headers: [
    ['Via', 'SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKpeer'],
    ['From', '<sip:bob@example.com>;tag=b'],
    ['To', '<sip:alice@example.com>;tag=a2'],
    ['Call-ID', callId],
    ['CSeq', '1 NOTIFY'],
  ],
  body: '',
});

describe('a call', () => {
  it('is acknowledged with the credentials and the CSeq number of its INVITE (RFC 3261 §13.2.2.4)', async () => {
    const { client, transports } = clientInTest({ servers }, { credentials });
    void (await client.request(invite)).start();
    await settled();
    transports.bring(answering(transports.last('INVITE'), 407, [proxyChallenge]));
    await settled();
    const sent = transports.last('INVITE');
    transports.bring(answering(sent, 200, [contact]));
    await settled();
    const ack = transports.last('ACK');
    const own = allHeaders(sent.headers, 'Proxy-Authorization');
    expect(own).toHaveLength(1);
    expect(allHeaders(ack.headers, 'Proxy-Authorization')).toEqual(own);
    expect([firstHeader(sent.headers, 'CSeq'), firstHeader(ack.headers, 'CSeq')]).toEqual(['2 INVITE', '2 ACK']);
  });

  it('is told when it begins, and is that of its request', async () => {
    const { client, transports } = clientInTest();
    const told: unknown[] = [];
    client.on('call', (event) => told.push(event));
    const request = await client.request(invite);
    void request.start();
    await settled();
    expect(client.callOf(request)).toBeUndefined();
    transports.bring(answering(transports.last('INVITE'), 200, [contact]));
    await settled();
    expect(told).toEqual([{ call: client.callOf(request), request }]);
  });

  it('is hung up with a BYE of the next CSeq number, to the remote target and along the route set (RFC 3261 §15.1.1)', async () => {
    const routes = ['<sip:192.0.2.1;lr>', '<sip:192.0.2.3;lr>'];
    const { transports, call } = await callInTest(routes.map((route) => ['Record-Route', route] as const));
    const ended: string[] = [];
    call.on('ended', ({ by }) => ended.push(by));
    const bye = call.hangUp();
    await settled();
    const { uri, headers } = transports.last('BYE');
    expect([uri, firstHeader(headers, 'CSeq')]).toEqual(['sip:bob@192.0.2.1', '2 BYE']);
    expect(allHeaders(headers, 'Route')).toEqual(routes.toReversed());
    transports.bring(answering(transports.last('BYE'), 200));
    expect(await bye).toMatchObject({ type: 'accepted' });
    expect([ended, call.hangUp()]).toEqual([['us'], undefined]);
  });

  it('counts the CSeq numbers that a challenged BYE uses up (RFC 3261 §12.2.1.1, §22.2)', async () => {
    const { client, transports } = clientInTest({ servers }, { credentials });
    const request = await client.request(invite);
    void request.start();
    await settled();
    transports.bring(answering(transports.last('INVITE'), 200, [contact]));
    await settled();
    const bye = client.callOf(request)?.hangUp();
    await settled();
    transports.bring(answering(transports.last('BYE'), 407, [proxyChallenge]));
    await settled();
    transports.bring(answering(transports.last('BYE'), 200));
    expect(await bye).toMatchObject({ type: 'accepted', attempts: 2 });
    expect(transports.all('BYE').map(({ headers }) => firstHeader(headers, 'CSeq'))).toEqual(['2 BYE', '3 BYE']);
  });

  it('follows the peer to a new remote target (RFC 3261 §12.2.2)', async () => {
    const { transports, call } = await callInTest();
    transports.ask(fromPeer(transports, 'UPDATE', [['Contact', '<sip:bob@192.0.2.77>']]));
    expect(transports.responded.map(({ status }) => status)).toEqual([200]);
    void call.hangUp();
    await settled();
    expect(transports.last('BYE').uri).toBe('sip:bob@192.0.2.77');
  });

  it('answers a re-INVITE with what it offered, and takes no request of another dialog (RFC 3261 §14.2, §12.2.2)', async () => {
    const { transports, call } = await callInTest();
    transports.ask({ ...fromPeer(transports, 'INVITE'), body: 'v=0\n' });
    const stranger = fromPeer(transports, 'BYE');
    transports.ask({
      ...stranger,
      headers: stranger.headers.map(([name, value]) => [name, name === 'From' ? `${value}x` : value] as const),
    });
    expect(transports.responded.map(({ status, body }) => [status, body])).toEqual([
      [200, invite.body],
      [481, ''],
    ]);
    expect(call.isOver).toBe(false);
  });

  it('is not acknowledged or begun by a 2xx without a To tag, which belongs to no dialog (RFC 3261 §12.1)', async () => {
    const { client, transports } = clientInTest();
    const request = await client.request(invite);
    void request.start();
    await settled();
    const accepted = answering(transports.last('INVITE'), 200, [contact]);
    const headers = accepted.headers.map(([name, value]) =>
      name === 'To' ? ([name, value.replace(/;tag=.*/, '')] as const) : ([name, value] as const),
    );
    transports.bring({ ...accepted, headers });
    await settled();
    expect([client.callOf(request), transports.all('ACK')]).toEqual([undefined, []]);
  });
});

describe('a subscription', () => {
  it('takes the NOTIFY with its Call-ID, also one that comes before the 200 (RFC 6665 §4.1.3)', async () => {
    const { client, transports } = clientInTest();
    void (await client.request(subscribe)).start();
    await settled();
    transports.ask(notify('call-2@192.0.2.1'));
    transports.ask(notify('another'));
    expect(transports.responded.map(({ status }) => status)).toEqual([200, 481]);
  });
});

describe('a client that is closed', () => {
  it('keeps no time for its calls', async () => {
    const { client, clock } = await callInTest([['Session-Expires', '1800;refresher=uac']]);
    await client.close();
    expect(clock.pending).toBe(0);
  });
});
