// Answering challenges in one step; each answer is checked by a server written apart.
import { describe, expect, it } from 'vitest';
import { authorize, type AuthorizeOptions } from '../../src/digest/authorize.js';
import { readCredentials, type Credentials } from '../../src/digest/credentials.js';
import { readChallenges, type Challenge } from '../../src/sip/challenge.js';
import type { Header, SipRequest } from '../../src/sip/message.js';
import { challenge, expectedResponse, nodeHashes, paramsOf, register } from './server.js';

const token = 'k3j5h2g8f1d7s6a4';
const bob = readCredentials({ username: 'bob', password: 'zanzibar' });
const expected = { username: 'bob', realm: 'biloxi.com', password: 'zanzibar' };

function answer(
  value: string | Challenge,
  credentials: Credentials = bob,
  options: Partial<AuthorizeOptions> = {},
  request = register,
): Header {
  const asked = typeof value === 'string' ? challenge(value) : value;
  const [row] = authorize(request, [asked], () => credentials, { token, ...options });
  if (row === undefined) throw new Error('no answer');
  return row;
}

describe('authorize', () => {
  it('writes parameters in the quoting of RFC 7616 §3.4', () => {
    const [name, value] = answer('Digest realm="biloxi.com", nonce="n1", qop="auth", opaque="o1", algorithm=MD5');
    expect(name).toBe('Authorization');
    expect(value.replace(/response="[0-9a-f]{32}"/, 'response=…')).toBe(
      `Digest username="bob", realm="biloxi.com", nonce="n1", uri="sip:example.com", response=…, algorithm=MD5, opaque="o1", qop=auth, cnonce="${token}", nc=00000001`,
    );
  });

  it('answers Proxy-Authenticate in Proxy-Authorization, whatever the status code was', () => {
    expect(answer(challenge('Digest realm="r", nonce="n"', 'Proxy-Authenticate'))[0]).toBe('Proxy-Authorization');
  });

  it.each(['MD5', 'MD5-sess', 'SHA-256', 'SHA-256-sess', 'SHA-512-256', 'SHA-512-256-sess'])(
    'is accepted by a server for %s with auth and auth-int',
    (algorithm) => {
      const request: SipRequest = { ...register, method: 'MESSAGE', uri: 'sip:alice@atlanta.com', body: 'Grüße\r\n' };
      for (const qop of ['auth', 'auth-int']) {
        const row = answer(
          `Digest realm="biloxi.com", nonce="n1", qop="${qop}", algorithm=${algorithm}`,
          bob,
          {},
          request,
        );
        expect(paramsOf(row).get('qop')).toBe(qop);
        expect(paramsOf(row).get('response')).toBe(expectedResponse(row, request, expected));
      }
    },
  );

  it('uses the formula without qop, nc and cnonce when the challenge has no qop (RFC 2617 §3.2.2)', () => {
    const row = answer('Digest realm="biloxi.com", nonce="n1"');
    expect([...row[1].matchAll(/(\w+)=/g)].map(([, name]) => name)).toEqual([
      'username',
      'realm',
      'nonce',
      'uri',
      'response',
    ]);
    expect(paramsOf(row).get('response')).toBe(expectedResponse(row, register, expected));
  });

  it('echoes opaque also when it is empty, and the algorithm as it was written, and neither when absent', () => {
    expect(answer('Digest realm="r", nonce="n", opaque=""')[1]).toContain(', opaque=""');
    expect(answer('Digest realm="r", nonce="n", algorithm="md5"')[1]).toContain(', algorithm=md5');
    expect(answer('Digest realm="r", nonce="n"')[1]).not.toMatch(/opaque|algorithm/);
  });

  it('prefers auth to auth-int; other clients take auth-int and fail behind who rewrites SDP', () => {
    expect(answer('Digest realm="r", nonce="n", qop="auth-int,auth"')[1]).toContain('qop=auth,');
  });

  it('echoes escapes in realm and nonce byte for byte and hashes them without (#24)', () => {
    const row = answer('Digest realm="the \\"B\\" realm", nonce="a\\\\b", qop="auth"');
    expect(row[1]).toContain('realm="the \\"B\\" realm", nonce="a\\\\b"');
    expect(paramsOf(row).get('response')).toBe(
      expectedResponse(row, register, { ...expected, realm: 'the "B" realm' }),
    );
  });

  it('escapes user name and URI, which may hold quotes', () => {
    const request = { ...register, uri: 'sip:a"b@example.com' };
    const row = answer(
      'Digest realm="biloxi.com", nonce="n", qop="auth"',
      readCredentials({ username: 'bo"b\\', password: 'zanzibar' }),
      {},
      request,
    );
    expect(row[1]).toContain('username="bo\\"b\\\\"');
    expect(row[1]).toContain('uri="sip:a\\"b@example.com"');
    expect(paramsOf(row).get('response')).toBe(expectedResponse(row, request, { ...expected, username: 'bo"b\\' }));
  });

  it('hashes the user name for userhash=true (RFC 7616 §3.4.4)', () => {
    const doe = readCredentials({ username: 'Jäsøn Doe', password: 'Secret, or not?' });
    const row = answer(
      'Digest realm="api@example.org", nonce="n", qop="auth", algorithm=SHA-512-256, userhash=true, charset=UTF-8',
      doe,
    );
    expect(paramsOf(row).get('username')).toBe('793263caabb707a56211940d90411ea4a575adeccb7e360aeb624ed06ece9b0b');
    expect(row[1]).toMatch(/, userhash=true$/);
    const who = { username: 'Jäsøn Doe', realm: 'api@example.org', password: 'Secret, or not?' };
    expect(paramsOf(row).get('response')).toBe(expectedResponse(row, register, who));
  });

  it('normalises name and password to Form C where the server says charset=UTF-8 (RFC 7616 §4), and not elsewhere', () => {
    const decomposed = readCredentials({ username: 'Ja\u0308s', password: 'o\u0308' });
    const row = answer('Digest realm="biloxi.com", nonce="n", charset=UTF-8', decomposed);
    expect(paramsOf(row).get('username')).toBe('J\u00e4s');
    expect(paramsOf(row).get('response')).toBe(
      expectedResponse(row, register, { ...expected, username: 'J\u00e4s', password: '\u00f6' }),
    );
    const plain = answer('Digest realm="biloxi.com", nonce="n"', decomposed);
    expect(paramsOf(plain).get('response')).toBe(
      expectedResponse(plain, register, { ...expected, username: 'Ja\u0308s', password: 'o\u0308' }),
    );
  });

  it('answers with a stored HA1 as with the password', () => {
    const ha1 = readCredentials({
      username: 'bob',
      ha1: nodeHashes.sha512_256('bob:biloxi.com:zanzibar'),
      ha1Algorithm: 'SHA-512-256',
    });
    const row = answer('Digest realm="biloxi.com", nonce="n", qop="auth", algorithm=SHA-512-256-sess', ha1);
    expect(paramsOf(row).get('response')).toBe(expectedResponse(row, register, expected));
  });

  it('never answers with an HA1 of another hash function, but with the password beside it', () => {
    const md5 = nodeHashes.md5('bob:biloxi.com:zanzibar');
    const asked = challenge('Digest realm="biloxi.com", nonce="n", algorithm=SHA-256');
    expect(authorize(register, [asked], () => readCredentials({ username: 'bob', ha1: md5 }), { token })).toEqual([]);
    const row = answer(asked, readCredentials({ username: 'bob', ha1: md5, password: 'zanzibar' }));
    expect(paramsOf(row).get('response')).toBe(expectedResponse(row, register, expected));
  });

  it('answers each challenge in order: two realms, two kinds, two forked proxies of one realm (RFC 3261 §22.3)', () => {
    const challenges = readChallenges([
      ['WWW-Authenticate', 'Digest realm="a", nonce="1", qop="auth", Digest realm="b", nonce="2"'],
      ['Proxy-Authenticate', 'Digest realm="p", nonce="3"'],
      ['Proxy-Authenticate', 'Digest realm="p", nonce="4"'],
    ]);
    const rows = authorize(register, challenges, () => bob, { token });
    const seen = rows.map((row) => [row[0], paramsOf(row).get('realm'), paramsOf(row).get('nonce')]);
    expect(seen).toEqual([
      ['Authorization', 'a', '1'],
      ['Authorization', 'b', '2'],
      ['Proxy-Authorization', 'p', '3'],
      ['Proxy-Authorization', 'p', '4'],
    ]);
  });

  it('leaves out what cannot be answered or has no credentials, and refuses MD5 when told so', () => {
    const challenges = readChallenges([
      ['WWW-Authenticate', 'Basic realm="a"'],
      ['WWW-Authenticate', 'Digest realm="a", nonce="1", algorithm=MD5'],
      ['WWW-Authenticate', 'Digest realm="a", nonce="2"'],
      ['WWW-Authenticate', 'Digest realm="a", nonce="3", qop="auth", algorithm=MD5-sess'],
      ['WWW-Authenticate', 'Digest realm="a", nonce="4", algorithm=SHA-256'],
      ['WWW-Authenticate', 'Digest realm="b", nonce="5", algorithm=SHA-256'],
    ]);
    const asked: string[] = [];
    const answers = ({ nonce = '', realm }: Challenge): Credentials | undefined => {
      asked.push(nonce);
      return realm === 'a' ? bob : undefined;
    };
    const rows = authorize(register, challenges, answers, { token, refuseMd5: true });
    expect(rows.map((row) => paramsOf(row).get('nonce'))).toEqual(['4']);
    expect(asked).toEqual(['4', '5']);
  });

  it('takes a count and other hash functions', () => {
    const row = answer('Digest realm="biloxi.com", nonce="n", qop="auth"', bob, { count: 0xabc, hash: nodeHashes });
    expect(row[1]).toContain('nc=00000abc');
    expect(paramsOf(row).get('response')).toBe(expectedResponse(row, register, expected));
  });
});

describe('authorize, where other stacks fail', () => {
  it('labels no MD5 value as sha-256', () => {
    const row = answer('Digest realm="biloxi.com", nonce="n", qop="auth", algorithm=sha-256');
    expect(paramsOf(row).get('response')).toMatch(/^[0-9a-f]{64}$/);
    expect(row[1]).toContain('algorithm=sha-256');
  });

  it('keeps a realm with a comma whole', () => {
    const row = answer('Digest realm="Foo, Inc", nonce="n", qop="auth"');
    expect(paramsOf(row).get('realm')).toBe('Foo, Inc');
    expect(paramsOf(row).get('response')).toBe(expectedResponse(row, register, { ...expected, realm: 'Foo, Inc' }));
  });

  it('answers DIGEST in capitals', () => {
    expect(answer('DIGEST realm="biloxi.com", nonce="n"')[1]).toMatch(/^Digest /);
  });

  it('mixes no realm of one challenge with the nonce of another', () => {
    const challenges = readChallenges([
      ['WWW-Authenticate', 'Digest realm="one", nonce="1"'],
      ['WWW-Authenticate', 'Digest realm="two", nonce="2"'],
    ]);
    const rows = authorize(register, challenges, () => bob, { token });
    expect(rows.map((row) => `${paramsOf(row).get('realm')} ${paramsOf(row).get('nonce')}`)).toEqual([
      'one 1',
      'two 2',
    ]);
  });

  it('has a cnonce that is the token of this call, no constant', () => {
    const asked = 'Digest realm="biloxi.com", nonce="n", qop="auth"';
    expect(paramsOf(answer(asked, bob, { token: 'a1b2c3d4e5f6g7h8' })).get('cnonce')).toBe('a1b2c3d4e5f6g7h8');
    expect(paramsOf(answer(asked)).get('cnonce')).toBe(token);
  });

  it('counts in hexadecimal, eight digits, in lower case', () => {
    expect(answer('Digest realm="r", nonce="n", qop="auth"', bob, { count: 10 })[1]).toContain('nc=0000000a');
    expect(answer('Digest realm="r", nonce="n", qop="auth"', bob, { count: 31 })[1]).toContain('nc=0000001f');
  });

  it("changes nothing of the caller's request and challenges", () => {
    const request = structuredClone(register);
    const asked = challenge('Digest realm="r", nonce="n", qop="auth"');
    const before = structuredClone(asked);
    answer(asked, bob, {}, request);
    expect(request).toEqual(register);
    expect(asked).toEqual(before);
  });

  it('lets no server write header fields into the request through what is echoed', () => {
    for (const parameter of [
      'realm="r\rX: y", nonce="n"',
      'realm="r", nonce="n\nX: y"',
      'realm="r", nonce="n", opaque="o\rX: y"',
    ]) {
      expect(authorize(register, [challenge(`Digest ${parameter}`)], () => bob, { token })).toEqual([]);
    }
  });
});
