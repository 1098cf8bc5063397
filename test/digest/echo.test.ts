// Quoted strings of an Authorization header field.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { echoed, quoted } from '../../src/digest/echo.js';
import { endOfQuoted } from '../../src/sip/enclosure.js';
import { unescape } from '../../src/sip/quoted-string.js';

describe('quoted', () => {
  it('escapes quotes and backslashes of our own texts', () => {
    expect(quoted('bob')).toBe('"bob"');
    expect(quoted('bo"b\\')).toBe('"bo\\"b\\\\"');
  });
});

describe('echoed', () => {
  it('gives received contents back byte for byte, escapes included', () => {
    expect(echoed('Foo, Inc')).toBe('"Foo, Inc"');
    expect(echoed('a \\"b\\" \\c')).toBe('"a \\"b\\" \\c"');
    expect(echoed('')).toBe('""');
  });

  it('repairs contents that never stood in quotes, whatever they are', () => {
    expect(echoed('a\\')).toBe('"a\\\\"');
    expect(echoed('a"b')).toBe('"a\\"b"');
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', '"', '\\', ' ') }), (contents) => {
        const text = echoed(contents);
        expect(endOfQuoted(text, 0)).toBe(text.length - 1);
        expect(unescape(text.slice(1, -1))).toBe(unescape(contents));
      }),
    );
  });
});
