import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

describe.each([
  ['sip-retry/policy', 'index.ts'],
  ['sip-retry/policy/custom', 'custom.ts'],
  ['sip-retry/policy/describe', 'describe.ts'],
  ['sip-retry/policy/subscription', 'subscription.ts'],
])('%s', (_door, file) => {
  it('lists every name, and takes it from src/policy or src/sip', () => {
    const source = readFileSync(new URL(`../../src/policy/${file}`, import.meta.url), 'utf8');
    expect(source).not.toContain('export *');
    for (const [, from = ''] of source.matchAll(/from '([^']+)'/g)) expect(from).toMatch(/^(?:\.\/|\.\.\/sip\/)/);
  });
});
