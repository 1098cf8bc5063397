import { describe, expect, it } from 'vitest';
import { nearestName } from '../../src/policy/near-miss.js';
import { actionTypes, conditionNames } from '../../src/policy/vocabulary.js';

describe('nearestName', () => {
  it.each([
    ['giveup', 'giveUp'],
    ['GIVEUP', 'giveUp'],
    ['giveUpp', 'giveUp'],
    ['autenticate', 'authenticate'],
    ['authentificate', 'authenticate'],
    ['wiat', undefined],
    ['waits', 'wait'],
    ['retry', undefined],
    ['', undefined],
    ['x', undefined],
  ])('takes %j for %j', (word, name) => {
    expect(nearestName(word, actionTypes)).toBe(name);
  });

  it('prefers the nearest of several that are near', () => {
    expect(nearestName('hasMinExpire', ['hasMinExpired', 'hasMinExpireX', 'hasMinExpires'])).toBe('hasMinExpired');
    expect(nearestName('hasMinExpires', ['hasMinExpiresAt', 'hasMinExpiry', 'hasMinExpires'])).toBe('hasMinExpires');
  });

  it('finds a word with a letter too few, too many or wrong at any place', () => {
    for (const name of conditionNames) {
      expect(nearestName(name.slice(1), [name])).toBe(name);
      expect(nearestName(`${name}s`, [name])).toBe(name);
      expect(nearestName(`${name.slice(0, 3)}_${name.slice(4)}`, [name])).toBe(name);
    }
  });

  it('does not compare what is longer than any name', () => {
    const name = 'a'.repeat(41);
    expect(nearestName(name, [name])).toBeUndefined();
    expect(nearestName(name.slice(1), [name])).toBe(name);
  });
});
