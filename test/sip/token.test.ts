import { describe, expect, it } from 'vitest';
import { isToken } from '../../src/sip/token.js';

describe('isToken', () => {
  it('accepts all characters of a token (RFC 4475 §3.1.1.2)', () => {
    expect(isToken("!interesting-Method0123456789_*+`.%indeed'~")).toBe(true);
  });

  it.each(['', 'a b', 'a:b', 'a"', 'é', 'a\0'])('refuses %j', (text) => {
    expect(isToken(text)).toBe(false);
  });
});
