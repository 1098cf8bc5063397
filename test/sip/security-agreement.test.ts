// The agreement on Digest.
import { describe, expect, it } from 'vitest';
import type { Challenge } from '../../src/sip/challenge.js';
import type { Header } from '../../src/sip/message.js';
import {
  agreedChallenge,
  isKnownDigest,
  isVerification,
  mirroredList,
  verifiedEntry,
  withoutVerification,
} from '../../src/sip/security-agreement.js';

const asked: Challenge = {
  kind: 'proxy',
  scheme: 'Digest',
  realm: 'r',
  nonce: 'n',
  algorithm: 'MD5',
  qop: ['auth', 'auth-int'],
  stale: false,
  userhash: false,
};

describe('agreedChallenge', () => {
  it('replaces algorithm and qop by those of Security-Server (RFC 3329 §2.4)', () => {
    const entry = 'digest;q=0.5; d-alg = SHA-256 ;D-QOP="Auth-Int"';
    expect(agreedChallenge(asked, entry)).toEqual({ ...asked, algorithm: 'SHA-256', qop: ['auth-int'], agreed: entry });
  });

  it('leaves what Security-Server does not name (RFC 3329 §2.2: both are optional)', () => {
    expect(agreedChallenge(asked, 'digest;q=0.5')).toEqual({ ...asked, agreed: 'digest;q=0.5' });
  });
});

describe('isKnownDigest', () => {
  it.each(['digest', 'digest;d-alg=md5', 'digest;d-alg=SHA-512-256-sess;d-qop=auth', 'digest;d-qop=AUTH-INT'])(
    'knows %s',
    (entry) => {
      expect(isKnownDigest(entry)).toBe(true);
    },
  );

  it.each([
    'digest;d-alg=SHA3-256',
    'digest;d-alg=AKAv1-MD5',
    'digest;d-alg',
    'digest;d-qop=auth-conf',
    'digest;d-qop',
  ])('does not know %s', (entry) => {
    expect(isKnownDigest(entry)).toBe(false);
  });
});

describe('Security-Verify', () => {
  const rows: readonly Header[] = [
    ['To', 'x;d-ver=1'],
    ['Security-Verify', 'digest;q=0.1 ;d-ver="0f";x="a;b,c" , tls;q=0.2'],
    ['security-verify', 'ipsec-ike'],
  ];

  it('is the list of the server but for d-ver', () => {
    expect(mirroredList(rows)).toEqual(['digest;q=0.1 ;x="a;b,c"', 'tls;q=0.2', 'ipsec-ike']);
    expect(verifiedEntry(rows)).toBe('digest;q=0.1 ;x="a;b,c"');
    expect(verifiedEntry([['Security-Verify', 'digest;d-version=1']])).toBeUndefined();
    expect(withoutVerification(rows)).toEqual([
      rows[0],
      ['Security-Verify', 'digest;q=0.1 ;x="a;b,c", tls;q=0.2'],
      ['security-verify', 'ipsec-ike'],
    ]);
  });

  it('is told from other rows by its d-ver', () => {
    expect(rows.map(isVerification)).toEqual([false, true, false]);
  });
});
