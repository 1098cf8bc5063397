import { networkInterfaces } from 'node:os';
import { describe, expect, it } from 'vitest';
import { localTowards, localWithoutServer } from '../../src/transport/local-towards.js';
import { systemAddress } from '../../src/transport/own-address.js';
import { notSent } from '../../src/transport/sent.js';
import type { ServerAddress } from '../../src/transport/server-address.js';
import { clientInTest } from './client-in-test.js';
import { FakeTransports, local, refused } from './fake-transports.js';
import { dnsOf } from './zone.js';

const tcp = (host: string): ServerAddress => ({ transport: 'TCP', host, port: 5060 });

/** Transports of a machine where nothing accepts connections, and UDP leads to these hosts. */
class Refusing extends FakeTransports {
  readonly asked: string[] = [];

  constructor(readonly reachable: readonly string[]) {
    super();
  }

  override localAddress({ transport, host }: ServerAddress) {
    this.asked.push(`${transport} ${host}`);
    const isReached = transport === 'UDP' && this.reachable.includes(host);
    return Promise.resolve(isReached ? { kind: 'local' as const, ...local } : notSent(refused));
  }
}

describe('localTowards', () => {
  it('is the address towards the first server that can be reached, with its transport', async () => {
    const transports = new FakeTransports();
    transports.down.add('192.0.2.1');
    const servers = [tcp('192.0.2.1'), { ...tcp('192.0.2.2'), transport: 'UDP' }] as const;
    expect(await localTowards(transports, servers, systemAddress)).toEqual({ local, transport: 'UDP' });
  });

  it('is the address that UDP would have where every connection is refused', async () => {
    const transports = new Refusing(['192.0.2.2']);
    const found = await localTowards(transports, [tcp('192.0.2.1'), tcp('192.0.2.2')], systemAddress);
    expect(found).toEqual({ local, transport: 'TCP', failure: refused });
    expect(transports.asked).toEqual(['TCP 192.0.2.1', 'TCP 192.0.2.2', 'UDP 192.0.2.1', 'UDP 192.0.2.2']);
  });

  it('is an address of this machine, of the family of the servers, where there is no way at all', async () => {
    const own = Object.values(networkInterfaces()).flatMap((addresses) =>
      (addresses ?? []).map(({ address }) => address),
    );
    for (const host of ['192.0.2.1', '2001:db8::1']) {
      const found = await localTowards(new Refusing([]), [tcp(host)], systemAddress);
      expect(found).toMatchObject({ transport: 'TCP', failure: refused });
      expect([...own, '127.0.0.1', '::1']).toContain(found.local.host);
      expect(found.local.host.includes(':')).toBe(host.includes(':'));
    }
  });
});

describe('wayTo', () => {
  it('says where a request would come from, also when its host cannot be resolved', async () => {
    const { client, transports } = clientInTest({ dns: dnsOf({}).dns });
    expect(await client.wayTo('sip:example.com')).toEqual({
      kind: 'closed',
      failure: {
        code: 'unresolved',
        why: 'The host example.com could not be resolved: it has no address. Check the name, or give a numeric address.',
      },
      servers: [],
      local: await localWithoutServer(transports, systemAddress),
      transport: 'UDP',
    });
  });

  it('names the servers of a way that is closed at the moment', async () => {
    const servers = ['sip:192.0.2.1:5060;transport=tcp'];
    const { client, transports } = clientInTest({ servers });
    transports.down.add('192.0.2.1');
    expect(await client.wayTo('sip:example.com')).toMatchObject({ kind: 'closed', servers, transport: 'TCP' });
    transports.down.clear();
    expect(await client.wayTo('sip:example.com')).toEqual({ kind: 'open', servers, local, transport: 'TCP' });
  });
});
