import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../src/timing/random.js';
import { VirtualClock } from '../../src/timing/virtual-clock.js';
import type { ServerSet } from '../../src/transport/find-servers.js';
import { resolveServers, type ResolveOptions } from '../../src/transport/resolve.js';
import { readServerUri, serverUri } from '../../src/transport/server-address.js';
import { dnsOf, naptr, srv, type Zone } from './zone.js';

interface Resolved {
  readonly set: ServerSet;
  readonly uris: readonly string[];
  readonly asked: readonly string[];
  readonly why: string;
}

async function resolve(
  uri: string | readonly string[],
  zone: Zone = {},
  options: ResolveOptions = {},
): Promise<Resolved> {
  const { dns, asked } = dnsOf(zone);
  const clock = new VirtualClock();
  const environment = { clock, random: seededRandom(1) };
  const set = await resolveServers(uri, { environment, dns, ...options });
  expect(clock.pending).toBe(0);
  const uris = set.kind === 'servers' ? set.servers.map(serverUri) : [];
  return { set, uris, asked, why: set.kind === 'failed' ? set.failure.why : '' };
}

/** The zone of RFC 3263 §4.1. */
const EXAMPLE: Zone = {
  naptr: {
    'example.com': [
      naptr(100, 'SIP+D2U', '_sip._udp.example.com'),
      naptr(50, 'SIPS+D2T', '_sips._tcp.example.com.'),
      naptr(90, 'SIP+D2T', '_sip._tcp.example.com'),
    ],
  },
  srv: {
    '_sip._tcp.example.com': [srv(0, 1, 5060, 'server1.example.com'), srv(1, 2, 5070, 'server2.example.com')],
    '_sips._tcp.example.com': [srv(0, 1, 5061, 'server1.example.com')],
    '_sip._udp.example.com': [srv(0, 1, 5060, 'server1.example.com')],
  },
  addresses: { 'server1.example.com': ['192.0.2.1', '2001:db8::1'], 'server2.example.com': ['192.0.2.2'] },
};

describe('resolveServers: transport (RFC 3263 §4.1)', () => {
  it('takes TCP from the NAPTR records of the RFC when the client has no TLS', async () => {
    const { uris, asked } = await resolve('sip:user@example.com', EXAMPLE, { transports: ['UDP', 'TCP'] });
    expect(uris).toEqual([
      'sip:192.0.2.1:5060;transport=tcp',
      'sip:[2001:db8::1]:5060;transport=tcp',
      'sip:192.0.2.2:5070;transport=tcp',
    ]);
    expect(asked.slice(0, 2)).toEqual(['naptr example.com', 'srv _sip._tcp.example.com']);
  });

  it('retains SIPS services for a SIP URI when the client supports TLS', async () => {
    const { uris } = await resolve('sip:user@example.com', EXAMPLE);
    expect(uris[0]).toBe('sip:example.com:5061;maddr=192.0.2.1;transport=tls');
  });

  it('discards for a SIPS URI every service that is not SIPS', async () => {
    const zone = { ...EXAMPLE, naptr: { 'example.com': [naptr(1, 'SIP+D2T', '_sip._tcp.example.com')] } };
    const { uris, asked } = await resolve('sips:user@example.com', zone);
    expect(asked).not.toContain('srv _sip._tcp.example.com');
    expect(uris[0]).toBe('sip:example.com:5061;maddr=192.0.2.1;transport=tls');
  });

  it('keeps the domain of the URI for the certificate, wherever NAPTR and SRV lead (RFC 5922 §7.1)', async () => {
    const zone: Zone = {
      naptr: { 'example.com': [naptr(1, 'SIPS+D2T', '_sips._tcp.provider.example')] },
      srv: { '_sips._tcp.provider.example': [srv(0, 0, 5061, 'edge.provider.example')] },
      addresses: { 'edge.provider.example': ['192.0.2.9'] },
    };
    const { set } = await resolve('sips:user@example.com', zone);
    expect(set).toMatchObject({ servers: [{ servername: 'example.com', host: '192.0.2.9', transport: 'TLS' }] });
  });

  it.each([
    ['an unknown service', naptr(1, 'SIP+D2S', '_sip._sctp.example.com')],
    ['a regular expression', naptr(1, 'SIP+D2T', '_sip._tcp.example.com', { regexp: '!.*!sip:evil@example.net!' })],
    ['another flag', naptr(1, 'SIP+D2T', '_sip._tcp.example.com', { flags: 'u' })],
    ['a replacement that is no name', naptr(1, 'SIP+D2T', 'a b')],
  ])('passes over NAPTR with %s', async (_, first) => {
    const zone = { ...EXAMPLE, naptr: { 'example.com': [first, naptr(2, 'SIP+D2U', '_sip._udp.example.com')] } };
    expect((await resolve('sip:example.com', zone)).uris[0]).toBe('sip:192.0.2.1:5060');
  });

  it('asks for the SRV records of each transport it supports when there is no NAPTR', async () => {
    const zone: Zone = {
      srv: { '_sip._tcp.example.com': [srv(0, 0, 5070, 'a.example.com')] },
      addresses: { 'a.example.com': ['192.0.2.5'] },
    };
    const { uris, asked } = await resolve('sip:example.com', zone);
    expect(uris).toEqual(['sip:192.0.2.5:5070;transport=tcp']);
    expect(asked).toEqual([
      'naptr example.com',
      'srv _sip._udp.example.com',
      'srv _sip._tcp.example.com',
      'addresses a.example.com',
    ]);
  });

  it.each([
    ['sip:example.com', 'sip:192.0.2.7:5060'],
    ['sips:example.com', 'sip:example.com:5061;maddr=192.0.2.7;transport=tls'],
    ['sip:example.com;transport=tcp', 'sip:192.0.2.7:5060;transport=tcp'],
    ['sip:example.com;transport=TLS', 'sip:example.com:5061;maddr=192.0.2.7;transport=tls'],
    ['sips:example.com;transport=tcp', 'sip:example.com:5061;maddr=192.0.2.7;transport=tls'],
  ])('uses the addresses of the domain for %s when there are no SRV records (RFC 3263 §4.2)', async (uri, server) => {
    expect((await resolve(uri, { addresses: { 'example.com': ['192.0.2.7'] } })).uris).toEqual([server]);
  });
});

describe('resolveServers: port and address (RFC 3263 §4.2)', () => {
  it.each([
    ['sip:192.0.2.3', 'sip:192.0.2.3:5060'],
    ['sip:192.0.2.3:5080', 'sip:192.0.2.3:5080'],
    ['sips:192.0.2.3', 'sip:192.0.2.3:5061;transport=tls'],
    ['sip:192.0.2.3;transport=udp', 'sip:192.0.2.3:5060;transport=udp'],
    ['sip:[2001:DB8:0::1];transport=tcp', 'sip:[2001:db8::1]:5060;transport=tcp'],
    ['sip:alice@example.com;maddr=192.0.2.4', 'sip:192.0.2.4:5060'],
    ['sip:example.com:5061;maddr=192.0.2.1;transport=tls', 'sip:example.com:5061;maddr=192.0.2.1;transport=tls'],
  ])('asks DNS nothing for %s', async (uri, server) => {
    const { uris, asked } = await resolve(uri);
    expect({ uris, asked }).toEqual({ uris: [server], asked: [] });
  });

  it('asks only for addresses when the URI has a port, even 5060', async () => {
    const { uris, asked } = await resolve('sip:server1.example.com:5060', EXAMPLE);
    expect(asked).toEqual(['addresses server1.example.com']);
    expect(uris).toEqual(['sip:192.0.2.1:5060', 'sip:[2001:db8::1]:5060']);
  });

  it('asks for the SRV records of the transport that the URI names, and not for NAPTR', async () => {
    const { uris, asked } = await resolve('sip:example.com;transport=udp', EXAMPLE);
    expect(asked[0]).toBe('srv _sip._udp.example.com');
    expect(uris[0]).toBe('sip:192.0.2.1:5060;transport=udp');
  });

  it('keeps UDP fixed when TCP may not be used', async () => {
    expect((await resolve('sip:192.0.2.3', {}, { transports: ['UDP'] })).uris).toEqual([
      'sip:192.0.2.3:5060;transport=udp',
    ]);
  });

  it('keeps the order of the given list, and names a server once', async () => {
    const { uris } = await resolve(['sip:192.0.2.2', 'sip:192.0.2.1', 'sip:192.0.2.2:5060', 'tel:+123'], {});
    expect(uris).toEqual(['sip:192.0.2.2:5060', 'sip:192.0.2.1:5060']);
  });
});

describe('resolveServers: what DNS does wrong', () => {
  it('abandons a domain whose only SRV target is "." (RFC 2782)', async () => {
    const zone: Zone = {
      srv: { '_sip._udp.example.com': [srv(0, 0, 0, '.')] },
      addresses: { 'example.com': ['192.0.2.1'] },
    };
    const { set, why } = await resolve('sip:example.com;transport=udp', zone);
    expect(set).toMatchObject({ kind: 'failed', failure: { code: 'unresolved' } });
    expect(why).toContain('offers no SIP service');
  });

  it('does without NAPTR where the resolver does not know it', async () => {
    const { uris, set } = await resolve('sip:example.com', { ...EXAMPLE, naptr: { 'example.com': 'ENOTIMP' } });
    expect(uris[0]).toBe('sip:192.0.2.1:5060');
    expect(set.notes).toEqual(['NAPTR example.com: ENOTIMP']);
  });

  it('takes no failed SRV query for a domain without SRV records', async () => {
    const zone: Zone = { srv: { '_sip._udp.example.com': 'ESERVFAIL' }, addresses: { 'example.com': ['192.0.2.1'] } };
    const { why } = await resolve('sip:example.com;transport=udp', zone);
    expect(why).toContain('ESERVFAIL');
  });

  it.each([
    ['no address', {}, 'it has no address'],
    ['a failure', { addresses: { 'example.com': 'EAI_AGAIN' } }, 'EAI_AGAIN'],
    ['an address that is none', { addresses: { 'example.com': ['evil.example.net'] } }, 'it has no address'],
  ])('answers with %s', async (_, zone, why) => {
    const resolved = await resolve('sip:example.com:5060', zone);
    expect(resolved.set).toMatchObject({ kind: 'failed', failure: { code: 'unresolved' } });
    expect(resolved.why).toContain(why);
  });

  it('answers when DNS stays silent, with what is known by then', async () => {
    const clock = new VirtualClock();
    const { dns } = dnsOf({
      srv: { '_sip._udp.example.com': [srv(0, 0, 5060, 'quick.example.com'), srv(1, 0, 5060, 'mute.example.com')] },
      addresses: { 'quick.example.com': ['192.0.2.1'], 'mute.example.com': 'silence' },
    });
    const resolving = resolveServers('sip:example.com;transport=udp', {
      environment: { clock, random: () => 0 },
      dns,
      timeoutMs: 4000,
    });
    await new Promise((resolve) => setImmediate(resolve));
    clock.advance(4000);
    expect(await resolving).toMatchObject({
      kind: 'servers',
      servers: [{ host: '192.0.2.1' }],
      notes: ['addresses of mute.example.com: there was no answer in 4000 ms'],
    });
  });

  it('takes 32 servers at most from a zone with ten thousand records, the best priorities first', async () => {
    const many = Array.from({ length: 10_000 }, (_, index) => srv(10_000 - index, 1, 5060, `h${index}.example.com`));
    const addresses = Object.fromEntries(
      many.map(({ target }, index) => [
        target,
        [`10.0.${index >> 8}.${index & 255}`, ...Array.from({ length: 100 }, (_, n) => `10.1.1.${n}`)],
      ]),
    );
    const { set, asked } = await resolve('sip:example.com;transport=udp', {
      srv: { '_sip._udp.example.com': many },
      addresses,
    });
    expect(set.kind === 'servers' && set.servers.length).toBe(32);
    expect(asked.length).toBe(33);
    expect(set.kind === 'servers' && set.servers[0].host).toBe('10.0.39.15');
  });

  it.each([
    ['tel:+15551234', 'no SIP URI'],
    ['sip:', 'no SIP URI'],
    ['sip:example.com:0', 'port'],
    ['sip:example.com:70000', 'port'],
    ['sip:exa/mple..com', 'no domain name'],
    ['sip:example.com;transport=sctp', 'transport'],
    ['sips:example.com;transport=udp', 'transport'],
    ['sip:224.0.1.75', 'multicast'],
  ])('says why %s cannot be resolved', async (uri, why) => {
    const resolved = await resolve(uri, {});
    expect(resolved.set).toMatchObject({ kind: 'failed', failure: { code: 'unsupported' } });
    expect(resolved.why).toContain(why);
  });

  it('says that a transport may not be used', async () => {
    expect((await resolve('sips:192.0.2.1', {}, { transports: ['UDP', 'TCP'] })).why).toContain('TLS is needed');
    expect((await resolve([], {})).why).toContain('No server was given');
  });

  it('never rejects, whatever the URI is', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string(), async (text) => {
        const { set } = await resolve(`sip:${text}`, {});
        expect(['servers', 'failed']).toContain(set.kind);
      }),
    );
  });
});

describe('serverUri', () => {
  it('is read back as the same server', () => {
    for (const transport of ['UDP', 'TCP', 'TLS'] as const) {
      for (const host of ['192.0.2.1', '2001:db8::1']) {
        const server = { transport, host, port: 5080 };
        expect(readServerUri(serverUri(server))).toEqual(server);
      }
    }
    const tls = { transport: 'TLS', host: '192.0.2.1', port: 5061, servername: 'example.com' } as const;
    expect(readServerUri(serverUri(tls))).toEqual(tls);
    const fixed = { transport: 'UDP', host: '192.0.2.1', port: 5060, fixed: true } as const;
    expect(readServerUri(serverUri(fixed))).toEqual(fixed);
  });

  it.each(['sip:example.com:5060', 'sip:192.0.2.1', 'sips:192.0.2.1:5061', 'sip:192.0.2.1:5060;transport=ws', 'x'])(
    'leaves %s to resolveServers',
    (uri) => {
      expect(readServerUri(uri)).toBeUndefined();
    },
  );
});
