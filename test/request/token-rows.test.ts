// Tokens in list header fields, row by row.
import { describe, expect, it } from 'vitest';
import { addTokens, listsToken, removeTokens } from '../../src/request/token-rows.js';
import { deepFreeze, rows } from './messages.js';

const headers = deepFreeze(rows('Via: x\nk: timer, Path\nSupported: 100rel\nContent-Length: 0'));

describe('listsToken', () => {
  it('finds a token in any row and any case', () => {
    expect(['PATH', '100rel', 'gruu'].map((token) => listsToken(headers, 'Supported', token))).toEqual([
      true,
      true,
      false,
    ]);
  });
});

describe('addTokens', () => {
  it('merges new tokens into the first row, each once', () => {
    expect(addTokens(headers, 'Supported', ['gruu', 'TIMER', 'gruu', 'outbound'])).toEqual(
      rows('Via: x\nk: timer, Path, gruu, outbound\nk: 100rel\nContent-Length: 0'),
    );
  });

  it('adds a row where there is none, and fills an empty one', () => {
    expect(addTokens(headers, 'Require', ['a', 'b'])).toEqual([
      ...headers.slice(0, 3),
      ['Require', 'a, b'],
      ['Content-Length', '0'],
    ]);
    expect(addTokens([['Supported', ' ']], 'Supported', ['a'])).toEqual([['Supported', 'a']]);
  });

  it('changes nothing when all are there', () => {
    expect(addTokens(headers, 'Supported', ['timer', 'path'])).toBe(headers);
  });
});

describe('removeTokens', () => {
  it('removes tokens in any case, and the rows that are left empty', () => {
    expect(removeTokens(headers, 'Supported', ['PATH'])).toEqual(
      rows('Via: x\nk: timer\nk: 100rel\nContent-Length: 0'),
    );
    expect(removeTokens(headers, 'Supported', ['timer', 'path'])).toEqual(rows('Via: x\nk: 100rel\nContent-Length: 0'));
    expect(removeTokens(headers, 'Supported', ['timer', 'path', '100rel'])).toEqual(rows('Via: x\nContent-Length: 0'));
  });

  it('changes nothing when none is there', () => {
    expect(removeTokens(headers, 'Supported', ['gruu'])).toBe(headers);
    expect(removeTokens(headers, 'Require', ['timer'])).toBe(headers);
  });
});
