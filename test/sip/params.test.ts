import { describe, expect, it } from 'vitest';
import { paramOf, readParams, writeParams } from '../../src/sip/params.js';

describe('readParams', () => {
  it('reads names and values as written, with LWS round the equals sign, and drops what is empty', () => {
    expect(readParams([' a = "x" ', 'LR', '', ' ', 'b=', '=c', 'd=e=f'])).toEqual([
      ['a', '"x"'],
      ['LR', undefined],
      ['b', ''],
      ['d', 'e=f'],
    ]);
  });
});

describe('paramOf', () => {
  const params = readParams(['A="x\\"y"', 'lr', 'a=second']);

  it('finds the first of a name in any case, without quotes', () => {
    expect(paramOf(params, 'a')).toBe('x"y');
  });

  it("gives '' for a parameter without a value, and undefined for none", () => {
    expect(paramOf(params, 'lr')).toBe('');
    expect(paramOf(params, 'rport')).toBeUndefined();
  });
});

describe('writeParams', () => {
  it('writes what was read', () => {
    expect(writeParams(readParams(['a="x"', 'lr', 'b=']))).toBe(';a="x";lr;b=');
  });
});
