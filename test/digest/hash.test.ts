// The hash functions: hex of the octets of a text.
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hexHash, nobleHashes } from '../../src/digest/hash.js';
import { textOf } from '../../src/sip/octets.js';
import { nodeHashes } from './server.js';

describe('nobleHashes', () => {
  it.each([
    ['MD5', 'd41d8cd98f00b204e9800998ecf8427e'],
    ['SHA-256', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
    ['SHA-512-256', 'c672b8d1ef56ed28ab87c3622c5114069bdd3ad7b8f9737498d0c01ecef0967a'],
  ] as const)('hash an empty body with %s to %s (RFC 3261 §22.4, RFC 8760 §2.6)', (name, expected) => {
    expect(hexHash(nobleHashes, name, '')).toBe(expected);
  });

  it('hash any text as node:crypto does its UTF-8', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 200 }),
        fc.constantFrom('MD5', 'SHA-256', 'SHA-512-256'),
        (text, name) => {
          expect(hexHash(nobleHashes, name, text)).toBe(hexHash(nodeHashes, name, text));
        },
      ),
    );
  });

  it('hash octets that are no UTF-8 as they were received', () => {
    const octets = Uint8Array.of(0x66, 0xff, 0x00, 0x80, 0xc3, 0xa4);
    expect(nobleHashes.md5(textOf(octets))).toBe(createHash('md5').update(octets).digest('hex'));
  });
});
