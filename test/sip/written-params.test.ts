import { describe, expect, it } from 'vitest';
import { usualNameAt, WrittenParams } from '../../src/sip/written-params.js';

describe('WrittenParams', () => {
  it('keeps the first value of each name, usual or not, and says what stands', () => {
    const params = new WrittenParams();
    expect([params.add('realm', 'a'), params.add('realm', 'b')]).toEqual(['a', 'a']);
    expect([params.add('x', '1'), params.add('x', '2'), params.add('y', '')]).toEqual(['1', '1', '']);
    expect([params.get('realm'), params.usual.realm, params.get('x'), params.get('y')]).toEqual(['a', 'a', '1', '']);
  });

  it('has nothing that was not added, not even what every object has', () => {
    const params = new WrittenParams();
    expect([params.get('nonce'), params.get('x'), params.get('constructor')]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    params.add('__proto__', '1');
    expect([params.get('__proto__'), params.get('nonce')]).toEqual(['1', undefined]);
  });
});

describe('usualNameAt', () => {
  it.each([
    ['realm="a"', 'realm'],
    ['nonce=b', 'nonce'],
    ['nonces=b', undefined],
    ['Realm="a"', undefined],
    ['realm ="a"', undefined],
    ['xrealm=', undefined],
    ['ä=1', undefined],
    ['', undefined],
  ])('of %j is %j', (row, name) => {
    expect(usualNameAt(row, 0)).toBe(name);
  });
});
