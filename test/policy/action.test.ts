import { describe, expect, it } from 'vitest';
import { actionStates } from '../../src/policy/action-state.js';
import { type Action, actionCosts, askOf } from '../../src/policy/action.js';
import { decide } from '../../src/policy/decide.js';
import { rfcPolicy } from '../../src/policy/table/index.js';
import { allCases } from './cases/index.js';
import { factsOfCase } from './cases/case.js';

const content = { type: 'changeContent', part: 'body', accept: [], encodings: [], languages: [] } as const;

describe('askOf', () => {
  it.each<[string | null, Action]>([
    ['credentials', { type: 'authenticate', challenges: [] }],
    [null, { type: 'agreeSecurity', mechanisms: [], chosen: 'tls', challenges: [] }],
    [
      'credentials',
      {
        type: 'agreeSecurity',
        mechanisms: [],
        chosen: 'digest',
        challenges: [{ kind: 'user', scheme: 'Digest', stale: false, userhash: false }],
      },
    ],
    ['digits', { type: 'extendDigits', dialled: '1' }],
    ['target', { type: 'chooseTarget', choices: [] }],
    ['body', { type: 'shrinkBody', omit: false }],
    [null, { type: 'shrinkBody', omit: true }],
    ['body', content],
    [null, { ...content, keepPart: 0 }],
    [null, { ...content, part: 'accept' }],
    ['body', { ...content, part: 'encryption' }],
    ['body', { type: 'changeOffer', warnings: [] }],
    ['body', { type: 'republish' }],
    ['headers', { type: 'addIdentity' }],
    ['headers', { type: 'addReferredBy' }],
    ['headers', { type: 'changeLocation' }],
    ['confirmation', { type: 'changePriority', accept: [] }],
    ['confirmation', { type: 'revealIdentity' }],
    ['confirmation', { type: 'custom', name: 'page the operator' }],
    [null, { type: 'raiseInterval', header: 'Expires', seconds: 3_600 }],
    [null, { type: 'dropExtensions', tags: [] }],
    [null, { type: 'accept' }],
  ])('asks for %s where the action is %j', (question, action) => {
    expect(askOf(action)).toBe(question);
  });
});

describe('actionCosts', () => {
  it('knows every action that the table takes', () => {
    const taken = new Set(
      Object.values(allCases)
        .flat()
        .map((one) => decide(rfcPolicy, factsOfCase(one)).action.type),
    );
    const known = new Set(Object.keys(actionCosts));
    expect(Object.keys(actionStates)).toEqual([...known]);
    expect([...taken].filter((type) => !known.has(type))).toEqual([]);
    // Only an application's own policy leaves something to the application.
    expect([...known].filter((type) => ![...taken].some((one) => one === type))).toEqual(['custom']);
  });
});
