import { describe, expect, it } from 'vitest';
import { canonicalName, headerKey, knownName, knownNameAt } from '../../src/sip/header-name.js';

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

describe('knownNameAt', () => {
  it('knows what knownName knows, wherever it stands', () => {
    for (const name of [
      'Via',
      'v',
      'via',
      'VIA',
      'Vib',
      'To',
      'Min-SE',
      'Accept-Resource-Priority',
      'é',
      'X-New',
      '',
    ]) {
      expect(knownNameAt(`a: b\r\n${name}: c`, 6, 6 + name.length)).toBe(knownName(name));
    }
  });
});

describe('knownName', () => {
  it('knows the usual spellings, and does not learn', () => {
    headerKey('X-New');
    expect(['Via', 'via', 'v', 'VIA', 'X-New'].map(knownName)).toMatchObject([
      { spelling: 'Via', key: 'via' },
      { spelling: 'via', key: 'via' },
      { spelling: 'v', key: 'via' },
      undefined,
      undefined,
    ]);
    expect(knownName('i')?.opening).toBe('\r\ni: ');
  });
});
