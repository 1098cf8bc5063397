import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as policy from '../../src/policy/index.js';

describe('sip-retry/policy', () => {
  it('exports these names', () => {
    expect(Object.keys(policy).toSorted()).toEqual([
      'SipRetryError',
      'actionInfo',
      'askOf',
      'conditions',
      'decide',
      'defaultLimits',
      'describeEntry',
      'describePolicy',
      'emptyHistory',
      'extendPolicy',
      'factsOf',
      'giveUpReasons',
      'limitDefects',
      'lookUp',
      'maxWaitOf',
      'onlyStatuses',
      'parsePolicy',
      'policyToJson',
      'rfcPolicy',
      'sentenceOf',
      'withLimits',
    ]);
  });

  it('lists every name, and takes it from src/policy or src/sip', () => {
    const source = readFileSync(new URL('../../src/policy/index.ts', import.meta.url), 'utf8');
    expect(source).not.toContain('export *');
    for (const [, from = ''] of source.matchAll(/from '([^']+)'/g)) expect(from).toMatch(/^(?:\.\/|\.\.\/sip\/)/);
  });
});
