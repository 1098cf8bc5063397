import { describe, expect, it } from 'vitest';
import {
  allHeaders,
  canonicalName,
  firstHeader,
  hasHeader,
  headerKey,
  removeHeader,
  replaceHeaders,
  setHeader,
} from '../../src/sip/header-list.js';
import type { Header } from '../../src/sip/message.js';

const headers: readonly Header[] = [
  ['Via', 'a'],
  ['m', '<sip:one@example.com>'],
  ['CONTACT', '<sip:two@example.com>'],
  ['X-Own', '1'],
  ['Content-Length', '0'],
];

describe('firstHeader', () => {
  it('finds compact forms by long names, long forms by compact names, in any case (RFC 3261 §7.3.1, §7.3.3)', () => {
    expect(firstHeader(headers, 'Contact')).toBe('<sip:one@example.com>');
    expect(firstHeader(headers, 'contact')).toBe('<sip:one@example.com>');
    expect(firstHeader(headers, 'V')).toBe('a');
    expect(firstHeader(headers, 'l')).toBe('0');
    expect(firstHeader(headers, 'x-own')).toBe('1');
  });

  it('gives undefined for what is not there', () => {
    expect(firstHeader(headers, 'To')).toBeUndefined();
    expect(firstHeader([['y', 'other one-letter name']], 'CSeq')).toBeUndefined();
  });
});

describe('allHeaders', () => {
  it('gives the values of all rows in order', () => {
    expect(allHeaders(headers, 'm')).toEqual(['<sip:one@example.com>', '<sip:two@example.com>']);
    expect(allHeaders(headers, 'To')).toEqual([]);
  });
});

describe('hasHeader', () => {
  it('sees a header field with an empty value, too', () => {
    expect(hasHeader([['k', '']], 'Supported')).toBe(true);
    expect(hasHeader(headers, 'Supported')).toBe(false);
  });
});

describe('setHeader', () => {
  it('replaces the first in place under its written name and removes the others', () => {
    expect(setHeader(headers, 'Contact', 'new')).toEqual([
      ['Via', 'a'],
      ['m', 'new'],
      ['X-Own', '1'],
      ['Content-Length', '0'],
    ]);
  });

  it('appends what is new, before a Content-Length that closes the list', () => {
    expect(setHeader(headers, 'Expires', '60').slice(-2)).toEqual([
      ['Expires', '60'],
      ['Content-Length', '0'],
    ]);
    expect(setHeader([['Via', 'a']], 'Expires', '60')).toEqual([
      ['Via', 'a'],
      ['Expires', '60'],
    ]);
    expect(setHeader([], 'Expires', '60')).toEqual([['Expires', '60']]);
  });

  it('leaves the list it was given alone and shares its unchanged entries', () => {
    const before = structuredClone(headers);
    const changed = setHeader(headers, 'Contact', 'new');
    expect(headers).toEqual(before);
    expect(changed[0]).toBe(headers[0]);
    expect(changed.at(-1)).toBe(headers.at(-1));
  });
});

describe('replaceHeaders', () => {
  it('puts all rows where the first was', () => {
    expect(replaceHeaders(headers, 'Contact', ['x', 'y', 'z']).map(([, value]) => value)).toEqual([
      'a',
      'x',
      'y',
      'z',
      '1',
      '0',
    ]);
  });

  it('appends all rows where there was none, and removes with no rows', () => {
    expect(
      replaceHeaders(headers, 'Route', ['r', 's'])
        .map(([name]) => name)
        .slice(-3),
    ).toEqual(['Route', 'Route', 'Content-Length']);
    expect(replaceHeaders(headers, 'Contact', [])).toEqual(removeHeader(headers, 'Contact'));
  });
});

describe('removeHeader', () => {
  it('removes every row of the name', () => {
    expect(removeHeader(headers, 'contact').map(([name]) => name)).toEqual(['Via', 'X-Own', 'Content-Length']);
  });
});

describe('names', () => {
  it('are found in this module, too', () => {
    expect([canonicalName('i'), headerKey('i')]).toEqual(['Call-ID', 'call-id']);
  });
});
