import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createServer } from 'node:tls';
import { describe, expect, it } from 'vitest';
import type { ServerAddress } from '../../src/transport/index.js';
import { checkSipIdentity } from '../../src/transport/sip-identity.js';
import { answerTo, options, viaOf } from './messages.js';
import { next, streamPeer, transportsOf, type StreamPeer } from './peers.js';

const fixture = (name: string): string => readFileSync(join(import.meta.dirname, 'fixtures', name), 'utf8');
const cert = fixture('example.com.cert.pem');
const key = fixture('example.com.key.pem');

function tlsPeer(): Promise<StreamPeer> {
  return streamPeer(createServer({ cert, key }), 0, 'secureConnection');
}

function tlsTo({ port }: StreamPeer, servername?: string): ServerAddress {
  return { transport: 'TLS', host: '127.0.0.1', port, ...(servername === undefined ? {} : { servername }) };
}

describe('TLS', () => {
  it('sends after the certificate of the URI host was verified (RFC 3261 §26.3.1)', async () => {
    const peer = await tlsPeer();
    const transports = transportsOf({ tls: { ca: cert } });
    const message = next(transports, 'message');
    const sent = await transports.send(options(), tlsTo(peer, 'example.com'));
    expect(sent).toMatchObject({ kind: 'sent', transport: 'TLS', reliable: true });
    const request = await peer.arrival(100);
    expect(viaOf(request)).toMatch(/^SIP\/2\.0\/TLS 127\.0\.0\.1:\d+;rport;branch=z9hG4bKa1$/);
    (await peer.connection(0)).write(answerTo(request));
    expect(await message).toMatchObject({ kind: 'response', source: { transport: 'TLS' } });
  });

  it('verifies the address where the URI has no name', async () => {
    const peer = await tlsPeer();
    expect(await transportsOf({ tls: { ca: cert } }).send(options(), tlsTo(peer))).toMatchObject({ kind: 'sent' });
  });

  it('fails for a certificate of another domain, and says for which it is', async () => {
    const peer = await tlsPeer();
    const sent = await transportsOf({ tls: { ca: cert } }).send(options(), tlsTo(peer, 'example.org'));
    expect(sent).toMatchObject({ kind: 'failed', failure: { code: 'certificateRejected' } });
    expect(sent.kind === 'failed' && sent.failure.why).toContain('is for example.com');
    expect(peer.received).toEqual([]);
  });

  it('fails for an authority that it does not know, and says what to do', async () => {
    const peer = await tlsPeer();
    const sent = await transportsOf().send(options(), tlsTo(peer, 'example.com'));
    expect(sent).toMatchObject({
      kind: 'failed',
      failure: { code: 'certificateRejected', system: 'DEPTH_ZERO_SELF_SIGNED_CERT' },
    });
    expect(sent.kind === 'failed' && sent.failure.why).toContain('as tls.ca');
  });

  it('takes any certificate only where it was told to', async () => {
    const peer = await tlsPeer();
    const transports = transportsOf({ tls: { rejectUnauthorized: false } });
    expect(await transports.send(options(), tlsTo(peer, 'example.org'))).toMatchObject({ kind: 'sent' });
  });

  it('shows a certificate of its own to a server that asks for one', async () => {
    const server = createServer({ cert, key, ca: cert, requestCert: true, rejectUnauthorized: true });
    const peer = await streamPeer(server, 0, 'secureConnection');
    const ours = { ca: [Buffer.from(cert)], cert: [cert], key: Buffer.from(key) };
    const sent = await transportsOf({ tls: ours }).send(options(), tlsTo(peer, 'example.com'));
    expect(sent.kind).toBe('sent');
    await peer.arrival(100);
  });

  it('shares no connection between two names of certificates', async () => {
    const peer = await tlsPeer();
    const transports = transportsOf({ tls: { ca: cert } });
    await transports.send(options(), tlsTo(peer, 'example.com'));
    await transports.send(options(), tlsTo(peer));
    await transports.send(options(), tlsTo(peer, 'EXAMPLE.com'));
    await peer.connection(1);
    expect(peer.sockets).toHaveLength(2);
    expect(await transports.send(options(), tlsTo(peer, 'example.org'))).toMatchObject({ kind: 'failed' });
  });

  it('fails where the port does not speak TLS', async () => {
    const peer = await streamPeer();
    peer.server.on('connection', (socket) => socket.end('SIP/2.0 400 Bad Request\r\n\r\n'));
    const sent = await transportsOf().send(options(), tlsTo(peer, 'example.com'));
    expect(sent.kind).toBe('failed');
  });

  it('accepts a response on a TLS connection that the server opens', async () => {
    const peer = await tlsPeer();
    const transports = transportsOf({
      bind: { ipv4: '127.0.0.1' },
      tls: { ca: cert },
      listen: { tls: { port: 0, cert, key } },
    });
    const ports = await transports.listen();
    if (ports.kind !== 'listening' || ports.tls === undefined) throw new Error('not listening');
    await transports.send(options(), tlsTo(peer, 'example.com'));
    const message = next(transports, 'message');
    const server = transportsOf({ tls: { ca: cert } });
    // The same octets as a server would send them: a request is as good as a response here.
    await server.send(options('z9hG4bKback'), {
      transport: 'TLS',
      host: '127.0.0.1',
      port: ports.tls,
      servername: 'example.com',
    });
    expect(await message).toMatchObject({ kind: 'request', source: { transport: 'TLS', local: { port: ports.tls } } });
  });
});

describe('checkSipIdentity (RFC 5922 §7)', () => {
  const web = new X509Certificate(cert).toLegacyObject();
  const sip = new X509Certificate(fixture('sip-domain.cert.pem')).toLegacyObject();

  it.each([
    ['example.com', true],
    ['EXAMPLE.COM', true],
    ['127.0.0.1', true],
    ['sub.example.com', false],
    ['host.example.net', false],
    ['*.example.net', true],
    ['127.0.0.2', false],
  ])('a certificate with DNS names for %s: %s', (host, isFor) => {
    expect(checkSipIdentity(host, web) === undefined).toBe(isFor);
  });

  it('takes the common name only where the certificate has no other name (§7.1)', () => {
    const { subjectaltname: names, ...nameless } = sip;
    expect(names).toContain('URI:sip:example.org');
    expect(checkSipIdentity('sip.example.org', nameless)).toBeUndefined();
    expect(
      checkSipIdentity('sip.example.org', { ...nameless, subjectaltname: 'IP Address:192.0.2.1' })?.message,
    ).toContain('is for no domain');
  });

  it('matches a wildcard only where it was told to (§7.2)', () => {
    expect(checkSipIdentity('host.example.net', web, true)).toBeUndefined();
    expect(checkSipIdentity('host.example.org', web, true)).toBeInstanceOf(Error);
  });

  it.each([
    ['example.org', true],
    // A URI with a user names no domain, and DNS names do not count beside SIP URIs (§7.1).
    ['example.edu', false],
    ['host.example.org', false],
    ['sip.example.org', false],
  ])('a certificate with SIP URIs for %s: %s', (host, isFor) => {
    expect(checkSipIdentity(host, sip) === undefined).toBe(isFor);
  });
});
