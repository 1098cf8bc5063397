import { describe, expect, it } from 'vitest';
import { firstHeader } from '../../src/sip/header-list.js';
import { callInTest, fromPeer } from './client-in-test.js';
import { answering, settled } from './fake-transports.js';
import { dnsOf } from './zone.js';

describe('Call', () => {
  it('acknowledges each 2xx, and hangs up no call for its repetition (RFC 3261 §13.2.2.4)', async () => {
    const { transports, accepted, call } = await callInTest();
    transports.bring(accepted);
    await settled();
    const [first, again] = transports.all('ACK');
    expect(again).toEqual(first);
    expect(transports.all('ACK')).toHaveLength(2);
    expect(transports.all('BYE')).toEqual([]);
    expect(call.isOver).toBe(false);
  });

  it('sends the repetition of an ACK to where the first one went', async () => {
    const addresses: Record<string, readonly string[]> = { 'example.com': ['192.0.2.1'], 'bob.example': ['192.0.2.8'] };
    const { dns } = dnsOf({ addresses });
    const { transports, accepted } = await callInTest([['Contact', '<sip:bob@bob.example>']], { dns });
    addresses['bob.example'] = ['192.0.2.9'];
    transports.bring(accepted);
    await settled();
    const acks = transports.sent.filter(({ request: { method } }) => method === 'ACK');
    expect(acks.map(({ to }) => to.host)).toEqual(['192.0.2.8', '192.0.2.8']);
  });

  it('acknowledges the 2xx of another fork and hangs it up once (RFC 3261 §13.2.2.4)', async () => {
    const { transports, call } = await callInTest();
    const forked = answering(transports.last('INVITE'), 200, [['Contact', '<sip:b@192.0.2.8>']], 'other');
    transports.bring(forked);
    transports.bring(forked);
    await settled();
    expect(transports.all('ACK')).toHaveLength(3);
    expect(transports.all('BYE')).toHaveLength(1);
    expect(firstHeader(transports.last('BYE').headers, 'To')).toContain('tag=other');
    expect(call.isOver).toBe(false);
  });

  it('refreshes by re-INVITE at half the interval, again and again (RFC 4028 §7.2)', async () => {
    const timer = ['Session-Expires', '1800;refresher=uac'] as const;
    const { transports, clock } = await callInTest([timer]);
    for (const round of [1, 2]) {
      clock.advance(899_999);
      await settled();
      expect(transports.all('INVITE')).toHaveLength(round);
      clock.advance(1);
      await settled();
      expect(transports.all('INVITE')).toHaveLength(round + 1);
      const refresh = transports.last('INVITE');
      expect(firstHeader(refresh.headers, 'Session-Expires')).toBe('1800;refresher=uac');
      expect(firstHeader(refresh.headers, 'CSeq')).toBe(`${round + 1} INVITE`);
      transports.bring(answering(refresh, 200, [timer]));
      await settled();
      expect(transports.all('ACK')).toHaveLength(round + 1);
    }
  });

  it('takes an interval below 90 seconds for 90 (RFC 4028 §4)', async () => {
    const { transports, clock } = await callInTest([['Session-Expires', '1;refresher=uac']]);
    clock.advance(44_999);
    await settled();
    expect(transports.all('INVITE')).toHaveLength(1);
  });

  it('sends a BYE 32 s before the end when the peer refreshes nothing (RFC 4028 §10)', async () => {
    const { transports, clock, call } = await callInTest([['Session-Expires', '1800;refresher=uas']]);
    clock.advance(1_767_999);
    await settled();
    expect(transports.all('BYE')).toEqual([]);
    clock.advance(1);
    await settled();
    expect(transports.all('BYE')).toHaveLength(1);
    expect(call.isOver).toBe(true);
  });

  it('begins the interval anew when the peer refreshes (RFC 4028 §9)', async () => {
    const { transports, clock, call } = await callInTest([['Session-Expires', '1800;refresher=uas']]);
    clock.advance(900_000);
    transports.ask(fromPeer(transports, 'INVITE', [['Session-Expires', '1800;refresher=uac']]));
    expect(transports.responded.map(({ status }) => status)).toEqual([200]);
    clock.advance(1_767_999);
    expect(call.isOver).toBe(false);
    clock.advance(1);
    expect(call.isOver).toBe(true);
  });

  it('answers the BYE of the peer with 200, also when it comes again, and ends once (RFC 3261 §15.1.2)', async () => {
    const { transports, call } = await callInTest();
    const ended: string[] = [];
    call.on('ended', ({ by }) => ended.push(by));
    const bye = fromPeer(transports, 'BYE');
    transports.ask(bye);
    transports.ask(bye);
    expect(transports.responded.map(({ status }) => status)).toEqual([200, 200]);
    expect(ended).toEqual(['peer']);
    expect(call.hangUp()).toBeUndefined();
  });
});
