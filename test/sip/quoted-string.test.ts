import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quote, unescape, unquote } from '../../src/sip/quoted-string.js';

describe('unescape', () => {
  it('takes the backslash off every quoted-pair (RFC 3261 §25.1)', () => {
    expect(unescape('a\\"b\\\\c\\d')).toBe('a"b\\cd');
    expect(unescape('plain')).toBe('plain');
  });

  it('keeps a backslash that nothing follows', () => {
    expect(unescape('a\\')).toBe('a\\');
  });
});

describe('unquote', () => {
  it('gives what a token or a quoted string means', () => {
    expect(unquote(' token ')).toBe('token');
    expect(unquote(' "a \\"b\\"" ')).toBe('a "b"');
    expect(unquote('')).toBe('');
  });

  it('reads an unclosed quoted string to its end', () => {
    expect(unquote('"abc')).toBe('abc');
  });
});

describe('quote', () => {
  it('writes what unquote reads', () => {
    expect(quote('a "b" \\')).toBe('"a \\"b\\" \\\\"');
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(unquote(quote(text))).toBe(text);
      }),
    );
  });
});
