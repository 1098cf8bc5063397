import { describe, expect, it } from 'vitest';
import { lookUp } from '../../src/policy/look-up.js';
import { onlyStatuses } from '../../src/policy/only-statuses.js';
import { rfcPolicy } from '../../src/policy/table/index.js';

describe('onlyStatuses', () => {
  it('keeps the entries of these codes, those of their methods, and the classes', () => {
    const policy = onlyStatuses(rfcPolicy, [401, 486]);
    expect(Object.keys(policy.entries)).toEqual(['401', '486', 'OPTIONS 486', '2xx', '3xx', '4xx', '5xx', '6xx']);
    expect(policy.entries['486']).toBe(rfcPolicy.entries['486']);
    expect(policy.name).toBe('rfc, only 401 486');
  });

  it('treats a code that is left out as the x00 of its class (RFC 3261 §8.1.3.2)', () => {
    expect(lookUp(onlyStatuses(rfcPolicy, [401]), 'INVITE', 486)).toMatchObject({ key: '4xx', treatedAs: 400 });
  });

  it('keeps the conditions of the policy', () => {
    const conditions = { fromWire: () => true };
    expect(onlyStatuses({ ...rfcPolicy, conditions }, []).conditions).toBe(conditions);
  });

  it('refuses a code without an entry', () => {
    expect(() => onlyStatuses(rfcPolicy, [401, 86])).toThrow(
      'The policy has no entry for 86; use codes that have one.',
    );
    expect(() => onlyStatuses(rfcPolicy, [400, 499])).toThrow(expect.objectContaining({ code: 'badPolicy' }));
  });

  it('leaves out a key that is none', () => {
    const [entry] = Object.values(rfcPolicy.entries);
    const odd = { ...rfcPolicy, entries: { ...rfcPolicy.entries, ...(entry && { 'odd 4xx': entry }) } };
    expect(Object.keys(onlyStatuses(odd, [400]).entries)).toEqual(['400', '2xx', '3xx', '4xx', '5xx', '6xx']);
  });
});
