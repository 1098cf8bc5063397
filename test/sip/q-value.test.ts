import { describe, expect, it } from 'vitest';
import { readQValue } from '../../src/sip/q-value.js';

describe('readQValue', () => {
  it.each([
    ['0', 0],
    ['1', 1],
    ['1.000', 1],
    ['0.', 0],
    ['0.75', 0.75],
    ['.5', 0.5],
    ['0.12345', 0.12345],
  ])('reads %s (RFC 3261 §25.1)', (text, q) => {
    expect(readQValue(text)).toBe(q);
  });

  it.each(['', '1.1', '-0.5', '2', '1e-1', 'abc', '.', '0x1'])('takes %j for no qvalue', (text) => {
    expect(readQValue(text)).toBeUndefined();
  });
});
