// Reads a pcapng file back, from its blocks to the payload of UDP and TCP, and checks every length and checksum on the way.
import { expect } from 'vitest';

export interface Packet {
  /** Microseconds since 1970. */
  readonly at: number;
  readonly comments: readonly string[];
  readonly source: string;
  readonly destination: string;
  readonly sourcePort: number;
  readonly destinationPort: number;
  readonly tcp?: { readonly sequence: number; readonly acknowledgement: number; readonly flags: number };
  readonly data: string;
}

export interface Capture {
  readonly comments: readonly string[];
  readonly names: readonly string[];
  readonly packets: readonly Packet[];
}

const utf8 = new TextDecoder('utf-8');

export function readCapture(file: Uint8Array): Capture {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const packets: Packet[] = [];
  const names: string[] = [];
  let comments: readonly string[] = [];
  let index = 0;
  for (let at = 0; at < file.length; index += 1) {
    const [type, length] = [view.getUint32(at, true), view.getUint32(at + 4, true)];
    expect(length % 4).toBe(0);
    expect(view.getUint32(at + length - 4, true)).toBe(length);
    const [body, end] = [at + 8, at + length - 4];
    if (index === 0) {
      expect([type, view.getUint32(body, true)]).toEqual([0x0a0d0d0a, 0x1a2b3c4d]);
      comments = commentsFrom(file, view, body + 16, end);
    } else if (index === 1) {
      expect([type, view.getUint16(body, true)]).toEqual([1, 1]);
    } else if (type === 4) {
      names.push(
        ...[...optionsFrom(file, view, body, end)].map(({ code, value }) =>
          utf8.decode(value.subarray(code === 1 ? 4 : 16, -1)),
        ),
      );
    } else {
      expect(type).toBe(6);
      const captured = view.getUint32(body + 12, true);
      expect(view.getUint32(body + 16, true)).toBe(captured);
      const frame = file.subarray(body + 20, body + 20 + captured);
      packets.push({
        at: view.getUint32(body + 4, true) * 2 ** 32 + view.getUint32(body + 8, true),
        comments: commentsFrom(file, view, body + 20 + Math.ceil(captured / 4) * 4, end),
        ...readFrame(frame),
      });
    }
    at += length;
  }
  return { comments, names, packets };
}

function commentsFrom(file: Uint8Array, view: DataView, from: number, end: number): readonly string[] {
  return [...optionsFrom(file, view, from, end)]
    .filter(({ code }) => code === 1)
    .map(({ value }) => utf8.decode(value));
}

function* optionsFrom(file: Uint8Array, view: DataView, from: number, end: number) {
  for (let at = from; at < end;) {
    const [code, length] = [view.getUint16(at, true), view.getUint16(at + 2, true)];
    if (code === 0) return;
    yield { code, value: file.subarray(at + 4, at + 4 + length) };
    at += 4 + Math.ceil(length / 4) * 4;
  }
}

function readFrame(frame: Uint8Array): Omit<Packet, 'at' | 'comments'> {
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
  const isVersion4 = view.getUint16(12) === 0x0800;
  if (!isVersion4) expect(view.getUint16(12)).toBe(0x86dd);
  const ip = frame.subarray(14);
  const length = isVersion4 ? 20 : 40;
  const addresses = isVersion4 ? ip.subarray(12, 20) : ip.subarray(8, 40);
  const half = addresses.length / 2;
  const protocol = ip[isVersion4 ? 9 : 6] ?? 0;
  const payload = ip.subarray(length);
  if (isVersion4) {
    expect(sum(ip.subarray(0, 20))).toBe(0xffff);
    expect(view.getUint16(16)).toBe(ip.length);
  } else expect(view.getUint16(18)).toBe(payload.length);
  // The sum over the pseudo header and everything behind it, the checksum included, is all ones.
  const pseudo = Uint8Array.from([...addresses, 0, protocol, payload.length >> 8, payload.length & 0xff]);
  expect(sum(Uint8Array.from([...pseudo, ...payload]))).toBe(0xffff);
  const inner = new DataView(payload.buffer, payload.byteOffset, payload.byteLength);
  const ends = {
    source: addresses.subarray(0, half).join('.'),
    destination: addresses.subarray(half).join('.'),
    sourcePort: inner.getUint16(0),
    destinationPort: inner.getUint16(2),
  };
  if (protocol === 17) {
    expect(inner.getUint16(4)).toBe(payload.length);
    expect(inner.getUint16(6)).not.toBe(0);
    return { ...ends, data: utf8.decode(payload.subarray(8)) };
  }
  expect(protocol).toBe(6);
  const tcp = { sequence: inner.getUint32(4), acknowledgement: inner.getUint32(8), flags: inner.getUint8(13) };
  return { ...ends, tcp, data: utf8.decode(payload.subarray((inner.getUint8(12) >> 4) * 4)) };
}

/** The one's complement sum of all 16-bit words. */
function sum(octets: Uint8Array): number {
  let total = 0;
  for (const [index, octet] of octets.entries()) total += index % 2 === 0 ? octet * 256 : octet;
  while (total > 0xffff) total = (total & 0xffff) + Math.floor(total / 0x10000);
  return total;
}
