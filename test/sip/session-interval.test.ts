import { describe, expect, it } from 'vitest';
import { readMinExpires, readMinSe, readSessionExpires } from '../../src/sip/session-interval.js';

describe('readSessionExpires', () => {
  it('reads interval and refresher (RFC 4028 §4)', () => {
    expect(readSessionExpires(['4000;Refresher=UAC;x=y'])).toEqual({ seconds: 4000, refresher: 'uac' });
    expect(readSessionExpires(['1800'])).toEqual({ seconds: 1800 });
  });

  it('takes the first that is valid', () => {
    expect(readSessionExpires(['soon', '90', '100'])).toEqual({ seconds: 90 });
    expect(readSessionExpires(['-1'])).toBeUndefined();
    expect(readSessionExpires([])).toBeUndefined();
  });
});

describe('readMinSe', () => {
  it('reads seconds, with parameters behind them (RFC 4028 §5)', () => {
    expect(readMinSe(['3600;x=y'])).toBe(3600);
  });

  it('reads less than 90 as 90 (RFC 4028 §5) (#43)', () => {
    expect(readMinSe(['30'])).toBe(90);
    expect(readMinSe(['0'])).toBe(90);
  });

  it('takes the largest of several, and nothing for an invalid one (#42)', () => {
    expect(readMinSe(['100', '300, 200'])).toBe(300);
    expect(readMinSe(['abc'])).toBeUndefined();
  });
});

describe('readMinExpires', () => {
  it('reads 0 to 2^32-1 (RFC 3261 §20.23)', () => {
    expect(readMinExpires(['0'])).toBe(0);
    expect(readMinExpires(['4294967295'])).toBe(4_294_967_295);
  });

  it.each(['4294967296', '-1', 'abc', '', '60 s'])('takes %j for malformed (#40)', (value) => {
    expect(readMinExpires([value])).toBeUndefined();
  });

  it('takes the largest valid one of several (#40)', () => {
    expect(readMinExpires(['60', '4294967296', '120, 90'])).toBe(120);
    expect(readMinExpires([])).toBeUndefined();
  });
});
