// What DNS says in a simulation: the domains of the scenario's servers, as SRV records (RFC 3263 §4).
import type { Dns } from '../../transport/dns.js';
import type { SrvRecord } from '../../transport/srv-order.js';
import { isNumeric, portOf, transportsOf, type TransportName } from './address.js';
import type { WrittenServer } from '../scenario.js';

/** The records of these servers. Each server also has its name as a host of its domain. */
export function dnsOf(servers: readonly WrittenServer[]): Dns {
  const records = new Map<string, SrvRecord[]>();
  const addresses = new Map<string, string[]>();
  for (const server of servers) {
    for (const domain of domainsOf(server)) {
      const target = `${server.name}.${domain}`.toLowerCase();
      addToList(addresses, target, server.host);
      addToList(addresses, domain, server.host);
      for (const transport of transportsOf(server)) {
        const record = { priority: server.priority ?? 0, weight: server.weight ?? 0, port: portOf(server, transport) };
        addToList(records, `${SERVICES[transport]}.${domain}`, { ...record, target });
      }
    }
  }
  return {
    naptr: () => Promise.resolve([]),
    srv: (name) => Promise.resolve(records.get(name.toLowerCase()) ?? []),
    addresses: (host) => Promise.resolve(isNumeric(host) ? [host] : (addresses.get(host.toLowerCase()) ?? [])),
  };
}

const SERVICES: Readonly<Record<TransportName, string>> = { UDP: '_sip._udp', TCP: '_sip._tcp', TLS: '_sips._tcp' };

function domainsOf({ domain = [] }: WrittenServer): readonly string[] {
  return (typeof domain === 'string' ? [domain] : domain).map((name) => name.toLowerCase());
}

function addToList<T>(lists: Map<string, T[]>, key: string, item: T): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [item]);
  else list.push(item);
}
