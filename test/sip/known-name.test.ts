import { describe, expect, it } from 'vitest';
import { headerKey } from '../../src/sip/header-name.js';
import { knownName, knownNameAt } from '../../src/sip/known-name.js';

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
