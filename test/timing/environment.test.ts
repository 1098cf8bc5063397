// The environment of a running program: time, chance, tokens.
import { describe, expect, it, vi } from 'vitest';
import { systemEnvironment } from '../../src/timing/environment.js';

describe('systemEnvironment', () => {
  it('gives tokens of 16 characters that are valid in branches and tags and never repeat', () => {
    const { token } = systemEnvironment();
    const tokens = Array.from({ length: 2000 }, () => token());
    for (const text of tokens) expect(text).toMatch(/^[0-9a-z]{16}$/);
    expect(new Set(tokens).size).toBe(tokens.length);
  });

  it('takes tokens from the cryptographic generator, 256 at a time', () => {
    const draw = vi.spyOn(crypto, 'getRandomValues');
    const { token } = systemEnvironment();
    for (let count = 0; count < 256; count += 1) token();
    expect(draw).toHaveBeenCalledTimes(1);
    token();
    expect(draw).toHaveBeenCalledTimes(2);
    draw.mockRestore();
  });

  it('uses every bit: each character of the alphabet occurs at each place', () => {
    const { token } = systemEnvironment();
    const seen = Array.from({ length: 16 }, () => new Set<string>());
    for (let count = 0; count < 3000; count += 1)
      Array.from(token()).forEach((character, at) => seen[at]?.add(character));
    for (const characters of seen) expect(characters.size).toBe(32);
  });

  it('gives numbers of [0, 1) and the clock of the system', () => {
    const environment = systemEnvironment({ unref: true });
    const numbers = Array.from({ length: 100 }, () => environment.random());
    expect(numbers.every((number) => number >= 0 && number < 1)).toBe(true);
    expect(new Set(numbers).size).toBeGreaterThan(90);
    expect(environment.clock.now()).toBeGreaterThan(0);
  });
});
