// Credentials that a request carries when it comes to us.
import { describe, expect, it } from 'vitest';
import { authorize } from '../../src/digest/authorize.js';
import { readCredentials } from '../../src/digest/credentials.js';
import { readCredentialsOf } from '../../src/request/sent-credentials.js';
import { readChallenges } from '../../src/sip/challenge.js';
import { invite, rows, values } from './messages.js';

describe('readCredentialsOf', () => {
  it('leaves a request alone that carries none', () => {
    const request = invite();
    expect(readCredentialsOf(request)).toEqual({ bare: request, challenges: [], answered: [] });
    expect(readCredentialsOf(request).bare).toBe(request);
  });

  it('rebuilds the challenges from what answers them', () => {
    const challenges = readChallenges(
      rows(`WWW-Authenticate: Digest realm="a \\"b\\"", nonce="n\\\\1", algorithm=SHA-256, qop="auth", opaque="o", userhash=true
        Proxy-Authenticate: Digest realm="p", nonce="n2"`),
    );
    const credentials = readCredentials({ username: 'alice', password: 'secret' });
    const answers = authorize(invite(), challenges, () => credentials, { token: 'cn' });
    const request = invite(answers.map(([name, value]) => `${name}: ${value}`).join('\n'));
    const { bare, challenges: rebuilt, answered } = readCredentialsOf(request);
    expect(rebuilt).toEqual(challenges);
    expect(bare).toEqual(invite());
    expect(answered).toEqual([
      { kind: 'user', realm: 'a \\"b\\"', nonces: ['n\\\\1'], rounds: 1, stale: 0, accepted: false },
      { kind: 'proxy', realm: 'p', nonces: ['n2'], rounds: 1, stale: 0, accepted: false },
    ]);
    expect(JSON.stringify({ bare, rebuilt, answered })).not.toMatch(/response|username|alice"/);
  });

  it('reads odd spelling, and never takes an answer for a stale challenge', () => {
    const { challenges } = readCredentialsOf(
      invite('AUTHORIZATION: dIGEST REALM="a",nonce=n,QOP="AUTH",stale=true,algorithm="md5"'),
    );
    expect(challenges).toEqual([
      {
        kind: 'user',
        scheme: 'Digest',
        realm: 'a',
        nonce: 'n',
        algorithm: 'md5',
        qop: ['auth'],
        stale: false,
        userhash: false,
      },
    ]);
  });

  it('counts the answers to several challenges of one realm as one round', () => {
    const { challenges, answered } = readCredentialsOf(
      invite(`Proxy-Authorization: Digest realm="p", nonce="1"
        Authorization: Digest realm="p", nonce="2"
        Proxy-Authorization: Digest realm="\\p", nonce="3"`),
    );
    expect(challenges.map(({ nonce }) => nonce)).toEqual(['1', '2', '3']);
    expect(answered).toEqual([
      { kind: 'user', realm: 'p', nonces: ['2'], rounds: 1, stale: 0, accepted: false },
      { kind: 'proxy', realm: '\\p', nonces: ['1', '3'], rounds: 1, stale: 0, accepted: false },
    ]);
  });

  it.each([
    'Bearer abc',
    'Basic YTpi',
    'Digest username="a", realm="r", nonce="", uri="sip:r", response=""',
    'Digest realm="r", response="x"',
    'Digest realm="r", realm="s", nonce="n"',
    'Digest realm="r", nonce="n", algorithm=AKAv1-MD5',
    'Digest realm="r", nonce="n", algorithm=MD5-sess',
    'Digest realm="r", nonce="n", Bearer abc',
  ])('keeps a row that it does not understand: %s', (value) => {
    const request = invite(`Authorization: ${value}`);
    expect(readCredentialsOf(request)).toEqual({ bare: request, challenges: [], answered: [] });
  });

  it('takes the d-ver out of Security-Verify, and remembers what it vouches for (RFC 3329 §2.4)', () => {
    const request = invite(`Security-Verify: tls;q=0.1
      Security-Verify: digest;q=0.2;d-ver="0123456789abcdef0123456789abcdef"
      Authorization: Digest realm="r", nonce="1"
      Proxy-Authorization: Digest realm="p", nonce="2"
      Proxy-Authorization: Digest realm="p", nonce="3"`);
    const { bare, challenges, answered } = readCredentialsOf(request);
    expect(values(bare, 'Security-Verify')).toEqual(['tls;q=0.1', 'digest;q=0.2']);
    expect(challenges.map(({ agreed }) => agreed)).toEqual([undefined, 'digest;q=0.2', undefined]);
    expect(answered.map(({ kind, agreed }) => [kind, agreed])).toEqual([
      ['user', undefined],
      ['proxy', 'digest;q=0.2'],
    ]);
  });

  it('takes the server for the first hop where no proxy asked (RFC 3329 §2.3)', () => {
    const { challenges } = readCredentialsOf(
      invite('Security-Verify: digest;d-ver="0f"\nAuthorization: Digest realm="r", nonce="1"'),
    );
    expect(challenges).toMatchObject([{ agreed: 'digest' }]);
  });

  it('leaves a d-ver beside credentials that it does not understand', () => {
    const request = invite('Security-Verify: digest;d-ver="0f"\nAuthorization: Bearer abc');
    expect(readCredentialsOf(request).bare).toBe(request);
  });

  it('keeps an empty row, and takes out the others beside it', () => {
    const { bare } = readCredentialsOf(invite('Authorization:\nAuthorization: Digest realm="r", nonce="n"'));
    expect(values(bare, 'Authorization')).toEqual(['']);
  });
});
