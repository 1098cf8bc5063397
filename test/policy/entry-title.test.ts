import { describe, expect, it } from 'vitest';
import { titleOf } from '../../src/policy/entry-title.js';
import { rfcPolicy } from '../../src/policy/table/index.js';

const entry = { impact: 'transaction', rules: [{ do: 'giveUp', because: 'busy', cite: 'local' }] } as const;

describe('titleOf', () => {
  it.each([
    ['486', 'Busy Here', 'RFC 3261 §21.4.24'],
    ['REGISTER 555', 'Push Notification Service Not Supported', 'RFC 8599 §8.1'],
    ['4xx', 'Bad Request', 'RFC 3261 §21.4.1'],
    ['499', 'Bad Request', 'RFC 3261 §21.4.1'],
    ['FOO 700', '', 'local'],
    ['odd', '', 'local'],
  ])('of %s is what is registered: %s, %s', (key, phrase, definedIn) => {
    expect(titleOf(key, entry)).toEqual({ phrase, definedIn });
  });

  it('is what the entry says itself', () => {
    expect(titleOf('486', { ...entry, phrase: 'Full', definedIn: 'local: ours' })).toEqual({
      phrase: 'Full',
      definedIn: 'local: ours',
    });
    const [options] = Object.entries(rfcPolicy.entries).filter(([key]) => key === 'OPTIONS 486');
    expect(options && titleOf(...options)).toEqual({ phrase: 'Busy Here', definedIn: 'RFC 3261 §11.2' });
  });
});
