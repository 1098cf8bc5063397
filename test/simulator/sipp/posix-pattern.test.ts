import { describe, expect, it } from 'vitest';
import { posixPattern } from '../../../src/simulator/sipp/posix-pattern.js';

describe('extended regular expressions of POSIX', () => {
  it.each([
    ['^[[:digit:]]+$', '123', true],
    ['^[[:digit:].]+$', '1.2.3', true],
    ['^[[:alpha:]]+$', 'a1', false],
    ['[[:space:]]', 'a b', true],
    ['^[]x]+$', 'x]', true],
    ['^[^]x]+$', 'x]', false],
    ['^[[:punct:]]+$', '-]~[', true],
    ['a.b', 'a\nb', true],
    ['\\[x\\]', '[x]', true],
  ])('%s and %j: %s', (pattern, text, matches) => {
    expect(posixPattern(pattern, false)?.test(text)).toBe(matches);
  });

  it('ignores case where it shall', () => {
    expect(posixPattern('digest', true)?.test('DIGEST')).toBe(true);
    expect(posixPattern('digest', false)?.test('DIGEST')).toBe(false);
  });

  it('gives nothing for what is no pattern', () => {
    expect(posixPattern('(', false)).toBeUndefined();
    expect(posixPattern('a{2,1}', false)).toBeUndefined();
  });
});
