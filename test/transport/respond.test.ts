import { describe, expect, it } from 'vitest';
import { firstHeader, setHeader } from '../../src/sip/header-list.js';
import type { SipResponse } from '../../src/sip/message.js';
import type { Received } from '../../src/transport/index.js';
import type { Source } from '../../src/transport/inbox.js';
import { withSource } from '../../src/transport/respond.js';
import { options } from './messages.js';
import { next, streamPeer, transportsOf, udpPeer } from './peers.js';

const SOURCE: Source = { host: '192.0.2.4', port: 9988, transport: 'UDP', local: { host: '192.0.2.1', port: 5060 } };

function markedVia(via: string): string | undefined {
  const request = { ...options(), headers: setHeader(options().headers, 'Via', via) };
  return firstHeader(withSource(request, SOURCE).headers, 'Via');
}

function answerOf(received: Received): SipResponse {
  if (received.kind !== 'request') throw new Error('expected a request');
  const headers = received.request.headers.filter(([name]) => /^(?:Via|From|To|Call-ID|CSeq)$/.test(name));
  return { status: 200, reason: 'OK', headers, body: '' };
}

describe('withSource', () => {
  it.each([
    ['SIP/2.0/UDP bobspc.biloxi.com:5060;branch=b', 'SIP/2.0/UDP bobspc.biloxi.com:5060;branch=b;received=192.0.2.4'],
    ['SIP/2.0/UDP 10.1.1.1:4540;rport;branch=b', 'SIP/2.0/UDP 10.1.1.1:4540;branch=b;received=192.0.2.4;rport=9988'],
    ['SIP/2.0/UDP 192.0.2.4;rport;branch=b', 'SIP/2.0/UDP 192.0.2.4;branch=b;received=192.0.2.4;rport=9988'],
    ['SIP/2.0/UDP 192.0.2.4:5070;branch=b', 'SIP/2.0/UDP 192.0.2.4:5070;branch=b'],
    ['SIP/2.0/UDP a;received=1.2.3.4, SIP/2.0/UDP b', 'SIP/2.0/UDP a;received=192.0.2.4, SIP/2.0/UDP b'],
    ['nonsense', 'nonsense'],
  ])('marks %s (RFC 3261 §18.2.1, RFC 3581 §4)', (via, marked) => {
    expect(markedVia(via)).toBe(marked);
  });
});

describe('respond', () => {
  it('goes back to the port that sent the request where rport asks for it (RFC 3581 §4)', async () => {
    const ours = transportsOf();
    const ports = await ours.listen();
    const server = transportsOf();
    const arrived = next(ours, 'message');
    const port = ports.kind === 'listening' ? ports.udp : 0;
    await server.send(options(), { transport: 'UDP', host: '127.0.0.1', port });
    const received = await arrived;
    const answered = next(server, 'message');
    expect(await ours.respond(answerOf(received), received.source)).toMatchObject({ kind: 'sent' });
    expect(await answered).toMatchObject({ kind: 'response', response: { status: 200 } });
  });

  it('goes to the port of sent-by where it does not (RFC 3261 §18.2.2)', async () => {
    const ours = transportsOf();
    const ports = await ours.listen();
    const [from, listening] = [await udpPeer('127.0.0.1', false), await udpPeer('127.0.0.1', false)];
    const arrived = next(ours, 'message');
    const request = `OPTIONS sip:a@b SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:${listening.port};branch=b\r\n\r\n`;
    from.socket.send(request, ports.kind === 'listening' ? ports.udp : 0, '127.0.0.1');
    const received = await arrived;
    await ours.respond(answerOf(received), received.source);
    await listening.arrival(1);
    expect(from.received).toEqual([]);
  });

  it('goes over the connection of the request (RFC 3261 §18.2.2), and fails when that is closed', async () => {
    const peer = await streamPeer();
    const ours = transportsOf();
    await ours.send(options(), { transport: 'TCP', host: '127.0.0.1', port: peer.port });
    const already = (await peer.arrival(100)).length;
    const arrived = next(ours, 'message');
    const socket = await peer.connection(0);
    socket.write('OPTIONS sip:a@b SIP/2.0\r\nVia: SIP/2.0/TCP h;branch=b\r\nl: 0\r\n\r\n');
    const received = await arrived;
    expect(await ours.respond(answerOf(received), received.source)).toMatchObject({ kind: 'sent' });
    expect(Buffer.from(await peer.arrival(already + 1)).toString()).toContain('SIP/2.0 200 OK');
    await ours.close();
    const late = await ours.respond(answerOf(received), received.source);
    expect(late).toMatchObject({ kind: 'failed', failure: { code: 'connectionLost' } });
    const copied = await ours.respond(answerOf(received), { ...received.source });
    expect(copied).toMatchObject({ kind: 'failed', failure: { code: 'connectionLost' } });
  });
});
