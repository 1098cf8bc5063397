// Credentials of the programmer's input: read with precise complaints that never show a secret.
import { describe, expect, it } from 'vitest';
import { credentialsFor, ha1HashOf, readCredentials, readCredentialsList } from '../../src/digest/credentials.js';
import { secret } from '../../src/digest/secret.js';
import { SipRetryError } from '../../src/sip/sip-retry-error.js';

const md5 = '939e7578ed9e3c518a452acee763bce9';
const sha256 = '753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1';

function complaint(input: unknown): string {
  try {
    readCredentials(input);
  } catch (error) {
    if (error instanceof SipRetryError && error.code === 'badCredentials') return error.message;
    throw error;
  }
  return 'none';
}

describe('readCredentials', () => {
  it('wraps a password of plain text, as a JSON file has it', () => {
    const read = readCredentials({ realm: 'biloxi.com', username: 'bob', password: 'zanzibar' });
    expect(read.password?.reveal()).toBe('zanzibar');
    expect(JSON.stringify(read)).toBe('{"username":"bob","realm":"biloxi.com","password":"«redacted»"}');
  });

  it('takes secrets as they are, and an empty password', () => {
    const password = secret('');
    expect(readCredentials({ username: 'anonymous', password }).password).toBe(password);
  });

  it('reads an HA1 in any case and knows its hash function by length', () => {
    const read = readCredentials({ username: 'bob', ha1: md5.toUpperCase() });
    expect(read.ha1?.reveal()).toBe(md5);
    expect(ha1HashOf(read)).toBe('MD5');
    expect(ha1HashOf(readCredentials({ username: 'bob', ha1: secret(sha256) }))).toBe('SHA-256');
    const named = readCredentials({ username: 'bob', ha1: sha256, ha1Algorithm: 'SHA-512-256' });
    expect(ha1HashOf(named)).toBe('SHA-512-256');
    expect(ha1HashOf(readCredentials({ username: 'bob', password: '' }))).toBeUndefined();
  });

  it.each([
    ['no object', 'alice:top-secret', 'credentials must be an object with a username and a password or an ha1.'],
    ['null', null, 'credentials must be an object with a username and a password or an ha1.'],
    ['a list', [], 'credentials must be an object with a username and a password or an ha1.'],
    [
      'a misspelt member',
      { username: 'a', passwort: 'top-secret' },
      'credentials has a member that is not one of realm, username, password, ha1, ha1Algorithm.',
    ],
    ['no user name', { password: 'top-secret' }, 'credentials.username must be a text that is not empty.'],
    [
      'an empty user name',
      { username: '', password: 'top-secret' },
      'credentials.username must be a text that is not empty.',
    ],
    ['a user name that is no text', { username: 7, password: 'top-secret' }, 'credentials.username must be a text.'],
    [
      'a user name that would write header fields',
      { username: 'a\r\nX: y', password: 'top-secret' },
      'credentials.username must not contain a line break or a NUL.',
    ],
    [
      'a realm that is no text',
      { username: 'a', realm: 1, password: 'top-secret' },
      'credentials.realm must be a text.',
    ],
    [
      'a password that is no text',
      { username: 'a', password: { top: 'top-secret' } },
      'credentials.password must be a text, or a secret() of one.',
    ],
    ['neither password nor HA1', { username: 'a', realm: 'r' }, 'credentials needs a password or an ha1.'],
    ['an HA1 of another length', { username: 'a', ha1: 'abc' }, 'credentials.ha1 must be 32 or 64 hexadecimal digits.'],
    [
      'an HA1 that is not hexadecimal',
      { username: 'a', ha1: 'top-secret-top-secret-top-secret' },
      'credentials.ha1 must be 32 or 64 hexadecimal digits.',
    ],
    [
      'an HA1 that its algorithm does not make',
      { username: 'a', ha1: md5, ha1Algorithm: 'SHA-256' },
      'credentials.ha1 must be 64 hexadecimal digits.',
    ],
    [
      'an unknown HA1 algorithm',
      { username: 'a', ha1: md5, ha1Algorithm: 'SHA-1' },
      'credentials.ha1Algorithm must be one of MD5, SHA-256, SHA-512-256.',
    ],
    [
      'an HA1 algorithm that is no text',
      { username: 'a', ha1: md5, ha1Algorithm: 1 },
      'credentials.ha1Algorithm must be one of MD5, SHA-256, SHA-512-256.',
    ],
  ])('says what is wrong with %s, and shows no secret', (_, input, expected) => {
    expect(complaint(input)).toBe(expected);
    expect(complaint(input)).not.toContain('top-secret');
  });
});

describe('readCredentialsList', () => {
  it('reads one entry or several', () => {
    const entry = { username: 'bob', password: 'zanzibar' };
    expect(readCredentialsList(entry)).toHaveLength(1);
    expect(readCredentialsList([entry, { ...entry, realm: 'r' }]).map(({ realm }) => realm)).toEqual([undefined, 'r']);
  });

  it('says which entry is wrong', () => {
    expect(() => readCredentialsList([{ username: 'bob', password: 'zanzibar' }, {}])).toThrow(
      'credentials[1].username',
    );
  });
});

describe('credentialsFor', () => {
  const any = readCredentials({ username: 'any', password: 'p' });
  const biloxi = readCredentials({ username: 'bob', realm: 'biloxi.com', password: 'p' });
  const upper = readCredentials({ username: 'BOB', realm: 'BILOXI.COM', password: 'p' });

  it('prefers the entry that names the realm to one that names none', () => {
    expect(credentialsFor([any, biloxi], 'biloxi.com')).toBe(biloxi);
    expect(credentialsFor([biloxi, any], 'atlanta.com')).toBe(any);
    expect(credentialsFor([biloxi], 'atlanta.com')).toBeUndefined();
  });

  it('compares realms as quoted strings: case matters (RFC 3261 §7.3.1)', () => {
    expect(credentialsFor([biloxi, upper], 'BILOXI.COM')).toBe(upper);
  });
});
