// The digest-verify parameter; each is checked by a server written apart, on node:crypto.
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { authorize } from '../../src/digest/authorize.js';
import { readCredentials } from '../../src/digest/credentials.js';
import { Keyring } from '../../src/digest/keyring.js';
import type { Challenge } from '../../src/sip/challenge.js';
import type { Header, SipRequest } from '../../src/sip/message.js';
import { agreedChallenge } from '../../src/sip/security-agreement.js';
import { challenge, expectedResponse, paramsOf, register } from './server.js';

const alice = readCredentials({ username: 'alice', password: 'pw' });
const expected = { username: 'alice', realm: 'r', password: 'pw' };
const asked = challenge('Digest realm="r", nonce="n", qop="auth", algorithm=MD5', 'Proxy-Authenticate');

/** A request that mirrors a list. */
function mirroring(...rows: readonly string[]): SipRequest {
  return { ...register, headers: [...register.headers, ...rows.map((row): Header => ['Security-Verify', row])] };
}

/** What a server computes from the credentials of the request and from its own list (RFC 3329 §2.2). */
function expectedVerify(credentials: Header, request: SipRequest, list: string): string {
  const params = paramsOf(credentials);
  const param = (name: string): string => params.get(name) ?? '';
  const name = (params.get('algorithm') ?? 'MD5').toLowerCase().replace('-sess', '');
  const hash = (text: string): string =>
    createHash(name === 'md5' ? 'md5' : name.replace('sha-256', 'sha256'))
      .update(text)
      .digest('hex');
  const identity = hash('alice:r:pw');
  const key = param('algorithm').endsWith('-sess')
    ? hash(`${identity}:${param('nonce')}:${param('cnonce')}`)
    : identity;
  const body = params.get('qop') === 'auth-int' ? `:${hash(request.body)}` : '';
  const ha2 = hash(`${request.method}:${param('uri')}${body}:${list}`);
  const qop = params.get('qop');
  const middle = qop === undefined ? '' : `:${param('nc')}:${param('cnonce')}:${qop}`;
  return hash(`${key}:${param('nonce')}${middle}:${ha2}`);
}

function answer(request: SipRequest, ...challenges: readonly Challenge[]): readonly Header[] {
  return authorize(request, challenges, () => alice, { token: 'cn' });
}

describe('Security-Verify', () => {
  it.each([
    ['digest;d-alg=MD5;d-qop=auth', 32],
    ['digest;d-qop=auth-int', 32],
    ['digest;d-alg=MD5-sess', 32],
    ['digest;d-alg=SHA-256;d-qop=auth-int', 64],
  ])('vouches for %s as the request-digest does, with the list at the end of A2 (RFC 3329 §2.2)', (entry, length) => {
    const request = { ...mirroring(entry, 'tls;q=0.2'), body: 'text' };
    const [credentials, verify, ...more] = answer(request, agreedChallenge(asked, entry));
    expect(more).toEqual([]);
    if (credentials === undefined || verify === undefined) throw new Error('no answer');
    expect(paramsOf(credentials).get('response')).toBe(expectedResponse(credentials, request, expected));
    const hex = expectedVerify(credentials, request, `${entry}, tls;q=0.2`);
    expect(hex).toHaveLength(length);
    expect(verify).toEqual(['Security-Verify', `${entry};d-ver="${hex}", tls;q=0.2`]);
  });

  it('uses the formula without qop where neither the list nor the challenge names one (RFC 3329 §2.2)', () => {
    const request = mirroring('digest');
    const bare = challenge('Digest realm="r", nonce="n"', 'Proxy-Authenticate');
    const [credentials, verify] = answer(request, agreedChallenge(bare, 'digest'));
    if (credentials === undefined) throw new Error('no answer');
    expect(verify?.[1]).toBe(`digest;d-ver="${expectedVerify(credentials, request, 'digest')}"`);
  });

  it('hashes a single SP for all linear white space, and sends the list as it was (RFC 3329 §2.2)', () => {
    const request = mirroring('tls;q=0.2,digest \t ;  q=0.1');
    const [credentials, verify] = answer(request, agreedChallenge(asked, 'digest \t ;  q=0.1'));
    if (credentials === undefined) throw new Error('no answer');
    const hex = expectedVerify(credentials, request, 'tls;q=0.2, digest ; q=0.1');
    expect(verify?.[1]).toBe(`tls;q=0.2, digest \t ;  q=0.1;d-ver="${hex}"`);
  });

  it('is written anew over a d-ver of before', () => {
    const entry = 'digest;q=0.1';
    const agreed = agreedChallenge(asked, entry);
    expect(answer(mirroring(`${entry};d-ver="${'0'.repeat(32)}"`), agreed)).toEqual(answer(mirroring(entry), agreed));
  });

  it('stays as it is without an agreement on Digest, and where the request mirrors another list', () => {
    expect(answer(mirroring('digest'), asked)).toHaveLength(1);
    expect(answer(mirroring('digest;q=0.3'), agreedChallenge(asked, 'digest'))).toHaveLength(1);
    expect(answer(register, agreedChallenge(asked, 'digest'))).toHaveLength(1);
  });

  it('is one, computed with the first of several answers of the agreement', () => {
    const request = mirroring('digest');
    const rows = answer(
      request,
      agreedChallenge(asked, 'digest'),
      agreedChallenge(challenge('Digest realm="r", nonce="n2", qop="auth"', 'Proxy-Authenticate'), 'digest'),
    );
    expect(rows.map(([name]) => name)).toEqual(['Proxy-Authorization', 'Proxy-Authorization', 'Security-Verify']);
    const [first] = rows;
    expect(rows[2]?.[1]).toContain(first && expectedVerify(first, request, 'digest'));
  });

  it('is computed anew by a keyring for each request, with the count of its credentials', () => {
    const keyring = new Keyring({ credentials: [alice] });
    const request = mirroring('digest;d-alg=SHA-256');
    const agreed = agreedChallenge(asked, 'digest;d-alg=SHA-256');
    for (const nc of ['00000001', '00000002']) {
      const [credentials, verify] = keyring.authorize(request, [agreed], () => alice, 'cn');
      if (credentials === undefined) throw new Error('no answer');
      expect(credentials[1]).toContain(`algorithm=SHA-256, qop=auth, cnonce="cn", nc=${nc}`);
      expect(verify?.[1]).toContain(`;d-ver="${expectedVerify(credentials, request, 'digest;d-alg=SHA-256')}"`);
    }
  });
});
