import { describe, expect, it } from 'vitest';
import { octetsOf } from '../../src/sip/octets.js';
import { writeMessage } from '../../src/sip/write-message.js';
import { UdpSockets } from '../../src/transport/udp.js';
import { options, viaOf } from './messages.js';
import { closedUdpPort, closeLater, next, transportsOf, udpPeer } from './peers.js';

describe('UDP', () => {
  it('sends with its own address and port in the Via, and hears the response there (RFC 3261 §18.1.1)', async () => {
    const peer = await udpPeer();
    const transports = transportsOf();
    const message = next(transports, 'message');
    const sent = await transports.send(options(), { transport: 'UDP', host: '127.0.0.1', port: peer.port });
    expect(sent).toMatchObject({
      kind: 'sent',
      transport: 'UDP',
      reliable: false,
      local: { host: '127.0.0.1' },
      remote: { host: '127.0.0.1', port: peer.port },
    });
    const received = await message;
    expect(received).toMatchObject({
      kind: 'response',
      response: { status: 200 },
      source: { transport: 'UDP', host: '127.0.0.1', port: peer.port },
    });
    const port = sent.kind === 'sent' ? sent.local.port : 0;
    expect(viaOf(peer.received[0]!)).toBe(`SIP/2.0/UDP 127.0.0.1:${port};rport;branch=z9hG4bKa1`);
    expect(sent.kind === 'sent' && octetsOf(sent.text)).toEqual(new Uint8Array(peer.received[0]!));
  });

  it('hears a server that answers from another address (RFC 3261 §18.1.1)', async () => {
    const peer = await udpPeer('127.0.0.1', false);
    const elsewhere = await udpPeer('127.0.0.1', false);
    const transports = transportsOf();
    await transports.send(options(), { transport: 'UDP', host: '127.0.0.1', port: peer.port });
    await peer.arrival(1);
    const message = next(transports, 'message');
    const via = viaOf(peer.received[0]!);
    const [, port] = /:(\d+);/.exec(via)!;
    elsewhere.socket.send(`SIP/2.0 100 Trying\r\nVia: ${via}\r\nl: 0\r\n\r\n`, Number(port), '127.0.0.1');
    expect(await message).toMatchObject({ kind: 'response', source: { port: elsewhere.port } });
  });

  it('uses one local port for all servers', async () => {
    const peers = [await udpPeer(), await udpPeer()];
    const transports = transportsOf();
    const ports = new Set<number>();
    for (const { port } of peers) {
      const sent = await transports.send(options(), { transport: 'UDP', host: '127.0.0.1', port });
      if (sent.kind === 'sent') ports.add(sent.local.port);
    }
    expect(ports.size).toBe(1);
  });

  it('reports an ICMP error for the request that was sent (RFC 3261 §18.4)', async () => {
    const port = await closedUdpPort();
    const transports = transportsOf();
    const failure = next(transports, 'failure');
    const sent = await transports.send(options('z9hG4bKlost'), { transport: 'UDP', host: '127.0.0.1', port });
    expect(sent.kind).toBe('sent');
    expect(await failure).toMatchObject({
      to: { transport: 'UDP', host: '127.0.0.1', port },
      failure: { code: 'refused', system: 'ECONNREFUSED' },
      transactions: [{ branch: 'z9hG4bKlost', method: 'OPTIONS' }],
    });
  });

  it('reports it again for the next request to that port, and for no request elsewhere', async () => {
    const port = await closedUdpPort();
    const alive = await udpPeer();
    const transports = transportsOf();
    await transports.send(options('z9hG4bKfine'), { transport: 'UDP', host: '127.0.0.1', port: alive.port });
    const first = next(transports, 'failure');
    await transports.send(options('z9hG4bKone'), { transport: 'UDP', host: '127.0.0.1', port });
    expect((await first).transactions).toEqual([{ branch: 'z9hG4bKone', method: 'OPTIONS' }]);
    const second = next(transports, 'failure');
    await transports.send(options('z9hG4bKtwo'), { transport: 'UDP', host: '127.0.0.1', port });
    expect((await second).transactions).toEqual([{ branch: 'z9hG4bKtwo', method: 'OPTIONS' }]);
  });

  it('reports each of several requests to a closed port once, at sending or later', async () => {
    const port = await closedUdpPort();
    const to = { transport: 'UDP', host: '127.0.0.1', port } as const;
    const transports = transportsOf();
    const failed: string[] = [];
    await transports.localAddress(to);
    const branches = ['z9hG4bK1', 'z9hG4bK2', 'z9hG4bK3'];
    await new Promise<void>((resolve) => {
      const note = (...more: readonly string[]): void => {
        failed.push(...more);
        if (failed.length >= branches.length) resolve();
      };
      transports.on('failure', ({ transactions }) => note(...transactions.map(({ branch }) => branch)));
      for (const branch of branches) {
        void transports.send(options(branch), to).then((sent) => sent.kind === 'failed' && note(branch));
      }
    });
    expect(failed.sort()).toEqual(branches);
  });

  it('does not blame a request that was answered before the server went away', async () => {
    const peer = await udpPeer();
    const to = { transport: 'UDP', host: '127.0.0.1', port: peer.port } as const;
    const transports = transportsOf();
    const answered = next(transports, 'message');
    await transports.send(options('z9hG4bKfirst'), to);
    await answered;
    await peer.close();
    const failure = next(transports, 'failure');
    await transports.send(options('z9hG4bKsecond'), to);
    expect((await failure).transactions).toEqual([{ branch: 'z9hG4bKsecond', method: 'OPTIONS' }]);
  });

  it('sends the same octets again for a retransmission', async () => {
    const peer = await udpPeer();
    const transports = transportsOf();
    const sent = await transports.send(options(), { transport: 'UDP', host: '127.0.0.1', port: peer.port });
    if (sent.kind !== 'sent') throw new Error(sent.failure.why);
    expect(await sent.transmit(sent.request)).toMatchObject({ kind: 'sent' });
    await peer.arrival(2);
    expect(peer.received[1]).toEqual(peer.received[0]);
  });

  it('sends from one unconnected socket where a port cannot be shared', async () => {
    const peer = await udpPeer();
    const heard: number[] = [];
    const sockets = new UdpSockets({
      sharesPort: false,
      onDatagram: (_, from) => heard.push(from.port),
      onFailure: () => undefined,
    });
    closeLater(() => sockets.close());
    const to = { host: '127.0.0.1', port: peer.port };
    const local = await sockets.localToward(to);
    expect(local.host).toBe('127.0.0.1');
    expect(await sockets.send(octetsOf(writeMessage(options())), to, 'note')).toBeUndefined();
    await peer.arrival(1);
    expect(heard.length).toBeLessThanOrEqual(1);
    const other = { host: '127.0.0.1', port: await closedUdpPort() };
    expect((await sockets.localToward(other)).port).toBe(local.port);
  });

  it('speaks IPv6, with brackets in the Via', async () => {
    const peer = await udpPeer('::1');
    const transports = transportsOf();
    const message = next(transports, 'message');
    const sent = await transports.send(options(), { transport: 'UDP', host: '::1', port: peer.port });
    expect(await message).toMatchObject({ kind: 'response', source: { host: '::1' } });
    expect(sent.kind === 'sent' && viaOf(peer.received[0]!)).toMatch(/^SIP\/2\.0\/UDP \[::1\]:\d+;rport;branch=/);
  });

  it('says the local address before anything is sent, for the Contact', async () => {
    const peer = await udpPeer();
    const transports = transportsOf();
    const local = await transports.localAddress({ transport: 'UDP', host: '127.0.0.1', port: peer.port });
    expect(local).toMatchObject({ kind: 'local', host: '127.0.0.1' });
    expect(peer.received).toEqual([]);
    const sent = await transports.send(options(), { transport: 'UDP', host: '127.0.0.1', port: peer.port });
    expect(sent.kind === 'sent' && local.kind === 'local' && sent.local.port === local.port).toBe(true);
  });

  it('keeps no more than 64 sockets for servers, and reaches every server', async () => {
    const peer = await udpPeer('127.0.0.1', false);
    const transports = transportsOf();
    for (let host = 1; host <= 70; host += 1) {
      const to = { transport: 'UDP', host: `127.0.1.${host}`, port: peer.port } as const;
      expect((await transports.localAddress(to)).kind).toBe('local');
    }
    await transports.send(options(), { transport: 'UDP', host: '127.0.0.1', port: peer.port });
    await peer.arrival(1);
  });

  it('fails with `unreachable` where no local address reaches the server', async () => {
    const transports = transportsOf({ bind: { ipv4: '127.0.0.1' } });
    const sent = await transports.send(options(), { transport: 'UDP', host: '192.0.2.200', port: 5060 });
    expect(sent).toMatchObject({ kind: 'failed', failure: { code: 'unreachable' } });
  });
});
