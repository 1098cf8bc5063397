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
    const { name, entries } = policyToJson(policy);
    expect([name, Object.keys(entries)]).toEqual(['rfc, extended', Object.keys(rfcPolicy.entries)]);
    expect(entries).toMatchObject(rfcPolicy.entries);
    expect(entries['486']).toMatchObject({ phrase: 'Busy Here', definedIn: 'RFC 3261 §21.4.24' });
    expect(entries['OPTIONS 486']).toMatchObject({ phrase: 'Busy Here', definedIn: 'RFC 3261 §11.2' });
  });

  it('is what parsePolicy reads back', () => {
    fc.assert(
      fc.property(arbitraryPolicy, (policy) => {
        expect(parsePolicy(JSON.parse(JSON.stringify(policyToJson(policy))))).toEqual({
          ok: true,
          policy: policyToJson(policy),
        });
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
