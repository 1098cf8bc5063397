// Which credentials can answer which challenge.
import { describe, expect, it } from 'vitest';
import { readCredentials } from '../../src/digest/credentials.js';
import { canAnswer } from '../../src/digest/identity.js';
import { challenge } from './server.js';

const password = readCredentials({ username: 'bob', password: 'p' });
const md5 = readCredentials({ username: 'bob', ha1: '0'.repeat(32) });
const sha256 = readCredentials({ username: 'bob', ha1: '0'.repeat(64) });
const plain = challenge('Digest realm="r", nonce="n"');
const strong = challenge('Digest realm="r", nonce="n", algorithm=SHA-256');

describe('canAnswer', () => {
  it('answers anything known with a password', () => {
    expect(canAnswer(plain, password)).toBe(true);
    expect(canAnswer(strong, password)).toBe(true);
    expect(canAnswer(challenge('Basic realm="r"'), password)).toBe(false);
  });

  it('answers with an HA1 only for its hash function', () => {
    expect([canAnswer(plain, md5), canAnswer(strong, md5)]).toEqual([true, false]);
    expect([canAnswer(plain, sha256), canAnswer(strong, sha256)]).toEqual([false, true]);
  });

  it('refuses MD5 when told so (RFC 8760 §3)', () => {
    expect(canAnswer(plain, password, { refuseMd5: true })).toBe(false);
    expect(canAnswer(strong, password, { refuseMd5: true })).toBe(true);
  });
});
