import { describe, expect, it } from 'vitest';
import { endOfComment, endOfQuoted } from '../../src/sip/enclosure.js';

describe('endOfQuoted', () => {
  it('finds the closing quote behind quoted-pairs (RFC 3261 §25.1)', () => {
    expect(endOfQuoted('x"a\\"b\\\\"c', 1)).toBe(8);
  });

  it('gives -1 when nothing closes', () => {
    expect(endOfQuoted('"a\\"', 0)).toBe(-1);
  });
});

describe('endOfComment', () => {
  it('finds the end of nested comments with quoted-pairs (RFC 3261 §25.1)', () => {
    expect(endOfComment('(a (b) \\) (c)) d', 0)).toBe(13);
  });

  it('gives -1 when nothing closes, and for a hundred thousand levels without a stack to overflow', () => {
    expect(endOfComment('((a)', 0)).toBe(-1);
    expect(endOfComment('('.repeat(100_000) + ')'.repeat(100_000), 0)).toBe(199_999);
  });
});
