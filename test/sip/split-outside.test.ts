import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitOutside } from '../../src/sip/split-outside.js';

describe('splitOutside', () => {
  it('splits at separators outside of quoted strings, comments and angle brackets (RFC 3261 §7.3.1)', () => {
    expect(splitOutside('"a,b" <sip:c,d@e>, f (g, (h,) i), j', ',')).toEqual([
      '"a,b" <sip:c,d@e>',
      ' f (g, (h,) i)',
      ' j',
    ]);
    expect(splitOutside('<sip:a;lr>;x="1;2";y', ';')).toEqual(['<sip:a;lr>', 'x="1;2"', 'y']);
  });

  it('sees that a quoted-pair closes nothing (RFC 3261 §25.1)', () => {
    expect(splitOutside('"a\\",b",c', ',')).toEqual(['"a\\",b"', 'c']);
    expect(splitOutside('(a\\),b),c', ',')).toEqual(['(a\\),b)', 'c']);
  });

  it.each(['"', '(', '<'])('takes an opening %s that is never closed for an ordinary character', (opening) => {
    expect(splitOutside(`${opening}a,${opening}b,c`.replace('"a,"', '"a,'), ',').length).toBe(3);
  });

  it('gives the text as it is when there is nothing to split', () => {
    expect(splitOutside('"a" <b', ',')).toEqual(['"a" <b']);
    expect(splitOutside('', ';')).toEqual(['']);
  });

  it('loses nothing: joined by the separator the pieces are the text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(',', ';', '"', '(', ')', '<', '>', '\\', 'a', ' ') }),
        fc.constantFrom(',', ';'),
        (text, separator) => {
          expect(splitOutside(text, separator).join(separator)).toBe(text);
        },
      ),
      { numRuns: 500 },
    );
  });

  it.each(['"\\', '(', '<', '(\\)', '<"('])('takes linear time for %s, repeated 200,000 times', (unit) => {
    const started = performance.now();
    expect(splitOutside(`${unit.repeat(200_000)},`, ',').length).toBeGreaterThanOrEqual(1);
    expect(performance.now() - started).toBeLessThan(2000);
  });
});
