// The DNS of the system.
import { lookup, Resolver } from 'node:dns/promises';
import type { Dns } from './dns.js';
import { systemCode } from './transport-failure.js';

/**
 * The resolver of the system. Host names go through its `getaddrinfo`: the hosts file counts, and it sorts by RFC 6724.
 *
 * @param servers other DNS servers for NAPTR and SRV: numeric addresses, with or without a port
 */
export function systemDns(servers?: readonly string[]): Dns {
  const resolver = new Resolver({ timeout: 1500, tries: 2 });
  if (servers !== undefined) resolver.setServers(servers);
  return {
    // Member by member: what else a version of Node tells of a record is none of ours.
    naptr: (domain) =>
      orNone(async () =>
        (await resolver.resolveNaptr(domain)).map(({ order, preference, flags, service, regexp, replacement }) => ({
          order,
          preference,
          flags,
          service,
          regexp,
          replacement,
        })),
      ),
    srv: (name) =>
      orNone(async () =>
        (await resolver.resolveSrv(name)).map(({ priority, weight, port, name: target }) => ({
          priority,
          weight,
          port,
          target,
        })),
      ),
    addresses: (host) =>
      orNone(async () => (await lookup(host, { all: true, order: 'verbatim' })).map(({ address }) => address)),
  };
}

async function orNone<T>(ask: () => Promise<readonly T[]>): Promise<readonly T[]> {
  try {
    return await ask();
  } catch (error) {
    if (NO_RECORDS.has(systemCode(error))) return [];
    throw error;
  }
}

const NO_RECORDS: ReadonlySet<string> = new Set(['ENOTFOUND', 'ENODATA']);
