import { describe, expect, it } from 'vitest';
import { compareKeys, keyDefect, readEntryKey } from '../../src/policy/entry-key.js';

describe('readEntryKey', () => {
  it.each([
    ['486', { status: 486, isClass: false }],
    ['200', { status: 200, isClass: false }],
    ['699', { status: 699, isClass: false }],
    ['4xx', { status: 400, isClass: true }],
    ['REGISTER 403', { method: 'REGISTER', status: 403, isClass: false }],
    ['x-y.z 500', { method: 'x-y.z', status: 500, isClass: false }],
  ])('reads %j', (key, parts) => {
    expect(readEntryKey(key)).toEqual(parts);
  });

  it.each([
    '',
    '48',
    '4866',
    '700',
    '199',
    '180',
    '099',
    '1xx',
    '7xx',
    '4XX',
    '4x0',
    ' 486',
    '486 ',
    '486 INVITE',
    'foo 4xx',
    'REGISTER  403',
    'REG(ISTER 403',
    'REGISTER 703',
    '__proto__',
    '486\n',
    '+486',
    '4e2',
  ])('refuses %j', (key) => {
    expect(readEntryKey(key)).toBeUndefined();
  });

  it('refuses a standard method in lower case: methods are case-sensitive (RFC 3261 §7.1)', () => {
    expect(readEntryKey('register 403')).toBeUndefined();
    expect(readEntryKey('Invite 403')).toBeUndefined();
    expect(readEntryKey('frobnicate 403')).toEqual({ method: 'frobnicate', status: 403, isClass: false });
  });
});

describe('keyDefect', () => {
  it.each([
    ['register 403', 'REGISTER 403'],
    ['REGISTER  403', 'REGISTER 403'],
    [' 486 ', '486'],
    ['4XX', '4xx'],
    ['700', undefined],
    ['foo 4xx', undefined],
  ])('offers for %j the key %j', (key, meant) => {
    expect(keyDefect(key, 'x')).toMatchObject({ path: 'x', found: 'an unknown key' });
    expect(keyDefect(key, 'x').meant).toBe(meant);
  });
});

describe('compareKeys', () => {
  it('sorts by code, methods after their code, classes last', () => {
    const sorted = ['2xx', '300', '486', 'INVITE 486', 'OPTIONS 486', '487', '600', 'REGISTER 699', '4xx', 'nonsense'];
    const order = ['300', '486', 'INVITE 486', 'OPTIONS 486', '487', '600', 'REGISTER 699', '2xx', '4xx', 'nonsense'];
    expect(sorted.toSorted(compareKeys)).toEqual(order);
    expect(sorted.toReversed().toSorted(compareKeys)).toEqual(order);
    expect(compareKeys('foo', 'bar')).toBe(0);
  });
});
