// Ethernet frames with IP and UDP or TCP in them, all lengths and checksums right (RFC 791, 8200, 768, 9293).
import { mapped } from './address.js';
import { checksumOf } from './checksum.js';
import { joined, net16, net32 } from './octets.js';

/** An address, a port and a network interface of its own. */
export interface Endpoint {
  readonly address: Uint8Array;
  readonly port: number;
  readonly mac: Uint8Array;
}

/** From where to where, and the number of the packet for the IPv4 header. */
export interface Way {
  readonly from: Endpoint;
  readonly to: Endpoint;
  readonly identification: number;
}

export interface Segment {
  readonly sequence: number;
  readonly acknowledgement: number;
  readonly flags: 'SYN' | 'SYN ACK' | 'ACK' | 'PSH ACK' | 'RST ACK';
  readonly data: Uint8Array;
}

/** More octets than this do not fit into one packet. */
export const MOST_DATA = 65_000;

export function udpFrame(way: Way, data: Uint8Array): Uint8Array {
  const length = net16(8 + data.length);
  const head = (checksum: number): Uint8Array =>
    joined([net16(way.from.port), net16(way.to.port), length, net16(checksum)]);
  const checksum = checksumOf(joined([pseudoHeader(way, UDP, 8 + data.length), head(0), data]));
  // RFC 768: a checksum of zero is written as all ones.
  return ipFrame(way, UDP, joined([head(checksum === 0 ? 0xffff : checksum), data]));
}

export function tcpFrame(way: Way, { sequence, acknowledgement, flags, data }: Segment): Uint8Array {
  const options = flags.startsWith('SYN') ? Uint8Array.of(2, 4, 0x05, 0xb4) : new Uint8Array();
  const words = 5 + options.length / 4;
  const head = (checksum: number): Uint8Array =>
    joined([
      net16(way.from.port),
      net16(way.to.port),
      net32(sequence),
      net32(acknowledgement),
      Uint8Array.of(words << 4, FLAGS[flags]),
      net16(flags === 'RST ACK' ? 0 : 0xffff),
      net16(checksum),
      net16(0),
      options,
    ]);
  const length = words * 4 + data.length;
  return ipFrame(way, TCP, joined([head(checksumOf(joined([pseudoHeader(way, TCP, length), head(0), data]))), data]));
}

const UDP = 17;
const TCP = 6;
const FLAGS = { SYN: 0x02, 'SYN ACK': 0x12, ACK: 0x10, 'PSH ACK': 0x18, 'RST ACK': 0x14 } as const;

/** What UDP and TCP include of the IP header (RFC 768, 9293 §3.1, 8200 §8.1). */
function pseudoHeader({ from, to }: Way, protocol: number, length: number): Uint8Array {
  const [source, destination] = ofOneVersion(from, to);
  return source.length === 4
    ? joined([source, destination, Uint8Array.of(0, protocol), net16(length)])
    : joined([source, destination, net32(length), Uint8Array.of(0, 0, 0, protocol)]);
}

function ipFrame({ from, to, identification }: Way, protocol: number, payload: Uint8Array): Uint8Array {
  const [source, destination] = ofOneVersion(from, to);
  const isVersion4 = source.length === 4;
  const head = isVersion4
    ? headOfVersion4(source, destination, { identification, protocol, length: payload.length })
    : joined([net32(0x6000_0000), net16(payload.length), Uint8Array.of(protocol, 64), source, destination]);
  return joined([to.mac, from.mac, net16(isVersion4 ? 0x0800 : 0x86dd), head, payload]);
}

function headOfVersion4(
  source: Uint8Array,
  destination: Uint8Array,
  { identification, protocol, length }: Readonly<Record<'identification' | 'protocol' | 'length', number>>,
): Uint8Array {
  const head = (checksum: number): Uint8Array =>
    joined([
      Uint8Array.of(0x45, 0),
      net16(20 + length),
      net16(identification),
      // Not to be fragmented.
      net16(0x4000),
      Uint8Array.of(64, protocol),
      net16(checksum),
      source,
      destination,
    ]);
  return head(checksumOf(head(0)));
}

/** Where only one side has an IPv4 address, it is written as an IPv4-mapped one. */
function ofOneVersion(from: Endpoint, to: Endpoint): readonly [Uint8Array, Uint8Array] {
  if (from.address.length === to.address.length) return [from.address, to.address];
  return [mapped(from.address), mapped(to.address)];
}
