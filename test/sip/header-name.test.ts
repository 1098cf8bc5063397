import { describe, expect, it } from 'vitest';
import { canonicalName, headerKey } from '../../src/sip/header-name.js';

describe('headerKey', () => {
  it.each([
    ['m', 'contact'],
    ['M', 'contact'],
    ['Contact', 'contact'],
    ['cOnTaCt', 'contact'],
    ['x', 'session-expires'],
    ['k', 'supported'],
    ['X-Unknown', 'x-unknown'],
    ['z', 'z'],
    ['', ''],
    ['__proto__', '__proto__'],
    ['constructor', 'constructor'],
  ])('of %j is %j (RFC 3261 §7.3.3)', (name, key) => {
    expect(headerKey(name)).toBe(key);
  });
});

describe('canonicalName', () => {
  it.each([
    ['m', 'Contact'],
    ['call-id', 'Call-ID'],
    ['www-authenticate', 'WWW-Authenticate'],
    ['CSEQ', 'CSeq'],
    ['min-se', 'Min-SE'],
    ['X-odd', 'X-odd'],
  ])('of %j is %j', (name, canonical) => {
    expect(canonicalName(name)).toBe(canonical);
  });
});
