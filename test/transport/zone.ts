// A DNS that knows the records of a test, and notes what it was asked.
import type { Dns, NaptrRecord } from '../../src/transport/dns.js';
import type { SrvRecord } from '../../src/transport/srv-order.js';

/** A record set, or the code of the failure that a question meets; `'silence'` never answers. */
export interface Zone {
  readonly naptr?: Readonly<Record<string, readonly NaptrRecord[] | string>>;
  readonly srv?: Readonly<Record<string, readonly SrvRecord[] | string>>;
  readonly addresses?: Readonly<Record<string, readonly string[] | string>>;
}

export function dnsOf(zone: Zone): { readonly dns: Dns; readonly asked: readonly string[] } {
  const asked: string[] = [];
  const answer = <T>(
    kind: keyof Zone,
    name: string,
    found: readonly T[] | string | undefined,
  ): Promise<readonly T[]> => {
    asked.push(`${kind} ${name}`);
    if (found === 'silence') return new Promise(() => undefined);
    if (typeof found === 'string') return Promise.reject(Object.assign(new Error(found), { code: found }));
    return Promise.resolve(found ?? []);
  };
  return {
    asked,
    dns: {
      naptr: (name) => answer('naptr', name, zone.naptr?.[name]),
      srv: (name) => answer('srv', name, zone.srv?.[name]),
      addresses: (name) => answer('addresses', name, zone.addresses?.[name]),
    },
  };
}

export function naptr(
  order: number,
  service: string,
  replacement: string,
  more: Partial<NaptrRecord> = {},
): NaptrRecord {
  return { order, preference: 50, flags: 's', service, regexp: '', replacement, ...more };
}

export function srv(priority: number, weight: number, port: number, target: string): SrvRecord {
  return { priority, weight, port, target };
}
