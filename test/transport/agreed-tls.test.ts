// A security agreement on TLS (RFC 3329 §2.3.1, §2.4): from then on nothing goes to that hop but over TLS.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createServer } from 'node:tls';
import { describe, expect, it } from 'vitest';
import { allHeaders } from '../../src/sip/header-list.js';
import type { Header, SipRequest } from '../../src/sip/message.js';
import { writeMessage } from '../../src/sip/write-message.js';
import { AgreedSecurity, asSips } from '../../src/transport/agreed-tls.js';
import { createUserAgentClient } from '../../src/transport/user-agent-client.js';
import { createUacCore } from '../../src/uac/uac-core.js';
import { register } from '../machines/requests.js';
import { clientInTest } from './client-in-test.js';
import { answering, settled } from './fake-transports.js';
import { answerTo, options, requestOf, viaOf } from './messages.js';
import { streamPeer, transportsOf, udpPeer } from './peers.js';
import { dnsOf, srv } from './zone.js';

const fixture = (name: string): string => readFileSync(join(import.meta.dirname, 'fixtures', name), 'utf8');
const cert = fixture('example.com.cert.pem');
const key = fixture('example.com.key.pem');
const offered = 'ipsec-ike;q=0.9, tls;q=0.8, digest;q=0.1';
const tlsListed: readonly Header[] = [['Security-Server', offered]];

const peerOf = ({ to }: { readonly to: { transport: string; host: string; port: number; servername?: string } }) =>
  `${to.transport} ${to.servername ?? ''}@${to.host}:${to.port}`;

/** A server on UDP that asks for an agreement, and one on TLS, both of example.com as its SRV records say. */
async function exampleCom(certificateOf: string, ca = cert) {
  const plain = await udpPeer('127.0.0.1', false);
  plain.socket.on('message', (octets, { port, address }) => {
    const { headers } = requestOf(octets);
    const copied = headers.filter(([name]) => /^(?:Via|From|To|Call-ID|CSeq)$/.test(name));
    const refusal = {
      status: 494,
      reason: 'Security Agreement Required',
      headers: [...copied, ...tlsListed],
      body: '',
    };
    plain.socket.send(writeMessage(refusal), port, address);
  });
  const secured = await streamPeer(createServer({ cert, key }), 0, 'secureConnection');
  const { dns } = dnsOf({
    srv: {
      [`_sip._udp.${certificateOf}`]: [srv(1, 1, plain.port, 'host.example.com')],
      [`_sips._tcp.${certificateOf}`]: [srv(1, 1, secured.port, 'host.example.com')],
    },
    addresses: { 'host.example.com': ['127.0.0.1'] },
  });
  const transports = transportsOf({ tls: { ca } });
  return { plain, secured, client: createUserAgentClient({ core: createUacCore(), transports, dns }) };
}

describe('an agreement on TLS', () => {
  it('is kept on a network: the request goes over TLS to where sips leads (RFC 3329 §2.4, RFC 3263 §4.1)', async () => {
    const { plain, secured, client } = await exampleCom('example.com');
    const outcome = (await client.request(options())).start();
    const arrived = await secured.arrival(100);
    expect(viaOf(arrived)).toMatch(/^SIP\/2\.0\/TLS /);
    const { uri, headers } = requestOf(arrived);
    // How it gets to the first hop is one thing, what it asks for another: the Request-URI stays.
    expect([uri, allHeaders(headers, 'Security-Verify').join(', ')]).toEqual(['sip:bob@example.com', offered]);
    (await secured.connection(0)).write(answerTo(arrived));
    expect(await outcome).toMatchObject({ type: 'accepted', attempts: 2 });
    expect(plain.received).toHaveLength(1);
  });

  it('goes nowhere without TLS: a certificate of another domain ends it, and is told', async () => {
    const { plain, secured, client } = await exampleCom('example.org');
    const failures: unknown[] = [];
    client.on('failure', (failure) => failures.push(failure));
    const request = { ...options(), uri: 'sip:bob@example.org' };
    const uac = await client.request(request, { limits: { maxAttempts: 2 } });
    expect(await uac.start()).toMatchObject({ type: 'gaveUp', attempts: 2 });
    expect(failures).toMatchObject([{ code: 'certificateRejected' }]);
    expect([plain.received.length, secured.received.length]).toEqual([1, 0]);
  });

  it.each<[string, string[], string]>([
    ['a server with the port of plain SIP', ['sip:192.0.2.1:5060;transport=udp'], 'TLS @192.0.2.1:5061'],
    ['a server without a port', ['sip:192.0.2.1'], 'TLS @192.0.2.1:5061'],
    ['a server with a port of its own', ['sip:192.0.2.1:5070'], 'TLS @192.0.2.1:5070'],
    ['a name, for which the certificate must be', ['sip:pbx.example.com:5060'], 'TLS pbx.example.com@192.0.2.7:5061'],
    ['the one of several that was asked', ['sip:192.0.2.1', 'sip:192.0.2.2'], 'TLS @192.0.2.1:5061'],
  ])('keeps the servers that were given, over TLS: %s', async (_what, servers, expected) => {
    const { dns } = dnsOf({ addresses: { 'pbx.example.com': ['192.0.2.7'] } });
    for (const isOfClient of [true, false]) {
      const { client, transports } = clientInTest(isOfClient ? { servers, dns } : { dns });
      const uac = await client.request(options(), isOfClient ? {} : { client: { servers } });
      void uac.start();
      await settled();
      transports.bring(answering(transports.last('OPTIONS'), 494, tlsListed));
      await settled();
      expect(transports.sent).toHaveLength(2);
      expect(transports.sent.map(peerOf)[1]).toBe(expected);
    }
  });

  it('is one with the server that asked, after a fail-over, too', async () => {
    const { client, transports } = clientInTest({ servers: ['sip:192.0.2.1', 'sip:192.0.2.2'] });
    void (await client.request(options())).start();
    await settled();
    transports.fail(transports.last('OPTIONS'));
    await settled();
    transports.bring(answering(transports.last('OPTIONS'), 494, tlsListed));
    await settled();
    transports.bring(answering(transports.last('OPTIONS'), 200));
    expect(transports.sent.map(peerOf)).toEqual(['UDP @192.0.2.1:5060', 'UDP @192.0.2.2:5060', 'TLS @192.0.2.2:5061']);
  });

  it('fails over to servers with TLS alone', async () => {
    const { client, transports } = clientInTest({ servers: ['sip:192.0.2.1', 'sip:192.0.2.2'] });
    void (await client.request(options())).start();
    await settled();
    transports.bring(answering(transports.last('OPTIONS'), 494, tlsListed));
    await settled();
    transports.fail(transports.last('OPTIONS'));
    await settled();
    expect(transports.sent.map(peerOf).slice(1)).toEqual(['TLS @192.0.2.1:5061', 'TLS @192.0.2.2:5061']);
  });

  it('holds for every REGISTER that a registration sends afterwards (RFC 3329 §2.3.1)', async () => {
    const { client, transports, clock } = clientInTest({ servers: ['sip:192.0.2.1'] });
    const registration = await client.register(register);
    registration.start();
    await settled();
    transports.bring(answering(transports.last('REGISTER'), 494, tlsListed));
    await settled();
    const [contact = ''] = allHeaders(transports.last('REGISTER').headers, 'Contact');
    transports.bring(answering(transports.last('REGISTER'), 200, [['Contact', `${contact};expires=60`]]));
    await settled();
    clock.advance(60_000);
    await settled();
    expect(transports.sent.map(peerOf)).toEqual(['UDP @192.0.2.1:5060', 'TLS @192.0.2.1:5061', 'TLS @192.0.2.1:5061']);
    registration.stop();
  });
});

describe('what was agreed on', () => {
  const verifying = (list: string): SipRequest => ({
    ...options(),
    headers: [...options().headers, ['Security-Verify', list]],
  });

  it.each<[string, readonly string[] | undefined, boolean]>([
    ['tls;q=0.2', undefined, true],
    ['digest;q=0.9, tls;q=0.2', undefined, false],
    ['digest;d-alg=HASH-9;q=0.9, tls;q=0.2', undefined, true],
    ['digest;q=0.9, tls;q=0.2', ['tls'], true],
    ['ipsec-man;q=0.9, tls;q=0.2', ['ipsec-man', 'tls'], false],
    ['tls;q=0.9, digest;q=0.2;d-ver="0123456789abcdef0123456789abcdef"', undefined, false],
  ])('is read from the list that is mirrored, where the decision is not known: %s, %s', (list, known, isTls) => {
    expect(new AgreedSecurity(known).wantsTls(verifying(list))).toBe(isTls);
  });

  it('is what the decision says, for requests that mirror the list', () => {
    const security = new AgreedSecurity();
    const action = { type: 'agreeSecurity', chosen: 'tls', mechanisms: [], challenges: [] } as const;
    security.note({ action });
    expect(security.wantsTls(verifying('digest;q=0.9, tls;q=0.2'))).toBe(true);
    expect(security.wantsTls(options())).toBe(false);
  });

  it.each([
    ['sip:example.com', 'sips:example.com'],
    ['sip:example.com:5060;lr', 'sips:example.com:5061;lr'],
    ['sip:example.com:5062;transport=tcp', 'sips:example.com:5062'],
    ['sip:example.com:5060;transport=tls', 'sips:example.com:5060'],
    ['sips:example.com:5060', 'sips:example.com:5060'],
    ['tel:+12125551212', 'tel:+12125551212'],
  ])('leads to where a sips URI leads: %s', (uri, expected) => {
    expect(asSips(uri)).toBe(expected);
  });
});
