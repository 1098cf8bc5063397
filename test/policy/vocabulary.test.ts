import { describe, expect, it } from 'vitest';
import { actionCosts } from '../../src/policy/action.js';
import { conditions } from '../../src/policy/condition.js';
import { actionTypes, conditionNames, impacts } from '../../src/policy/vocabulary.js';

describe('the vocabulary', () => {
  it('has every word that a policy is written in', () => {
    expect(actionTypes).toEqual(Object.keys(actionCosts));
    expect(conditionNames).toEqual(Object.keys(conditions));
    expect(impacts).toEqual(['transaction', 'usage', 'dialog']);
  });
});
