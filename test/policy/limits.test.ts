import { describe, expect, it } from 'vitest';
import { defaultLimits, maxWaitOf } from '../../src/policy/limits.js';

describe('maxWaitOf', () => {
  it('is one number, or one for each method', () => {
    expect(maxWaitOf({ ...defaultLimits, maxWaitMs: 5 }, 'INVITE')).toBe(5);
    expect(maxWaitOf(defaultLimits, 'INVITE')).toBe(300_000);
    expect(maxWaitOf(defaultLimits, 'REGISTER')).toBe(3_600_000);
  });
});
