import { describe, expect, it } from 'vitest';
import { lookUp } from '../../src/policy/look-up.js';
import { rfcPolicy } from '../../src/policy/table/index.js';

describe('lookUp', () => {
  it.each([
    ['UPDATE', 504, 'UPDATE 504', 504],
    ['INVITE', 504, '504', 504],
    ['REGISTER', 555, 'REGISTER 555', 555],
    ['INVITE', 555, '5xx', 500],
    ['INVITE', 431, '4xx', 400],
    ['INVITE', 399, '3xx', 300],
    ['INVITE', 200, '2xx', 200],
    ['INVITE', 604, '604', 604],
    ['INVITE', 699, '6xx', 600],
    ['toString', 486, '486', 486],
  ])('finds for %s %i the entry %s (RFC 3261 §8.1.3.2)', (method, status, key, treatedAs) => {
    const found = lookUp(rfcPolicy, method, status);
    expect(found).toMatchObject({ key, treatedAs });
    expect(found.entry).toBe(rfcPolicy.entries[key]);
  });

  it.each([
    [180, '2xx'],
    [99, '4xx'],
    [700, '4xx'],
    [-1, '4xx'],
    [NaN, '4xx'],
  ])('finds an entry even for %s', (status, key) => {
    expect(lookUp(rfcPolicy, 'INVITE', status).key).toBe(key);
  });
});
