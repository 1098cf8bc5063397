// Where the scenario's servers are: their ports and transports.
import type { TransportName } from '../../transport/server-address.js';
import type { WrittenServer } from '../scenario.js';

export type { TransportName } from '../../transport/server-address.js';

/** RFC 3261 §19.1.2. */
export const SIP_PORT = 5060;

/** UDP and TCP share a port; TLS has the next one. */
export function portOf({ port = SIP_PORT }: Pick<WrittenServer, 'port'>, transport: TransportName): number {
  return transport === 'TLS' ? port + 1 : port;
}

export function transportsOf({ transports = ['UDP', 'TCP'] }: Pick<WrittenServer, 'transports'>) {
  return transports;
}

/** Whether a host is an address, and no name. */
export function isNumeric(host: string): boolean {
  return host.includes(':') || /^\d{1,3}(?:\.\d{1,3}){3}$/.test(host);
}
