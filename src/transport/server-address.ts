// The address of a server: what RFC 3263 makes of a URI, and its text form as a SIP URI.
import { paramOf } from '../sip/params.js';
import { parseUri } from '../sip/uri.js';
import { ipVersion } from './ip-version.js';

/** The transports that are spoken here; `TLS` is TLS over TCP. */
export type TransportName = 'UDP' | 'TCP' | 'TLS';

/** A numeric address and a port. */
export interface Endpoint {
  /** Numeric; IPv6 without brackets. */
  readonly host: string;
  readonly port: number;
}

/** One element of a server set (RFC 3261 §8.1.2): address, port and transport. */
export interface ServerAddress extends Endpoint {
  readonly transport: TransportName;
  /** For TLS: the host of the URI, for which the certificate must be valid (RFC 5922 §7). Without it: the address. */
  readonly servername?: string;
  /** Somebody has named UDP: a request that is too large for it goes over UDP all the same. */
  readonly fixed?: true;
}

/** Whether a transport delivers or says that it cannot, so that nothing is retransmitted (RFC 3261 §17.1). */
export function isReliable(transport: TransportName): boolean {
  return transport !== 'UDP';
}

/** RFC 3261 §19.1.2: 5061 for TLS, 5060 for the others. */
export function defaultPort(transport: TransportName): number {
  return transport === 'TLS' ? 5061 : 5060;
}

/**
 * The server as a SIP URI, which `resolveServers` takes for exactly this server: `sip:192.0.2.1:5060`,
 * `sip:[2001:db8::1]:5060;transport=tcp`, `sip:example.com:5061;maddr=192.0.2.1;transport=tls`. UDP stands there only
 * where it is fixed: without it, RFC 3263 §4.1 means UDP, or TCP for a large request.
 */
export function serverUri(server: ServerAddress): string {
  const { host, port, transport, servername, fixed } = server;
  const address = bracketed(host);
  const named =
    servername === undefined ? `sip:${address}:${port}` : `sip:${bracketed(servername)}:${port};maddr=${address}`;
  return transport === 'UDP' && fixed !== true ? named : `${named};transport=${transport.toLowerCase()}`;
}

/** Reads what `serverUri` wrote; undefined for a URI that does not say address and port by itself. */
export function readServerUri(text: string): ServerAddress | undefined {
  const uri = parseUri(text);
  if (uri?.port === undefined || uri.port === 0 || uri.port > 65_535 || uri.scheme !== 'sip') return undefined;
  const maddr = paramOf(uri.params, 'maddr');
  const host = numericHost(maddr ?? uri.host);
  const transport = transportOf(paramOf(uri.params, 'transport') ?? '');
  if (host === undefined || transport === undefined) return undefined;
  const { name, fixed } = transport;
  return {
    transport: name,
    host,
    port: uri.port,
    ...(maddr === undefined ? {} : { servername: uri.host }),
    ...(fixed ? { fixed } : {}),
  };
}

function transportOf(text: string): { readonly name: TransportName; readonly fixed?: true } | undefined {
  if (text === '') return { name: 'UDP' };
  if (/^udp$/i.test(text)) return { name: 'UDP', fixed: true };
  if (/^tcp$/i.test(text)) return { name: 'TCP' };
  return /^tls$/i.test(text) ? { name: 'TLS' } : undefined;
}

/** The numeric address that a host is, without brackets and in one spelling; undefined for a name. */
export function numericHost(host: string): string | undefined {
  const bare = host.startsWith('[') && host.endsWith(']') ? host.slice(1, -1) : host;
  if (ipVersion(bare) === 0) return undefined;
  // A zone (fe80::1%eth0) has no place in a URL; it stays as it is.
  return bare.includes(':') && !bare.includes('%') ? new URL(`http://[${bare}]`).hostname.slice(1, -1) : bare;
}

/** The address as it stands in a URI or a Via: IPv6 in brackets (RFC 3261 §25.1, IPv6reference). */
export function bracketed(host: string): string {
  return ipVersion(host) === 6 ? `[${host}]` : host;
}

/** Which kind of socket reaches the address. */
export function familyOf(host: string): 4 | 6 {
  return ipVersion(host) === 6 ? 6 : 4;
}
