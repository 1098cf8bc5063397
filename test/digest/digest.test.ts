// The digest computation against every published vector that is right, and against an independent one.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  digestResponse,
  ha1Of,
  rspauth,
  userhashOf,
  type DigestKey,
  type DigestQuestion,
} from '../../src/digest/digest.js';
import { nobleHashes as hash } from '../../src/digest/hash.js';
import { secret } from '../../src/digest/secret.js';
import { nodeHashes } from './server.js';

const vector = (changes: Partial<DigestQuestion>): DigestQuestion => ({
  hash,
  algorithm: 'MD5',
  nonce: 'dcd98b7102dd2f0e8b11d0f600bfb0c093',
  cnonce: '0a4f113b',
  nc: '00000001',
  qop: 'auth',
  method: 'INVITE',
  uri: 'sip:bob@biloxi.com',
  body: '',
  ...changes,
});
const who = (username: string, realm: string, password: string): DigestKey => ({
  username,
  realm,
  password: secret(password),
});
const bob = who('bob', 'biloxi.com', 'zanzibar');

const offer = [
  'v=0',
  'o=bob 2890844526 2890844526 IN IP4 media.biloxi.com',
  's=-',
  'c=IN IP4 media.biloxi.com',
  't=0 0',
  'm=audio 49170 RTP/AVP 0',
  'a=rtpmap:0 PCMU/8000',
  'm=video 51372 RTP/AVP 31',
  'a=rtpmap:31 H261/90000',
  'm=video 53000 RTP/AVP 32',
  'a=rtpmap:32 MPV/90000',
  '',
].join('\r\n');

describe('digestResponse', () => {
  it('computes the example of RFC 2617 §3.5', () => {
    const mufasa = who('Mufasa', 'testrealm@host.com', 'Circle Of Life');
    expect(digestResponse({ ...vector({ method: 'GET', uri: '/dir/index.html' }), ...mufasa })).toBe(
      '6629fae49393a05397450978507c4ef1',
    );
  });

  it('computes RFC 2069 §2.4 without qop as erratum 749 corrects it', () => {
    const question = vector({
      qop: undefined,
      cnonce: undefined,
      nc: undefined,
      method: 'GET',
      uri: '/dir/index.html',
    });
    const mufasa = who('Mufasa', 'testrealm@host.com', 'CircleOfLife');
    expect(digestResponse({ ...question, ...mufasa })).toBe('1949323746fe6a43ef61f9606e7febea');
  });

  it.each([
    ['MD5', '8ca523f5e9506fed4657c9700eebdbec'],
    ['SHA-256', '753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1'],
  ] as const)('computes the example of RFC 7616 §3.9.1 with %s', (algorithm, expected) => {
    const question = vector({
      algorithm,
      nonce: '7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v',
      cnonce: 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ',
      method: 'GET',
      uri: '/dir/index.html',
    });
    expect(digestResponse({ ...question, ...who('Mufasa', 'http-auth@example.org', 'Circle of Life') })).toBe(expected);
  });

  it('computes RFC 7616 §3.9.2 with the real SHA-512/256 (erratum 4897)', () => {
    const question = vector({
      algorithm: 'SHA-512-256',
      nonce: '5TsQWLVdgBdmrQ0XsxbDODV+57QdFR34I9HAbC/RVvkK',
      cnonce: 'NTg6RKcb9boFIAS3KrFK9BGeh+iDa/sm6jUMp2wds69v',
      method: 'GET',
      uri: '/doe.json',
    });
    const doe = { username: 'Jäsøn Doe', realm: 'api@example.org', password: secret('Secret, or not?') };
    expect(digestResponse({ ...question, ...doe })).toBe(
      '3798d4131c277846293534c3edc11bd8a5e4cdcbff78b05db9d95eeb1cec68a5',
    );
    expect(userhashOf({ hash, algorithm: 'SHA-512-256', ...doe })).toBe(
      '793263caabb707a56211940d90411ea4a575adeccb7e360aeb624ed06ece9b0b',
    );
  });

  it.each([
    [
      'INVITE',
      'sip:97226491335@example.com',
      '3bada1a0',
      '756933f735fcd93f90a4bbdd5467f263',
      'f847de948d12285f8f4199e366f1af21',
    ],
    ['GET', '/index.html', 'a3086ac8', 'a4fac45c27a30f4f244c54a2e99fa117', '08c4e942d1d0a191de8b3aa98cd35147'],
  ])('computes response and rspauth of the %s of RFC 5090 §6', (method, uri, nonce, response, proof) => {
    const question = {
      ...vector({ method, uri, nonce, cnonce: '56593a80' }),
      ...who('12345678', 'example.com', 'secret'),
    };
    expect(digestResponse(question)).toBe(response);
    expect(rspauth(question)).toBe(proof);
  });

  it.each([
    ['no qop', 'MD5', undefined, 'bf57e4e0d0bffc0fbaedce64d59add5e'],
    ['auth', 'MD5', 'auth', '89eb0059246c02b2f6ee02c7961d5ea3'],
    ['auth with MD5-sess', 'MD5-sess', 'auth', 'e4e4ea61d186d07a92c9e1f6919902e9'],
    ['auth-int', 'MD5', 'auth-int', 'bdbeebb2da6adb6bca02599c2239e192'],
    ['auth-int with MD5-sess', 'MD5-sess', 'auth-int', '91984da2d8663716e91554859c22ca70'],
  ] as const)('computes the INVITE of draft-smith-sipping-auth-examples-01: %s', (_, algorithm, qop, expected) => {
    expect(hash.md5(offer)).toBe('c1ed018b8ec4a3b170c0921f5b564e48');
    expect(digestResponse({ ...vector({ algorithm, qop, body: offer }), ...bob })).toBe(expected);
  });

  it.each([
    ['MD5', undefined, 'bf57e4e0d0bffc0fbaedce64d59add5e'],
    ['MD5', 'auth', '89eb0059246c02b2f6ee02c7961d5ea3'],
    ['MD5', 'auth-int', '77226bb823dc077c1ad3537415667bae'],
    ['MD5-sess', 'auth', 'e4e4ea61d186d07a92c9e1f6919902e9'],
    ['MD5-sess', 'auth-int', '8527c9ab1b4eed3fd75491f811944e26'],
    ['SHA-256', undefined, '38aad98c50c33abe72c5f88dd17246ffcfa6b1f68852c855719ff0659386c0ca'],
    ['SHA-256', 'auth', 'b3b5a6c69453abafaab9ae4dccdac90a076b6c80615d5f3498e7433b6e93bf4f'],
    ['SHA-256', 'auth-int', '554a9ffe79ce71c3cb6c9630deddd2787d8033f895e5cdef6a73c8e84ed4c979'],
    ['SHA-256-sess', 'auth', '5da59c9ca40954be9d5063a15a174066c8251be2c10cf47c144c366dc7daf792'],
    ['SHA-256-sess', 'auth-int', '0b4a1efc19e1b701ec5775b6b16dde0fc416102e34a6c5bd6f957b20b5d79170'],
    ['SHA-512-256', undefined, '9e960b3a01beb63f1ea5d45d43bd8a2178879d3c9ddbbdb0624187ca823c6eca'],
    ['SHA-512-256', 'auth', '7f1a09de0f19af0a1eac2b28d33e3f2fb89cca1ad8fb01bba5e1883b288bac14'],
    ['SHA-512-256', 'auth-int', 'e9a7fbc1c80a10421c59a0c982f28d40e0ddc7b62ef3dc4faf68f179c6e05922'],
    ['SHA-512-256-sess', 'auth', '077d9677be83f41f162d1a4453dc163389919f81e5927391d972f477da767633'],
    ['SHA-512-256-sess', 'auth-int', '0220683d8c9faccc1d05bd2ef0e7ccdff87eacd5f06fb6bfd9cd7d3acf66a00b'],
  ] as const)('computes %s with qop %s as node:crypto does', (algorithm, qop, expected) => {
    expect(digestResponse({ ...vector({ algorithm, qop, body: 'v=0\r\n' }), ...bob })).toBe(expected);
  });

  it('takes the same HA1 in place of user name, realm and password', () => {
    const ha1 = ha1Of({
      hash,
      algorithm: 'SHA-256-sess',
      username: 'bob',
      realm: 'biloxi.com',
      password: secret('zanzibar'),
    });
    const question = vector({ algorithm: 'SHA-256-sess' });
    expect(digestResponse({ ...question, ha1 })).toBe(digestResponse({ ...question, ...bob }));
  });

  it('hashes realm and nonce without the backslashes that quote: unq() of RFC 7616 §3.3', () => {
    const plain = digestResponse({ ...vector({ nonce: 'n"1' }), ...who('bob', 'the "realm"', 'zanzibar') });
    expect(digestResponse({ ...vector({ nonce: 'n\\"1' }), ...who('bob', 'the \\"realm\\"', 'zanzibar') })).toBe(plain);
  });

  it('binds a -sess key to the first nonces of the challenge (RFC 7616 §3.4.2)', () => {
    const first = { nonce: 'first', cnonce: 'c1' };
    const ha1 = hash.md5('bob:biloxi.com:zanzibar');
    const key = hash.md5(`${ha1}:first:c1`);
    const expected = digestResponse({ ...vector({ nonce: 'second', cnonce: 'c2' }), ha1: key });
    expect(
      digestResponse({ ...vector({ algorithm: 'MD5-sess', session: first, nonce: 'second', cnonce: 'c2' }), ha1 }),
    ).toBe(expected);
  });

  it('counts from 00000001 and hashes an absent cnonce as an empty one', () => {
    const written = digestResponse({ ...vector({ cnonce: '' }), ...bob });
    expect(digestResponse({ ...vector({ cnonce: undefined, nc: undefined }), ...bob })).toBe(written);
    const session = digestResponse({ ...vector({ algorithm: 'MD5-sess', cnonce: '' }), ...bob });
    expect(digestResponse({ ...vector({ algorithm: 'MD5-sess', cnonce: undefined }), ...bob })).toBe(session);
  });

  it('depends on every part: method, URI, nonce, count, cnonce, and with auth-int the body', () => {
    const parts = ['method', 'uri', 'nonce', 'nc', 'cnonce'] as const;
    fc.assert(
      fc.property(fc.constantFrom(...parts), fc.stringMatching(/^[a-z]{1,9}$/), (part, text) => {
        const question = { ...vector({}), ...bob };
        expect(digestResponse({ ...question, [part]: text })).not.toBe(digestResponse(question));
      }),
      { numRuns: 30 },
    );
    expect(digestResponse({ ...vector({ body: 'b' }), ...bob })).toBe(digestResponse({ ...vector({}), ...bob }));
    expect(digestResponse({ ...vector({ qop: 'auth-int', body: 'b' }), ...bob })).not.toBe(
      digestResponse({ ...vector({ qop: 'auth-int' }), ...bob }),
    );
  });

  it('gives the same with the functions of node:crypto', () => {
    expect(digestResponse({ ...vector({ hash: nodeHashes }), ...bob })).toBe(digestResponse({ ...vector({}), ...bob }));
  });
});
