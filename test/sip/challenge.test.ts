import { describe, expect, it } from 'vitest';
import { readChallenges, unescape } from '../../src/sip/challenge.js';

const user = (...rows: string[]) => readChallenges(rows.map((row) => ['WWW-Authenticate', row] as const));

describe('readChallenges', () => {
  it('reads a Digest challenge with everything in it (RFC 7616 §3.3)', () => {
    const row =
      'Digest realm="example.com", domain="sip:example.com", nonce="84f1c1ae", opaque="", stale=FALSE, ' +
      'algorithm=SHA-256, qop="auth, auth-int", charset=UTF-8, userhash=true';
    expect(user(row)).toEqual([
      {
        kind: 'user',
        scheme: 'Digest',
        realm: 'example.com',
        nonce: '84f1c1ae',
        opaque: '',
        algorithm: 'SHA-256',
        charset: 'UTF-8',
        qop: ['auth', 'auth-int'],
        stale: false,
        userhash: true,
      },
    ]);
  });

  it('tells WWW-Authenticate from Proxy-Authenticate and keeps the order of the rows (RFC 3261 §22)', () => {
    const challenges = readChallenges([
      ['proxy-authenticate', 'Digest realm="p", nonce="1"'],
      ['Via', 'SIP/2.0/UDP a'],
      ['WWW-Authenticate', 'Digest realm="u", nonce="2"'],
      ['Proxy-Authenticate', 'Digest realm="p", nonce="3"'],
    ]);
    expect(challenges.map(({ kind, realm, nonce }) => [kind, realm, nonce])).toEqual([
      ['proxy', 'p', '1'],
      ['user', 'u', '2'],
      ['proxy', 'p', '3'],
    ]);
  });

  it('tells apart several challenges joined by commas (RFC 8760 §2.4)', () => {
    const row = 'Digest realm="a", nonce="1", algorithm=SHA-256,Basic realm="b" , DIGEST nonce="2",realm="a"';
    expect(user(row).map(({ scheme, realm, nonce }) => [scheme, realm, nonce])).toEqual([
      ['Digest', 'a', '1'],
      ['Basic', 'b', undefined],
      ['DIGEST', 'a', '2'],
    ]);
  });

  it('reads commas, equals signs and escaped quotes inside a realm, and keeps the escapes (#24)', () => {
    const [challenge] = user('Digest realm="Bob \\"the, boss\\" = x, nonce=\\"n\\"", nonce="a\\\\b"');
    expect(challenge).toMatchObject({ realm: 'Bob \\"the, boss\\" = x, nonce=\\"n\\"', nonce: 'a\\\\b' });
    expect(unescape(challenge?.realm ?? '')).toBe('Bob "the, boss" = x, nonce="n"');
    expect(challenge).not.toHaveProperty('flaw');
  });

  it('reads LWS round every separator and names in any case (#87)', () => {
    expect(user('  DiGeSt \t REALM = "a" ,, Nonce= "1",QOP ="AUTH" ,')).toEqual([
      { kind: 'user', scheme: 'DiGeSt', realm: 'a', nonce: '1', qop: ['auth'], stale: false, userhash: false },
    ]);
  });

  it('reads parameters that no comma parts', () => {
    expect(user('Digest realm="a" nonce="1" algorithm=MD5 qop="auth"')[0]).toMatchObject({
      realm: 'a',
      nonce: '1',
      algorithm: 'MD5',
      qop: ['auth'],
    });
  });

  it.each(['TRUE', 'True', '"true"', 'true'])('reads stale=%s as true (#25)', (value) => {
    expect(user(`Digest realm="a", nonce="1", stale=${value}, userhash=${value}`)[0]).toMatchObject({
      stale: true,
      userhash: true,
    });
  });

  it('reads a quoted algorithm, and a nonce and a qop without quotes', () => {
    expect(user('Digest realm=a, nonce=b64==, algorithm="MD5", qop=auth')[0]).toMatchObject({
      realm: 'a',
      nonce: 'b64==',
      algorithm: 'MD5',
      qop: ['auth'],
    });
  });

  it('tells an absent qop from an empty one (#23)', () => {
    expect(user('Digest realm="a", nonce="1"')[0]).not.toHaveProperty('qop');
    expect(user('Digest realm="a", nonce="1", qop=""')[0]?.qop).toEqual([]);
    expect(user('Digest realm="a", nonce="1", qop=" , "')[0]?.qop).toEqual([]);
    expect(user('Digest realm="a", nonce="1", qop=')[0]?.qop).toEqual([]);
  });

  it.each([
    ['no realm (#21)', 'Digest nonce="1"', 'no realm'],
    ['no nonce (#21)', 'Digest realm="a"', 'no nonce'],
    ['two nonces (#22)', 'Digest realm="a", nonce="1", nonce="2"', 'parameter "nonce" twice'],
    ['two opaques, then two nonces', 'Digest opaque=1, opaque=2, nonce=1, nonce=2', 'parameter "opaque" twice'],
    [
      'a quote that is never closed',
      'Digest nonce="1", realm="a, qop=auth',
      'parameter "realm" without a closing quote',
    ],
    ['no scheme', 'realm="a", nonce="1"', 'no scheme'],
  ])('says what is wrong with a challenge that has %s', (_, row, flaw) => {
    expect(user(row)[0]?.flaw).toBe(flaw);
  });

  it('accepts a parameter that is repeated with the same value (#22)', () => {
    expect(user('Digest realm="a", realm="a", nonce="1", nonce="1"')[0]).not.toHaveProperty('flaw');
  });

  it('lists other schemes by name and realm alone (#20)', () => {
    const plain = { kind: 'user', stale: false, userhash: false };
    expect(
      user('Basic realm="b", charset="UTF-8"', 'NTLM', 'Negotiate YII= more', 'Bearer realm="r", nonce="n"'),
    ).toEqual([
      { ...plain, scheme: 'Basic', realm: 'b' },
      { ...plain, scheme: 'NTLM' },
      { ...plain, scheme: 'Negotiate' },
      { ...plain, scheme: 'Bearer', realm: 'r' },
    ]);
  });

  it('passes over the token68 of another scheme', () => {
    expect(user('Negotiate abcdef, Digest realm="a", nonce="1"').map(({ scheme }) => scheme)).toEqual([
      'Negotiate',
      'Digest',
    ]);
  });

  it('gives the parameters behind a stray word to the challenge before it', () => {
    const challenges = user('Digest realm="a", stale, nonce="1"');
    expect(challenges[0]).toMatchObject({ scheme: 'Digest', realm: 'a', nonce: '1' });
    expect(challenges[0]).not.toHaveProperty('flaw');
  });

  it('passes over a quoted string that belongs to nothing', () => {
    expect(user('Digest "x=y, z" realm="a", nonce="1"')[0]).toMatchObject({ realm: 'a', nonce: '1' });
    expect(user('Digest realm="a", nonce="1", "open')[0]).toMatchObject({ realm: 'a', nonce: '1' });
  });

  it.each(['', ' ', ',,'])('finds no challenge in %j', (row) => {
    expect(user(row)).toEqual([]);
  });

  it.each(['a="b,', '"', 'a,', '=', 'Digest a="\\",', 'x y '])(
    'takes linear time for %j, repeated 100,000 times',
    (unit) => {
      const started = performance.now();
      expect(user(unit.repeat(100_000))).toBeInstanceOf(Array);
      expect(performance.now() - started).toBeLessThan(2000);
    },
  );
});
