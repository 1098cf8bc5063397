import { describe, expect, it } from 'vitest';
import { actionInWords, detailInWords } from '../../src/policy/in-words.js';

describe('actionInWords', () => {
  it('names an action of the application by its own name', () => {
    expect(actionInWords({ type: 'custom', name: 'page-operator' })).toBe('leave it to the application: page-operator');
  });

  it('says nothing behind the label where there is nothing to say', () => {
    expect(actionInWords({ type: 'accept' })).toBe('accept');
    expect(actionInWords({ type: 'changeOffer', warnings: [] })).toBe('make another offer');
  });

  it('says Min-SE only where one was seen', () => {
    const raise = { type: 'raiseInterval', header: 'Session-Expires', seconds: 1800 } as const;
    expect(actionInWords(raise)).toBe('raise the interval: Session-Expires 1800');
    expect(actionInWords({ ...raise, minSe: 900 })).toBe('raise the interval: Session-Expires 1800, Min-SE 900');
  });

  it('names an empty realm where a challenge has none', () => {
    const challenge = { kind: 'user', scheme: 'Digest', nonce: 'n', stale: false, userhash: false } as const;
    expect(actionInWords({ type: 'authenticate', challenges: [challenge] })).toBe('retry with credentials: realm ""');
  });
});

describe('detailInWords', () => {
  it('says which limit denied what, with its value', () => {
    expect(detailInWords({ wanted: 'wait', limit: 'maxWaitMs', value: 10 })).toEqual([
      'the rule wanted wait',
      'the limit maxWaitMs is 10',
    ]);
    expect(detailInWords({ limit: 'maxWaitMs', value: 10, found: 20 })).toEqual([
      'the limit maxWaitMs is 10, and this would be 20',
    ]);
    expect(detailInWords()).toEqual([]);
  });
});
