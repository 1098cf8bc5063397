import { describe, expect, it } from 'vitest';
import { methodDenialOf } from '../../src/policy/method-denial.js';
import { actionTypes } from '../../src/policy/vocabulary.js';

describe('methodDenialOf', () => {
  it.each([
    ['ACK', 'RFC 3261 §17.1.1.3'],
    ['CANCEL', 'RFC 3261 §9.1'],
  ])('lets nothing follow on %s but what accepts its answer (%s)', (method, cite) => {
    for (const type of actionTypes) {
      const denial = methodDenialOf(type, { method, inDialog: false });
      expect(denial, type).toEqual(type === 'accept' ? undefined : { reason: 'notRetriable', cite });
    }
  });

  it('lets a BYE go on by credentials or another server only (RFC 3261 §15.1.1)', () => {
    const bye = { method: 'BYE', inDialog: true };
    expect(actionTypes.filter((type) => methodDenialOf(type, bye) === undefined).toSorted()).toEqual([
      'accept',
      'agreeSecurity',
      'authenticate',
      'giveUp',
      'tryOtherServer',
    ]);
    expect(methodDenialOf('wait', bye)).toEqual({ reason: 'usageEnded', cite: 'RFC 3261 §15.1.1' });
  });

  it('rules nothing out for other methods, and for what is called BYE outside a dialog', () => {
    for (const type of actionTypes) {
      expect(methodDenialOf(type, { method: 'INVITE', inDialog: true })).toBeUndefined();
      expect(methodDenialOf(type, { method: 'BYE', inDialog: false })).toBeUndefined();
    }
  });
});
