import { describe, expect, it } from 'vitest';
import type { SipRequest } from '../../src/sip/message.js';
import type { ServerAddress } from '../../src/transport/server-address.js';
import { Wire } from '../../src/transport/wire.js';
import { invite } from '../machines/requests.js';
import { answering, branchOf, environmentInTest, FakeTransports, refused, settled } from './fake-transports.js';
import { options } from './messages.js';

const server: ServerAddress = { transport: 'UDP', host: '192.0.2.1', port: 5060, fixed: true };

function wireInTest() {
  const transports = new FakeTransports();
  const environment = environmentInTest();
  const wire = new Wire({ transports, environment });
  const told: string[] = [];
  const user = {
    sent: (request: SipRequest) => void told.push(`sent ${request.method}`),
    response: ({ status }: { status: number }) => void told.push(String(status)),
    timeout: () => void told.push('timeout'),
    transportError: ({ code }: { code: string }) => void told.push(code),
  };
  return { transports, clock: environment.clock, wire, told, user };
}

describe('Wire', () => {
  it('keeps a response that arrives before the system says "sent"', async () => {
    const { transports, wire, told, user } = wireInTest();
    transports.onSend = (request) => {
      const early = answering(request, 200);
      // RFC 3261 §7.3.1: the branch is a token, whose case does not matter.
      const headers = early.headers.map(([name, value]) => [name, value.replace('z9hG4bK', 'Z9HG4BK')] as const);
      transports.bring({ ...early, headers });
    };
    await wire.begin(options(), server, user);
    expect(told).toEqual(['sent OPTIONS', '200']);
    expect(wire.discarded.noTransaction).toBe(0);
  });

  it('retransmits over UDP after 500 ms, and shows each message that passes (RFC 3261 §17.1.2.2)', async () => {
    const { transports, clock, wire, user } = wireInTest();
    const passed: string[] = [];
    wire.on('message', ({ direction, peer, text }) => passed.push(`${direction} ${peer} ${text.split(' ')[0]}`));
    await wire.begin(options(), server, user);
    expect(transports.sent).toHaveLength(1);
    clock.advance(500);
    await settled();
    expect(transports.all('OPTIONS')[1]).toEqual(transports.all('OPTIONS')[0]);
    transports.bring(answering(transports.last('OPTIONS'), 200));
    const sent = 'sent udp:192.0.2.1:5060 OPTIONS';
    expect(passed).toEqual([sent, sent, 'received udp:192.0.2.1:5060 SIP/2.0']);
  });

  it('tells a time-out after 64·T1 (RFC 3261 §17.1.2.2)', async () => {
    const { clock, wire, told, user } = wireInTest();
    await wire.begin(options(), server, user);
    clock.advance(31_999);
    expect(told).toEqual(['sent OPTIONS']);
    clock.advance(1);
    expect(told).toEqual(['sent OPTIONS', 'timeout']);
  });

  it('tells a transport error once, at once or when ICMP says so later (RFC 3261 §17.1.4, §18.4)', async () => {
    const { transports, clock, wire, told, user } = wireInTest();
    transports.down.add(server.host);
    await wire.begin(options('z9hG4bKone'), server, user);
    expect(told).toEqual([refused.code]);
    transports.down.clear();
    await wire.begin(options('z9hG4bKtwo'), server, user);
    transports.fail(options('z9hG4bKother'));
    expect(told).toEqual([refused.code, 'sent OPTIONS']);
    transports.fail(options('z9hG4bKtwo'));
    transports.fail(options('z9hG4bKtwo'));
    expect(told).toEqual([refused.code, 'sent OPTIONS', refused.code]);
    expect(clock.pending).toBe(0);
  });

  it('tells a transport error when a retransmission cannot be sent', async () => {
    const { transports, clock, wire, told, user } = wireInTest();
    await wire.begin(options(), server, user);
    transports.down.add(server.host);
    clock.advance(500);
    await settled();
    expect(told).toEqual(['sent OPTIONS', refused.code]);
  });

  it('acknowledges a refusal within the transaction of the INVITE (RFC 3261 §17.1.1.3)', async () => {
    const { transports, wire, told, user } = wireInTest();
    await wire.begin(invite, server, user);
    transports.bring(answering(transports.last('INVITE'), 486));
    await settled();
    expect(told).toEqual(['sent INVITE', '486']);
    expect(branchOf(transports.last('ACK'))).toBe(branchOf(invite));
  });

  it('sends a CANCEL for a running INVITE only, with its branch and to its server (RFC 3261 §9.1)', async () => {
    const { transports, wire, told, user } = wireInTest();
    await wire.cancel(invite);
    expect(transports.sent).toEqual([]);
    await wire.begin(invite, server, user);
    transports.bring(answering(transports.last('INVITE'), 180));
    await wire.cancel(invite);
    const [sent, cancel] = transports.sent;
    expect(cancel?.to).toEqual(sent?.to);
    expect(cancel?.request.method).toBe('CANCEL');
    expect(cancel?.request.headers[0]).toEqual(sent?.request.headers[0]);
    // The 200 to the CANCEL is none to the INVITE.
    transports.bring(answering(transports.last('CANCEL'), 200));
    expect(told).toEqual(['sent INVITE', '180']);
    transports.bring(answering(transports.last('INVITE'), 487));
    expect(told).toEqual(['sent INVITE', '180', '487']);
    expect(wire.discarded.noTransaction).toBe(0);
  });

  it('tells a failure before anything follows from it: to send, to retransmit, of ICMP, of a CANCEL', async () => {
    const { transports, clock, wire, told, user } = wireInTest();
    wire.on('failure', ({ to, failure: { code } }) => void told.push(`${code} at ${to.host}`));
    transports.down.add('192.0.2.1');
    await wire.begin(options('z9hG4bKa'), server, user);
    transports.down.clear();
    await wire.begin(options('z9hG4bKb'), server, user);
    transports.down.add('192.0.2.1');
    clock.advance(500);
    await settled();
    transports.down.clear();
    await wire.begin(options('z9hG4bKc'), server, user);
    transports.fail(transports.last('OPTIONS'));
    await wire.begin(invite, server, user);
    transports.bring(answering(transports.last('INVITE'), 180));
    transports.down.add('192.0.2.1');
    await wire.cancel(invite);
    const failed = ['refused at 192.0.2.1', 'refused'];
    const sent = 'sent OPTIONS';
    expect(told).toEqual([...failed, sent, ...failed, sent, ...failed, 'sent INVITE', '180', failed[0]]);
  });

  it('tells no failure of what nobody waits for any more', async () => {
    const { transports, wire, told, user } = wireInTest();
    wire.on('failure', () => void told.push('failure'));
    await wire.begin(options(), server, user);
    transports.bring(answering(transports.last('OPTIONS'), 200));
    transports.fail(options('z9hG4bKunknown'));
    expect(told).toEqual(['sent OPTIONS', '200']);
  });

  it('sends no CANCEL when the transaction of the INVITE is over', async () => {
    const { transports, clock, wire, user } = wireInTest();
    await wire.begin(invite, server, user);
    clock.advance(32_000);
    await wire.cancel(invite);
    expect(transports.all('CANCEL')).toEqual([]);
  });

  it('counts responses with two Vias or an unknown branch (RFC 3261 §8.1.3.3, §17.1.3)', async () => {
    const { transports, wire, told, user } = wireInTest();
    await wire.begin(options(), server, user);
    const response = answering(transports.last('OPTIONS'), 200);
    transports.bring({
      ...response,
      headers: [...response.headers, ['Via', 'SIP/2.0/UDP 203.0.113.9;branch=z9hG4bKx']],
    });
    transports.bring(answering(options('z9hG4bKunknown'), 200));
    expect(told).toEqual(['sent OPTIONS']);
    expect(wire.discarded).toMatchObject({ severalVias: 1, noTransaction: 1 });
  });

  it('begins no transaction for what was on its way out when it stopped', async () => {
    const { transports, clock, wire, told, user } = wireInTest();
    await wire.begin(options('z9hG4bKrunning'), server, user);
    expect(clock.pending).toBeGreaterThan(0);
    transports.onSend = () => wire.stop();
    await wire.begin(options('z9hG4bKleaving'), server, user);
    expect(told).toEqual(['sent OPTIONS']);
    expect(clock.pending).toBe(0);
  });
});
