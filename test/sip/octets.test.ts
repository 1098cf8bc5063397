import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { octetLength, octetsOf, textOf } from '../../src/sip/octets.js';

const octets = (...values: number[]): Uint8Array => Uint8Array.from(values);

describe('textOf', () => {
  it('reads UTF-8 (RFC 3261 §7)', () => {
    expect(textOf(octets(0x41, 0xc3, 0xa9, 0xe2, 0x82, 0xac, 0xf0, 0x9f, 0x98, 0x80))).toBe('Aé€😀');
  });

  it('keeps a byte order mark and a replacement character that were sent', () => {
    expect(textOf(octets(0xef, 0xbb, 0xbf, 0x41))).toBe('\uFEFFA');
    expect(textOf(octets(0xef, 0xbf, 0xbd, 0xf0, 0x9f, 0x98, 0x80, 0xc3, 0xa9))).toBe('\uFFFD😀é');
  });

  it.each([
    ['a lone continuation octet', [0x80], '\uDC80'],
    ['an octet that begins nothing', [0xff, 0x41], '\uDCFFA'],
    ['an overlong form of two octets', [0xc0, 0xaf], '\uDCC0\uDCAF'],
    ['an overlong form of three octets', [0xe0, 0x9f, 0xbf], '\uDCE0\uDC9F\uDCBF'],
    ['an overlong form of four octets', [0xf0, 0x8f, 0xbf, 0xbf], '\uDCF0\uDC8F\uDCBF\uDCBF'],
    ['a surrogate in UTF-8', [0xed, 0xa0, 0x80], '\uDCED\uDCA0\uDC80'],
    ['a code point beyond U+10FFFF', [0xf4, 0x90, 0x80, 0x80], '\uDCF4\uDC90\uDC80\uDC80'],
    ['a sequence cut off at the end', [0x41, 0xe2, 0x82], 'A\uDCE2\uDC82'],
    ['a sequence broken by a letter', [0xe2, 0x82, 0x41], '\uDCE2\uDC82A'],
  ])('makes lone surrogates of %s', (_, bytes, text) => {
    expect(textOf(octets(...bytes))).toBe(text);
  });

  it('reads more than one call of String.fromCharCode takes', () => {
    const many = new Uint8Array(100_000).fill(0xfe);
    expect(textOf(many)).toBe('\uDCFE'.repeat(100_000));
  });
});

describe('octetsOf', () => {
  it('is the inverse of textOf for all octets', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        expect(octetsOf(textOf(bytes))).toEqual(bytes);
      }),
      { numRuns: 500 },
    );
  });

  it('survives JSON on the way', () => {
    const bytes = octets(0x00, 0x80, 0xff, 0xc3, 0xa9, 0xf0, 0x9f, 0x98, 0x80, 0x90);
    expect(octetsOf(JSON.parse(JSON.stringify(textOf(bytes))) as string)).toEqual(bytes);
  });

  it('writes a surrogate that stands for no octet as U+FFFD, also beside one that does', () => {
    expect(octetsOf('\uD83D')).toEqual(octets(0xef, 0xbf, 0xbd));
    expect(octetsOf('\uD83D\uDC80\uDC80')).toEqual(octets(0xf0, 0x9f, 0x92, 0x80, 0x80));
    expect(octetsOf('\uDC80\uD83Dx')).toEqual(octets(0x80, 0xef, 0xbf, 0xbd, 0x78));
  });
});

describe('octetLength', () => {
  it('counts what octetsOf makes', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)) }),
        (text) => {
          expect(octetLength(text)).toBe(octetsOf(text).length);
        },
      ),
      { numRuns: 500 },
    );
    expect(octetLength('Aé€😀\uDC80\uD800')).toBe(1 + 2 + 3 + 4 + 1 + 3);
  });
});
