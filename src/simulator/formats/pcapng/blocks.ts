// The blocks of a pcapng file (draft-ietf-opsawg-pcapng §4): section, interface, names, packets with comments.
import { octetsOf } from '../../../sip/octets.js';
import { file16, file32, joined } from './octets.js';

/** Begins the file; the numbers of this section have the low octet first. */
export function sectionHeader(comment: string, application: string): Uint8Array {
  return block(0x0a0d0d0a, [
    file32(0x1a2b3c4d),
    file16(1),
    file16(0),
    file32(0xffffffff),
    file32(0xffffffff),
    options([text(1, comment), text(4, application)]),
  ]);
}

/** Ethernet, whose times are microseconds. */
export function interfaceDescription(name: string): Uint8Array {
  const resolution = { code: 9, value: Uint8Array.of(6) };
  return block(1, [file16(1), file16(0), file32(0), options([text(2, name), resolution])]);
}

/** Who has which address. */
export function nameResolution(names: readonly { readonly address: Uint8Array; readonly name: string }[]): Uint8Array {
  const records = names.map(({ address, name }) => {
    const value = joined([address, octetsOf(name), Uint8Array.of(0)]);
    return optionOf({ code: address.length === 4 ? 1 : 2, value });
  });
  return block(4, [...records, file32(0)]);
}

/** One packet; @param at microseconds since 1970. */
export function enhancedPacket(at: number, frame: Uint8Array, comments: readonly string[]): Uint8Array {
  return block(6, [
    file32(0),
    file32(Math.floor(at / 2 ** 32)),
    file32(at % 2 ** 32),
    file32(frame.length),
    file32(frame.length),
    padded(frame),
    comments.length === 0 ? new Uint8Array() : options(comments.map((comment) => text(1, comment))),
  ]);
}

interface Option {
  readonly code: number;
  readonly value: Uint8Array;
}

/** The length of an option has 16 bits. */
const MOST_TEXT = 20_000;

function text(code: number, value: string): Option {
  return { code, value: octetsOf(value.slice(0, MOST_TEXT)) };
}

function options(list: readonly Option[]): Uint8Array {
  return joined([...list.map(optionOf), file32(0)]);
}

function optionOf({ code, value }: Option): Uint8Array {
  return joined([file16(code), file16(value.length), padded(value)]);
}

function block(type: number, parts: readonly Uint8Array[]): Uint8Array {
  const body = joined(parts);
  const length = file32(body.length + 12);
  return joined([file32(type), length, body, length]);
}

/** Everything begins at a multiple of four octets. */
function padded(octets: Uint8Array): Uint8Array {
  const missing = (4 - (octets.length % 4)) % 4;
  return missing === 0 ? octets : joined([octets, new Uint8Array(missing)]);
}
