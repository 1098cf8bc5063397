import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { paramBehind } from '../../src/sip/param-behind.js';
import { paramOf, readParams } from '../../src/sip/params.js';
import { splitOutside } from '../../src/sip/split-outside.js';

/** The long way: split, read all parameters, take the first of that name. */
function paramAmongAll(value: string, name: string): string | undefined {
  return paramOf(readParams(splitOutside(value, ';').slice(1)), name);
}

describe('paramBehind', () => {
  it.each([
    ['<sip:a@h;tag=no>; TAG = 3 ;x', '3'],
    ['sip:a@h;x;tag', ''],
    ['sip:a@h;tag="a;b"', 'a;b'],
    ['"x;tag=1" <sip:a@h>;tag=2', '2'],
    ['(;tag=1) <sip:a@h>;tag=2', '2'],
    ['sip:a@h;tag=1 <sip:a@h>;tag=2', '1 <sip:a@h>'],
    ['<sip:a@h>;x=<;tag=1>;tag=2', '2'],
    ['<sip:a@h;tag=1', '1'],
    ['<sip:a@h>;tagged=2', undefined],
    ['<sip:a@h>', undefined],
  ])('of %j is %j (RFC 3261 §7.3.1)', (value, tag) => {
    expect(paramBehind(value, 'tag')).toBe(tag);
  });

  it('finds what reading all parameters finds, wherever quotes, comments and brackets stand', () => {
    const piece = fc.constantFrom(
      '<',
      '>',
      '"',
      '(',
      ')',
      ';',
      '=',
      ' ',
      '\\',
      'tag',
      'TAG',
      ';tag=',
      'sip:a@h',
      'x',
      ',',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 14 }), (pieces) => {
        const value = pieces.join('');
        expect(paramBehind(value, 'tag')).toBe(paramAmongAll(value, 'tag'));
      }),
      { numRuns: 2_000 },
    );
  });
});
