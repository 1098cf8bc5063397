import { describe, expect, it } from 'vitest';
import { setSideBySide, wrapText } from '../../src/policy/text-columns.js';

describe('wrapText', () => {
  it('breaks at blanks, at the width and not before', () => {
    expect(wrapText('one two three', 7)).toEqual(['one two', 'three']);
    expect(wrapText('one two three', 6)).toEqual(['one', 'two', 'three']);
    expect(wrapText('one two', 80)).toEqual(['one two']);
  });

  it('gives a word that is too long a line of its own', () => {
    expect(wrapText('a credentialsRejected b', 5)).toEqual(['a', 'credentialsRejected', 'b']);
  });

  it('keeps a citation together', () => {
    expect(wrapText('not now (RFC 3261 §11.2).', 17)).toEqual(['not now', '(RFC 3261 §11.2).']);
  });

  it('makes one empty line of nothing', () => {
    expect(wrapText('', 5)).toEqual(['']);
  });
});

describe('setSideBySide', () => {
  it('sets texts beside one another and goes on below', () => {
    const cells = [
      { text: 'one two', width: 4 },
      { text: 'three', width: 6 },
      { text: 'a b c', width: 3 },
    ];
    expect(setSideBySide(cells)).toEqual(['one   three   a b', 'two           c']);
  });
});
