import { describe, expect, it } from 'vitest';
import { emptyHistory } from '../../src/policy/history.js';
import { noteTarget } from '../../src/request/note-target.js';

describe('noteTarget', () => {
  it('takes a URI that was tried out of those that are left, however it is written (RFC 3261 §8.1.3.4, §19.1.4)', () => {
    const history = { ...emptyHistory, targetsTried: ['sip:a@h'], targetsLeft: ['sip:b@H', 'sip:c@h'] };
    expect(noteTarget(history, 'sip:b@h')).toMatchObject({
      targetsTried: ['sip:a@h', 'sip:b@h'],
      targetsLeft: ['sip:c@h'],
    });
  });

  it('leaves a history that knows the URI as it is', () => {
    const history = { ...emptyHistory, targetsTried: ['sip:a@h'] };
    expect(noteTarget(history, 'sip:a@h')).toBe(history);
  });
});
