import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { extendPolicy } from '../../src/policy/extend-policy.js';
import { parsePolicy } from '../../src/policy/parse-policy.js';
import { policyToJson } from '../../src/policy/policy-json.js';
import { rfcPolicy } from '../../src/policy/table/index.js';
import { arbitraryPolicy } from './arbitrary-policy.js';

describe('policyToJson', () => {
  it('gives the whole table, and no conditions', () => {
    const policy = extendPolicy(rfcPolicy, {}, { conditions: { fromWire: () => true } });
    expect(policyToJson(policy)).toEqual({ name: 'rfc, extended', entries: rfcPolicy.entries });
  });

  it('is what parsePolicy reads back', () => {
    fc.assert(
      fc.property(arbitraryPolicy, (policy) => {
        expect(parsePolicy(JSON.parse(JSON.stringify(policyToJson(policy))))).toEqual({ ok: true, policy });
      }),
      { numRuns: 100 },
    );
  });

  it('shares nothing with the policy', () => {
    const { entries } = policyToJson(rfcPolicy);
    expect(entries['486']).not.toBe(rfcPolicy.entries['486']);
    expect(entries['486']?.rules).not.toBe(rfcPolicy.entries['486']?.rules);
  });
});
