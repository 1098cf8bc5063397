import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { setHeader } from '../../src/sip/header-list.js';
import { VirtualClock } from '../../src/timing/virtual-clock.js';
import type { SendResult, Sent } from '../../src/transport/index.js';
import { answerTo, options, viaOf } from './messages.js';
import { closeLater, closedUdpPort, next, streamPeer, transportsOf, type StreamPeer } from './peers.js';

const tcpTo = ({ port }: { readonly port: number }) => ({ transport: 'TCP', host: '127.0.0.1', port }) as const;

function ofSent(result: SendResult): Sent {
  if (result.kind !== 'sent') throw new Error(result.failure.why);
  return result;
}

async function arrivedAt(peer: StreamPeer): Promise<Uint8Array> {
  return peer.arrival(100);
}

describe('TCP', () => {
  it('sends with TCP in the Via and takes the response from the same connection (RFC 3261 §18.1.1)', async () => {
    const peer = await streamPeer();
    const transports = transportsOf();
    const sent = ofSent(await transports.send(options(), tcpTo(peer)));
    expect(sent).toMatchObject({ transport: 'TCP', reliable: true, remote: { host: '127.0.0.1', port: peer.port } });
    const request = await arrivedAt(peer);
    expect(viaOf(request)).toBe(`SIP/2.0/TCP 127.0.0.1:${sent.local.port};rport;branch=z9hG4bKa1`);
    const message = next(transports, 'message');
    (await peer.connection(0)).write(answerTo(request));
    expect(await message).toMatchObject({ kind: 'response', source: { transport: 'TCP', port: peer.port } });
  });

  it('uses an open connection again, also for requests that are sent at once (RFC 3261 §18.1.1)', async () => {
    const peer = await streamPeer();
    const transports = transportsOf();
    const sends = ['z9hG4bK1', 'z9hG4bK2', 'z9hG4bK3'].map((branch) => transports.send(options(branch), tcpTo(peer)));
    for (const sent of await Promise.all(sends)) expect(sent.kind).toBe('sent');
    await transports.send(options('z9hG4bK4'), tcpTo(peer));
    expect(peer.sockets).toHaveLength(1);
  });

  it('reads a response that dribbles in, and several in one chunk', async () => {
    const peer = await streamPeer();
    const transports = transportsOf();
    await transports.send(options(), tcpTo(peer));
    const answer = answerTo(await arrivedAt(peer));
    const socket = await peer.connection(0);
    socket.setNoDelay(true);
    const statuses: number[] = [];
    const three = new Promise<void>((resolve) => {
      transports.on('message', (message) => {
        if (message.kind === 'response') statuses.push(message.response.status);
        if (statuses.length === 3) resolve();
      });
    });
    for (const octet of Buffer.from(answer)) {
      await new Promise((resolve) => socket.write(Uint8Array.of(octet), resolve));
    }
    socket.write(`\r\n\r\n${answer.replace('200 OK', '180 Ringing')}${answer}\r\n\r\n`);
    await three;
    expect(statuses).toEqual([200, 180, 200]);
  });

  it.each([
    ['no Content-Length', 'SIP/2.0 200 OK\r\nVia: SIP/2.0/TCP h\r\n\r\n', 'framing'],
    ['an absurd Content-Length', 'SIP/2.0 200 OK\r\nl: 999999999999\r\n\r\n', 'framing'],
    ['header fields without end', 'A: b\r\n'.repeat(20_000), 'framing'],
  ] as const)('closes a connection with %s, and sends on a new one', async (_, text, because) => {
    const peer = await streamPeer();
    const transports = transportsOf();
    await transports.send(options(), tcpTo(peer));
    const socket = await peer.connection(0);
    const discard = next(transports, 'discard');
    const closed = once(socket, 'close');
    socket.write(text);
    expect(await discard).toMatchObject({ because, source: { transport: 'TCP', port: peer.port } });
    await closed;
    expect(transports.discarded).toMatchObject({ [because]: 1 });
    expect(await transports.send(options(), tcpTo(peer))).toMatchObject({ kind: 'sent' });
    await peer.connection(1);
  });

  it('tells what is in the same chunk as a message on which a listener throws', async () => {
    const peer = await streamPeer();
    const transports = transportsOf();
    const statuses: number[] = [];
    transports.on('message', (message) => {
      if (message.kind !== 'response') return;
      statuses.push(message.response.status);
      if (message.response.status === 180) throw new Error('mistake of the listener');
    });
    await transports.send(options(), tcpTo(peer));
    const answer = answerTo(await arrivedAt(peer));
    const others = process.listeners('uncaughtException');
    process.removeAllListeners('uncaughtException');
    const uncaught = once(process, 'uncaughtException');
    (await peer.connection(0)).write(answer.replace('200 OK', '180 Ringing') + answer);
    const [error] = (await uncaught) as unknown[];
    for (const listener of others) process.on('uncaughtException', listener);
    expect(error).toMatchObject({ message: 'mistake of the listener' });
    expect(statuses).toEqual([180, 200]);
  });

  it('counts a message that a closing peer cut off', async () => {
    const peer = await streamPeer();
    const transports = transportsOf();
    await transports.send(options(), tcpTo(peer));
    const discard = next(transports, 'discard');
    (await peer.connection(0)).end('SIP/2.0 200 OK\r\nVia');
    expect(await discard).toMatchObject({ because: 'cutOff' });
  });

  it('reports nothing when the peer closes after the request went out (RFC 3261 §18.4), and opens anew', async () => {
    const peer = await streamPeer();
    const transports = transportsOf();
    const told: string[] = [];
    transports.on('failure', () => told.push('failure'));
    transports.on('discard', () => told.push('discard'));
    const sent = ofSent(await transports.send(options(), tcpTo(peer)));
    const socket = await peer.connection(0);
    // The peer closes its side only; ours follows.
    const closed = once(socket, 'close');
    socket.end();
    await closed;
    // The same transaction, on a new connection: its Via is as the server knows it (RFC 3261 §17.2.3).
    peer.received.length = 0;
    expect(await sent.transmit(sent.request)).toMatchObject({ kind: 'sent' });
    expect(viaOf(await arrivedAt(peer))).toContain(`127.0.0.1:${sent.local.port};`);
    expect(peer.sockets).toHaveLength(2);
    // Another transaction has the same sent-by, too.
    const other = ofSent(await transports.send(options('z9hG4bKother'), tcpTo(peer)));
    expect(other.text).toContain(`127.0.0.1:${sent.local.port};`);
    expect(other.local.port).not.toBe(sent.local.port);
    expect(told).toEqual([]);
  });

  it('reports nothing when the peer resets the connection after the request went out', async () => {
    const peer = await streamPeer();
    const transports = transportsOf();
    const told: string[] = [];
    transports.on('failure', () => told.push('failure'));
    await transports.send(options(), tcpTo(peer));
    await arrivedAt(peer);
    const socket = await peer.connection(0);
    const closed = once(socket, 'close');
    socket.resetAndDestroy();
    await closed;
    expect(await transports.send(options(), tcpTo(peer))).toMatchObject({ kind: 'sent' });
    expect(told).toEqual([]);
  });

  it('says the local address for the Contact, and connects for it', async () => {
    const peer = await streamPeer();
    const transports = transportsOf();
    const local = await transports.localAddress(tcpTo(peer));
    const sent = ofSent(await transports.send(options(), tcpTo(peer)));
    expect(local).toEqual({ kind: 'local', ...sent.local });
    expect(peer.sockets).toHaveLength(1);
    const port = await closedUdpPort();
    expect(await transports.localAddress(tcpTo({ port }))).toMatchObject({ kind: 'failed' });
  });

  it('keeps 256 connections at most: the one unused for longest is closed', async () => {
    const peer = await streamPeer(undefined, 0, 'connection', '0.0.0.0');
    const transports = transportsOf();
    const to = (index: number) => ({ ...tcpTo(peer), host: `127.0.${1 + (index >> 7)}.${1 + (index & 127)}` });
    await transports.send(options(), to(0));
    const first = await peer.connection(0);
    for (let index = 1; index < 256; index += 1) await transports.send(options(), to(index));
    await peer.connection(255);
    expect(first.readableEnded).toBe(false);
    const ended = once(first, 'close');
    await transports.send(options(), to(256));
    await ended;
  });

  it('fails every request that waits for a connection which is refused (RFC 3261 §18.4)', async () => {
    const port = await closedUdpPort();
    const transports = transportsOf();
    const results = await Promise.all([
      transports.send(options(), tcpTo({ port })),
      transports.send(options(), tcpTo({ port })),
    ]);
    for (const result of results) {
      expect(result).toMatchObject({ kind: 'failed', failure: { code: 'refused', system: 'ECONNREFUSED' } });
    }
  });

  it('fails when the connection is not there in time', async () => {
    const clock = new VirtualClock();
    const transports = transportsOf({ environment: { clock }, connectMs: 3000 });
    // It accepts the connection, and says nothing to the TLS handshake.
    const silent = await streamPeer();
    const sending = transports.send(options(), { transport: 'TLS', host: '127.0.0.1', port: silent.port });
    await silent.arrival(1);
    clock.advance(3000);
    expect(await sending).toMatchObject({ kind: 'failed', failure: { code: 'timedOut' } });
    expect(clock.pending).toBe(0);
  });

  it('gives up writing to a peer that takes nothing', async () => {
    const clock = new VirtualClock();
    const peer = await streamPeer();
    const transports = transportsOf({ environment: { clock }, connectMs: 3000 });
    await transports.send(options(), tcpTo(peer));
    (await peer.connection(0)).pause();
    const huge = options('z9hG4bKhuge', 'x'.repeat(32 * 1024 * 1024));
    const sending = transports.send(huge, tcpTo(peer));
    await new Promise((resolve) => setImmediate(resolve));
    clock.advance(3000);
    expect(await sending).toMatchObject({ kind: 'failed', failure: { code: 'timedOut' } });
  });

  it('sends once more on a new connection what the server had closed its connection in front of', async () => {
    const peer = await streamPeer();
    const clock = new VirtualClock();
    const transports = transportsOf({ environment: { clock } });
    await transports.send(options('z9hG4bK1'), tcpTo(peer));
    const first = await arrivedAt(peer);
    const again = next(transports, 'message').then(() => transports.send(options('z9hG4bK2'), tcpTo(peer)));
    const socket = await peer.connection(0);
    // The response and the end of the connection in one: the second request crosses them.
    socket.pause();
    socket.end(answerTo(first));
    const second = ofSent(await again);
    const other = await peer.connection(1);
    const [octets] = (await once(other, 'data')) as [Uint8Array];
    expect(new TextDecoder().decode(octets)).toBe(second.text);
    expect(peer.sockets).toHaveLength(2);
  });

  it('leaves it at that when the server closes later, or closes a connection that was new', async () => {
    const peer = await streamPeer();
    const clock = new VirtualClock();
    const transports = transportsOf({ environment: { clock } });
    await transports.send(options('z9hG4bK1'), tcpTo(peer));
    await arrivedAt(peer);
    await transports.send(options('z9hG4bK2'), tcpTo(peer));
    await peer.arrival(400);
    clock.advance(4000);
    const socket = await peer.connection(0);
    socket.end();
    await once(socket, 'close');
    await transports.send(options('z9hG4bK3'), tcpTo(peer));
    const fresh = await peer.connection(1);
    fresh.end();
    await once(fresh, 'close');
    await transports.send(options('z9hG4bK4'), tcpTo(peer));
    const last = await peer.connection(2);
    if (last.bytesRead === 0) await once(last, 'data');
    const arrived = new TextDecoder().decode(Buffer.concat(peer.received));
    expect(arrived.match(/z9hG4bK[1-4]/g)).toEqual(['z9hG4bK1', 'z9hG4bK2', 'z9hG4bK3', 'z9hG4bK4']);
  });

  it('closes a connection that was idle, but not one in use', async () => {
    const clock = new VirtualClock();
    const peer = await streamPeer();
    const transports = transportsOf({ environment: { clock }, idleMs: 10_000 });
    await transports.send(options(), tcpTo(peer));
    const socket = await peer.connection(0);
    clock.advance(9000);
    await transports.send(options('z9hG4bKlater'), tcpTo(peer));
    clock.advance(9000);
    expect(socket.readableEnded).toBe(false);
    expect(peer.sockets).toHaveLength(1);
    const ended = once(socket, 'end');
    clock.advance(1000);
    await ended;
    expect(await transports.send(options(), tcpTo(peer))).toMatchObject({ kind: 'sent' });
    await peer.connection(1);
  });

  it('accepts a response on a connection that the server opens, where it listens (RFC 3261 §18.2.2)', async () => {
    const peer = await streamPeer();
    const transports = transportsOf({ bind: { ipv4: '127.0.0.1' }, listen: { tcp: 0 } });
    const ports = await transports.listen();
    if (ports.kind !== 'listening' || ports.tcp === undefined) throw new Error('not listening');
    const sent = ofSent(await transports.send(options(), tcpTo(peer)));
    expect(sent.text).toContain(`Via: SIP/2.0/TCP 127.0.0.1:${ports.tcp};rport`);
    const answer = answerTo(await arrivedAt(peer));
    (await peer.connection(0)).destroy();
    const message = next(transports, 'message');
    const back = connect(ports.tcp, '127.0.0.1');
    closeLater(() => Promise.resolve(back.destroy()));
    back.write(answer);
    expect(await message).toMatchObject({ kind: 'response', response: { status: 200 }, source: { transport: 'TCP' } });
  });

  it('says when a port to listen at is taken, and sends nothing then', async () => {
    const peer = await streamPeer();
    const transports = transportsOf({ bind: { ipv4: '127.0.0.1' }, listen: { tcp: peer.port } });
    expect(await transports.listen()).toMatchObject({ kind: 'failed', failure: { system: 'EADDRINUSE' } });
    expect(await transports.send(options(), tcpTo(peer))).toMatchObject({ kind: 'failed' });
  });

  it('puts the host that it was told into the Via', async () => {
    const peer = await streamPeer();
    const transports = transportsOf({ sentBy: { host: 'ua.example.com', port: 5060 } });
    const sent = ofSent(await transports.send(options(), tcpTo(peer)));
    expect(sent.text).toContain('Via: SIP/2.0/TCP ua.example.com:5060;rport;branch=z9hG4bKa1');
    const message = next(transports, 'message');
    (await peer.connection(0)).write(answerTo(await arrivedAt(peer)));
    expect(await message).toMatchObject({ kind: 'response' });
  });

  it('refuses a request without a branch: that is a mistake of the program', async () => {
    const peer = await streamPeer();
    const request = options();
    const without = { ...request, headers: setHeader(request.headers, 'Via', 'SIP/2.0/TCP h') };
    await expect(transportsOf().send(without, tcpTo(peer))).rejects.toMatchObject({ code: 'badRequest' });
  });

  it('sends nothing after close, and ends what was connecting', async () => {
    const peer = await streamPeer();
    const transports = transportsOf();
    const sending = transports.send(options(), tcpTo(peer));
    await transports.close();
    expect(await sending).toMatchObject({ kind: 'failed', failure: { code: 'closed' } });
    for (const transport of ['UDP', 'TCP'] as const) {
      const to = { transport, host: '127.0.0.1', port: peer.port };
      expect(await transports.send(options(), to)).toMatchObject({ kind: 'failed', failure: { code: 'closed' } });
    }
    await transports.close();
  });
});
