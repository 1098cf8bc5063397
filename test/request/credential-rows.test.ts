// Rows of credentials.
import { describe, expect, it } from 'vitest';
import {
  answersOneOf,
  carriesCredentials,
  credentialsKind,
  isComputed,
  withCredentials,
  withMoreCredentials,
  withoutAnswersTo,
  withoutUserCredentials,
} from '../../src/request/credential-rows.js';
import type { Challenge } from '../../src/sip/challenge.js';
import { invite, rows, values } from './messages.js';

const challenge = (realm: string, kind: Challenge['kind'] = 'user'): Challenge => ({
  kind,
  scheme: 'Digest',
  realm,
  nonce: 'n',
  stale: false,
  userhash: false,
});
const authorized = invite(`Authorization: Digest username="a", realm="one", nonce="x"
  Authorization: Digest realm="two",nonce="y"
  Proxy-Authorization: Digest realm="one", nonce="z"`);

describe('credentialsKind', () => {
  it('tells credentials for a user agent from those for a proxy', () => {
    expect(['authorization', 'Proxy-Authorization', 'From'].map(credentialsKind)).toEqual(['user', 'proxy', undefined]);
  });
});

describe('carriesCredentials', () => {
  it('finds credentials of either kind', () => {
    expect(carriesCredentials(authorized)).toBe(true);
    expect(carriesCredentials(invite('Authorization: Digest x'))).toBe(true);
    expect(carriesCredentials(invite('Proxy-Authorization: Digest x'))).toBe(true);
    expect(carriesCredentials(invite())).toBe(false);
  });
});

describe('withMoreCredentials', () => {
  it('adds rows at the end, and nothing that is no credentials', () => {
    const next = withMoreCredentials(authorized, rows('Authorization: new\nSubject: not credentials'));
    expect(next.headers).toEqual([...authorized.headers, ['Authorization', 'new']]);
  });

  it('puts a Security-Verify with d-ver in place of the list that it vouches for (RFC 3329 §2.4)', () => {
    const request = invite('Security-Verify: digest\nSecurity-Verify: tls');
    const verified = rows('Security-Verify: digest;d-ver="0f", tls\nProxy-Authorization: p');
    expect(values(withMoreCredentials(request, verified), 'Security-Verify')).toEqual(['digest;d-ver="0f", tls']);
  });
});

describe('isComputed', () => {
  it('finds what is computed from the password', () => {
    const found = rows('Authorization: a\nSecurity-Verify: digest;d-ver="0f"\nSecurity-Verify: digest\nTo: b');
    expect(found.map(isComputed)).toEqual([true, true, false, false]);
  });
});

describe('withCredentials', () => {
  it('takes the latest d-ver for the list that the request mirrors, and no other (RFC 3329 §2.4)', () => {
    const request = invite('Security-Verify: digest;d-ver="00"\nSecurity-Verify: tls');
    const of = (text: string, to = request) => values(withCredentials(to, rows(text)), 'Security-Verify');
    const earlier = 'Security-Verify: digest;d-ver="01", tls';
    expect(of(`${earlier}\nSecurity-Verify: digest;d-ver="02", tls`)).toEqual(['digest;d-ver="02", tls']);
    expect(of('Security-Verify: digest;d-ver="03"')).toEqual(['digest;d-ver="00"', 'tls']);
    expect(of('Security-Verify: digest, tls')).toEqual(['digest;d-ver="00"', 'tls']);
    expect(of(earlier, invite())).toEqual([]);
  });

  it('makes these rows the only credentials', () => {
    const next = withCredentials(authorized, rows('Authorization: new\nSubject: not credentials'));
    expect(values(next, 'Authorization')).toEqual(['new']);
    expect(values(next, 'Proxy-Authorization')).toEqual([]);
    expect(values(next, 'Subject')).toEqual([]);
  });

  it('adds rows before Content-Length, and leaves a request alone that needs none', () => {
    expect(withCredentials(invite(), rows('Proxy-Authorization: p')).headers.slice(-2)).toEqual(
      rows('Proxy-Authorization: p\nContent-Length: 0'),
    );
    expect(withCredentials({ ...invite(), headers: rows('To: x') }, rows('authorization: a')).headers).toEqual(
      rows('To: x\nauthorization: a'),
    );
    expect(withCredentials({ ...invite(), headers: [] }, rows('Authorization: a')).headers).toEqual(
      rows('Authorization: a'),
    );
    expect(withCredentials(invite(), [])).toEqual(invite());
  });
});

describe('answersOneOf', () => {
  const [row] = rows('Authorization: Digest username="a", realm="a \\"b\\"", nonce="x"');

  it('compares kind and realm as they are meant, without escapes', () => {
    expect(answersOneOf(row!, [challenge('other'), challenge('a \\"b\\"')])).toBe(true);
    expect(answersOneOf(row!, [challenge('\\a \\"b\\"')])).toBe(true);
    expect(answersOneOf(row!, [challenge('a \\"b\\"', 'proxy'), challenge('A \\"b\\"')])).toBe(false);
    expect(answersOneOf(row!, [])).toBe(false);
  });

  it('reads a realm however it is written, and never inside another parameter', () => {
    const answers = (value: string) => answersOneOf(['Authorization', value], [challenge('one')]);
    expect(answers('DIGEST REALM = "one"')).toBe(true);
    expect(answers('Digest nonce="n",realm=one')).toBe(true);
    expect(answers('Digest realm=two, Digest realm=one')).toBe(true);
    expect(answers('Digest realm="on"')).toBe(false);
    expect(answers('Digest username="a, realm=one", realm="two"')).toBe(false);
    expect(answers('Digest username="a realm=\\"one\\"", realm="two"')).toBe(false);
  });

  it('finds none in other rows', () => {
    expect(answersOneOf(['Authorization', 'Bearer abc'], [challenge(''), challenge('one')])).toBe(false);
    expect(answersOneOf(['Subject', 'Digest realm="one"'], [challenge('one')])).toBe(false);
  });
});

describe('withoutAnswersTo', () => {
  it('drops the rows of the realms that are challenged', () => {
    const next = withoutAnswersTo(authorized, [challenge('one')]);
    expect(values(next, 'Authorization')).toEqual(['Digest realm="two",nonce="y"']);
    expect(values(next, 'Proxy-Authorization')).toEqual(['Digest realm="one", nonce="z"']);
  });

  it('gives the same request back where nothing is challenged or carried', () => {
    expect(withoutAnswersTo(authorized, [])).toBe(authorized);
    const bare = invite();
    expect(withoutAnswersTo(bare, [challenge('one')])).toBe(bare);
  });
});

describe('withoutUserCredentials', () => {
  it('keeps those for proxies', () => {
    const next = withoutUserCredentials(authorized);
    expect(values(next, 'Authorization')).toEqual([]);
    expect(values(next, 'Proxy-Authorization')).toHaveLength(1);
  });
});
