// Secrets print, log and serialise as «redacted».
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { Secret, secret } from '../../src/digest/secret.js';

describe('Secret', () => {
  it('gives its text to reveal() only', () => {
    const password = secret('zanzibar');
    expect(password).toBeInstanceOf(Secret);
    expect(password.reveal()).toBe('zanzibar');
  });

  it('is of a text: a variable that is not set is no password', () => {
    for (const given of [undefined, null, 12, {}]) {
      const wrap = (): unknown => Reflect.apply(secret, undefined, [given]);
      expect(wrap).toThrow(/is the variable with the password set\?/);
      expect(wrap).toThrow(expect.objectContaining({ code: 'badCredentials' }));
    }
  });

  it('is redacted in templates, JSON, inspection, errors and copies', () => {
    const password = secret('zanzibar');
    const shown = [
      String(password),
      'a' + password.toString(),
      JSON.stringify({ password }),
      inspect(password),
      inspect({ deep: [{ password }] }, { showHidden: true, depth: 10 }),
      String(new Error('bad ' + String(password))),
      JSON.stringify(structuredClone({ password })),
      Object.getOwnPropertyNames(password).join(),
    ];
    for (const text of shown) expect(text).not.toContain('zanzibar');
    expect(shown[0]).toBe('«redacted»');
    expect(shown[2]).toBe('{"password":"«redacted»"}');
    expect(shown[3]).toBe('«redacted»');
  });
});
