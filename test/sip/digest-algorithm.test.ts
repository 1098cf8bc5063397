// Digest algorithms by name, and which challenges can be answered.
import { describe, expect, it } from 'vitest';
import { readChallenges } from '../../src/sip/challenge.js';
import {
  digestHashOf,
  isSessionAlgorithm,
  readAlgorithm,
  readAnswerable,
  type AnswerableChallenge,
} from '../../src/sip/digest-algorithm.js';

function answerable(value: string): AnswerableChallenge | undefined {
  const [challenge] = readChallenges([['WWW-Authenticate', value]]);
  return challenge && readAnswerable(challenge);
}

describe('readAlgorithm', () => {
  it.each([
    [undefined, 'MD5', 'MD5'],
    ['md5', 'MD5', 'MD5'],
    ['MD5-Sess', 'MD5-sess', 'MD5'],
    ['sha-256', 'SHA-256', 'SHA-256'],
    ['SHA-256-SESS', 'SHA-256-sess', 'SHA-256'],
    ['Sha-512-256', 'SHA-512-256', 'SHA-512-256'],
    ['sha-512-256-sess', 'SHA-512-256-sess', 'SHA-512-256'],
  ] as const)('reads %s as %s, made with %s (RFC 8760 §2.7)', (text, algorithm, hash) => {
    expect(readAlgorithm(text)).toBe(algorithm);
    expect(digestHashOf(algorithm)).toBe(hash);
    expect(isSessionAlgorithm(algorithm)).toBe(algorithm.endsWith('-sess'));
  });

  it.each(['', 'SHA3-256', 'AKAv1-MD5', 'SHA-1', 'MD5, SHA-256', 'constructor'])('does not know %j', (text) => {
    expect(readAlgorithm(text)).toBeUndefined();
  });
});

describe('readAnswerable', () => {
  it('answers no scheme but Digest, whatever parameters stand behind it (RFC 8760 §2.6)', () => {
    const made = { kind: 'user', realm: 'r', nonce: 'n', stale: false, userhash: false } as const;
    expect(readAnswerable({ ...made, scheme: 'Basic' })).toBeUndefined();
    expect(readAnswerable({ ...made, scheme: 'digest' })).toEqual({ realm: 'r', nonce: 'n', algorithm: 'MD5' });
  });

  it('reads what is needed for an answer', () => {
    expect(answerable('Digest realm="r", nonce="n"')).toEqual({ realm: 'r', nonce: 'n', algorithm: 'MD5' });
    expect(answerable('DIGEST realm="r", nonce="n", qop="auth", algorithm="SHA-256"')).toEqual({
      realm: 'r',
      nonce: 'n',
      algorithm: 'SHA-256',
      qop: 'auth',
    });
  });

  it('prefers auth to auth-int wherever it stands, and takes auth-int if it is the only one', () => {
    expect(answerable('Digest realm="r", nonce="n", qop="auth-int,auth"')?.qop).toBe('auth');
    expect(answerable('Digest realm="r", nonce="n", qop="token, AUTH-INT"')?.qop).toBe('auth-int');
  });

  it.each([
    ['Basic (RFC 8760 §2.6)', 'Basic realm="r"'],
    ['Basic in the dress of Digest', 'Basic realm="r", nonce="n", algorithm=MD5'],
    ['an unknown scheme', 'NTLM realm="r", nonce="n"'],
    ['a challenge without realm', 'Digest nonce="n"'],
    ['a challenge without nonce', 'Digest realm="r"'],
    ['a parameter twice (RFC 3261 §7.3.1)', 'Digest realm="r", nonce="n", nonce="m"'],
    ['an unknown algorithm (RFC 7616 §3.3)', 'Digest realm="r", nonce="n", algorithm=SHA3-256'],
    ['an unknown qop', 'Digest realm="r", nonce="n", qop="auth-conf"'],
    ['an empty qop, which is no absent one (#23)', 'Digest realm="r", nonce="n", qop=""'],
    ['a -sess algorithm without qop (RFC 3261 §22.4)', 'Digest realm="r", nonce="n", algorithm=MD5-sess'],
    ['a nonce that would break the line', 'Digest realm="r", nonce="n\rVia: x"'],
    ['a realm that would break the line', 'Digest realm="r\nVia: x", nonce="n"'],
    ['an opaque with a NUL', 'Digest realm="r", nonce="n", opaque="\0"'],
  ])('leaves %s alone (RFC 8760 §2.4)', (_, value) => {
    expect(answerable(value)).toBeUndefined();
  });

  it('reads challenges that a program has made itself without realm or nonce', () => {
    const made = { kind: 'user', scheme: 'Digest', stale: false, userhash: false } as const;
    expect(readAnswerable({ ...made, realm: 'r' })).toBeUndefined();
    expect(readAnswerable({ ...made, nonce: 'n' })).toBeUndefined();
    expect(readAnswerable({ ...made, realm: 'r', nonce: 'n', opaque: '' })).toEqual({
      realm: 'r',
      nonce: 'n',
      algorithm: 'MD5',
    });
  });
});
