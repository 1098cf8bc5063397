import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

describe('sip-retry/policy', () => {
  it('lists every name, and takes it from src/policy or src/sip', () => {
    const source = readFileSync(new URL('../../src/policy/index.ts', import.meta.url), 'utf8');
    expect(source).not.toContain('export *');
    for (const [, from = ''] of source.matchAll(/from '([^']+)'/g)) expect(from).toMatch(/^(?:\.\/|\.\.\/sip\/)/);
  });
});
