// Tokens: ten bits a pair of characters.
import { describe, expect, it } from 'vitest';
import { cryptoToken, tokenFrom } from '../../src/timing/token.js';

describe('tokenFrom', () => {
  it('writes eight draws, each as two characters of its lowest ten bits', () => {
    expect(tokenFrom(() => 0)).toBe('0000000000000000');
    expect(tokenFrom(() => 0xffff)).toBe('vvvvvvvvvvvvvvvv');
    let draw = 30;
    expect(tokenFrom(() => draw++)).toBe('0u0v101112131415');
  });
});

describe('cryptoToken', () => {
  it('gives each source a pool of its own', () => {
    expect(cryptoToken()()).not.toBe(cryptoToken()());
  });
});
