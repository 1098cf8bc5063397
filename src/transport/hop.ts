// What a SIP URI says about its server (RFC 3263 §4): TARGET, port, transport, and the name for the certificate.
import { paramOf } from '../sip/params.js';
import { parseUri, type SipUri } from '../sip/uri.js';
import { numericHost, type TransportName } from './server-address.js';
import type { TransportFailure } from './transport-failure.js';

/** A first hop before DNS was asked. */
export interface Hop {
  readonly kind: 'hop';
  /** A sips URI: TLS and nothing else. */
  readonly secure: boolean;
  /** RFC 3263 §4: "the value of the maddr parameter of the URI, if present, otherwise, the host value". */
  readonly target: string;
  /** The TARGET, where it is an address. */
  readonly numeric?: string;
  readonly port?: number;
  /** The transport that the URI names. */
  readonly transport?: TransportName;
  /** The host of the URI, where it is a name: the certificate must be for it (RFC 5922 §7.1). */
  readonly servername?: string;
}

/** A hop that cannot be reached from here, and why. */
export interface UnusableHop {
  readonly kind: 'unusable';
  readonly failure: TransportFailure;
}

/** Reads the hop out of a SIP or SIPS URI. */
export function readHop(text: string): Hop | UnusableHop {
  const uri = parseUri(text);
  if (uri === undefined || (uri.scheme !== 'sip' && uri.scheme !== 'sips')) {
    return unusable(`${quoted(text)} is no SIP URI, so nothing says where to send it; set an outbound proxy.`);
  }
  if (uri.port !== undefined && (uri.port === 0 || uri.port > 65_535)) {
    return unusable(`${quoted(text)} has a port that is not from 1 to 65535.`);
  }
  const target = withoutDot(paramOf(uri.params, 'maddr') ?? uri.host);
  const numeric = numericHost(target);
  if (numeric === undefined && !isDomain(target)) return unusable(`The host of ${quoted(text)} is no domain name.`);
  if (numeric !== undefined && isMulticast(numeric)) {
    return unusable(`${quoted(text)} is a multicast address; requests are sent to one host at a time here.`);
  }
  const transport = transportOf(uri);
  if (transport === 'unsupported') {
    return unusable(`${quoted(text)} asks for a transport that is not spoken here; UDP, TCP and TLS are.`);
  }
  return {
    kind: 'hop',
    secure: uri.scheme === 'sips',
    target,
    ...(numeric === undefined ? {} : { numeric }),
    ...(uri.port === undefined ? {} : { port: uri.port }),
    ...(transport === undefined ? {} : { transport }),
    ...(numericHost(uri.host) === undefined ? { servername: withoutDot(uri.host) } : {}),
  };
}

/** A name that may be asked for in DNS: what a peer put into a URI or a zone goes no further otherwise. */
export function isDomain(name: string): boolean {
  return name.length <= 253 && name.split('.').every((label) => /^[a-z0-9_-]{1,63}$/i.test(label));
}

/** In lower case and without the dot that ends an absolute name. */
export function withoutDot(domain: string): string {
  return domain.toLowerCase().replace(/\.$/, '');
}

function transportOf({ scheme, params }: SipUri): TransportName | 'unsupported' | undefined {
  const named = paramOf(params, 'transport')?.toLowerCase();
  if (named === undefined || named === '') return undefined;
  const found = TRANSPORTS.get(named);
  if (found === undefined) return 'unsupported';
  if (scheme === 'sip') return found;
  // RFC 3261 §19.1.2: "a SIPS URI … the transport is TLS over" what is named, and TLS needs a stream.
  return found === 'UDP' ? 'unsupported' : 'TLS';
}

/** `transport=tls` is deprecated (RFC 3261 §26.2.2), and common. */
const TRANSPORTS: ReadonlyMap<string, TransportName> = new Map([
  ['udp', 'UDP'],
  ['tcp', 'TCP'],
  ['tls', 'TLS'],
]);

function isMulticast(address: string): boolean {
  return address.includes(':') ? /^ff/i.test(address) : /^(?:22[4-9]|23\d)\./.test(address);
}

function unusable(why: string): UnusableHop {
  return { kind: 'unusable', failure: { code: 'unsupported', why } };
}

function quoted(text: string): string {
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text);
}
