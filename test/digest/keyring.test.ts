// The keyring: credentials, nonce counts, what servers say afterwards, and no secret anywhere.
import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { readCredentials, type Credentials } from '../../src/digest/credentials.js';
import { Keyring } from '../../src/digest/keyring.js';
import { secret } from '../../src/digest/secret.js';
import type { Challenge } from '../../src/sip/challenge.js';
import type { Header, SipRequest } from '../../src/sip/message.js';
import { challenge, expectedResponse, nodeHashes, ok, paramsOf, register } from './server.js';

const bob: Credentials = { username: 'bob', password: secret('zanzibar') };
const expected = { username: 'bob', realm: 'biloxi.com', password: 'zanzibar' };
const asked = (nonce: string, more = 'qop="auth"'): Challenge =>
  challenge(`Digest realm="biloxi.com", nonce="${nonce}", ${more}`);

function sender(keyring: Keyring, credentials = bob): (one: Challenge, request?: SipRequest) => Header {
  let tokens = 0;
  return (one, request = register) => {
    const [row] = keyring.authorize(request, [one], () => credentials, `token${(tokens += 1)}`);
    if (row === undefined) throw new Error('no answer');
    return row;
  };
}
const counted = (row: Header): string =>
  `${paramsOf(row).get('nonce')} ${paramsOf(row).get('nc')} ${paramsOf(row).get('cnonce')}`;
const withRow = (row: Header, request = register): SipRequest => ({ ...request, headers: [...request.headers, row] });

describe('Keyring.find', () => {
  it('chooses by realm, without its escapes', () => {
    const quoted = readCredentials({ username: 'q', realm: 'a "b"', password: 'p' });
    const keyring = new Keyring({ credentials: [bob, quoted] });
    expect(keyring.find(challenge('Digest realm="a \\"b\\"", nonce="n"'))).toMatchObject({ username: 'q' });
    expect(keyring.find(asked('n'))).toMatchObject({ username: 'bob' });
    expect(new Keyring().find(asked('n'))).toBeUndefined();
  });

  it('chooses the HA1 that was made for the algorithm of the challenge', () => {
    const md5 = readCredentials({ username: 'md5', realm: 'biloxi.com', ha1: '0'.repeat(32) });
    const sha256 = readCredentials({ username: 'sha256', realm: 'biloxi.com', ha1: '0'.repeat(64) });
    const keyring = new Keyring({ credentials: [md5, sha256] });
    expect(keyring.find(asked('n'))).toMatchObject({ username: 'md5' });
    expect(keyring.find(asked('n', 'algorithm=SHA-256'))).toMatchObject({ username: 'sha256' });
    expect(keyring.find(asked('n', 'algorithm=SHA-512-256'))).toBeUndefined();
  });

  it('asks a provider, now or later, and only about challenges that may be answered', async () => {
    const provider = vi.fn((one: Challenge) =>
      one.nonce === 'later' ? Promise.resolve(bob) : one.nonce === 'now' ? bob : undefined,
    );
    const keyring = new Keyring({ credentials: provider, refuseMd5: true });
    expect(keyring.find(asked('now', 'algorithm=SHA-256'))).toEqual(bob);
    expect(keyring.find(asked('none', 'algorithm=SHA-256'))).toBeUndefined();
    await expect(keyring.find(asked('later', 'algorithm=SHA-256'))).resolves.toEqual(bob);
    expect(provider).toHaveBeenCalledTimes(3);
    expect(keyring.find(asked('md5'))).toBeUndefined();
    expect(keyring.find(challenge('Basic realm="biloxi.com"'))).toBeUndefined();
    expect(provider).toHaveBeenCalledTimes(3);
    expect([keyring.permits(asked('n')), keyring.permits(asked('n', 'algorithm=SHA-256'))]).toEqual([false, true]);
  });

  it('refuses what are no credentials, from a list and from a provider', async () => {
    expect(() => new Keyring({ credentials: [{ username: '' }] })).toThrow(
      expect.objectContaining({ code: 'badCredentials' }),
    );
    const wrong = new Keyring({ credentials: () => ({ username: 'a' }) });
    expect(() => wrong.find(asked('n'))).toThrow(expect.objectContaining({ code: 'badCredentials' }));
    const nullOfJson: never = JSON.parse('null') as never;
    const nothing = new Keyring({ credentials: () => nullOfJson });
    expect(() => nothing.find(asked('n'))).toThrow(expect.objectContaining({ code: 'badCredentials' }));
    const later = new Keyring({ credentials: () => Promise.resolve({ username: 'a' }) });
    await expect(later.find(asked('n'))).rejects.toThrow(expect.objectContaining({ code: 'badCredentials' }));
    const cancelled = new Keyring({ credentials: () => Promise.resolve(undefined) });
    await expect(cancelled.find(asked('n'))).resolves.toBeUndefined();
  });
});

describe('Keyring.authorize', () => {
  it('is accepted by a server, request after request, with another method and body', () => {
    const send = sender(new Keyring());
    const message: SipRequest = { ...register, method: 'MESSAGE', body: 'hello' };
    for (const request of [register, message, register]) {
      const row = send(asked('n1', 'qop="auth-int", algorithm=SHA-256'), request);
      expect(paramsOf(row).get('response')).toBe(expectedResponse(row, request, expected));
    }
  });

  it('counts the requests sent with a nonce, with one cnonce, and starts again for a new nonce', () => {
    const send = sender(new Keyring());
    expect(['n1', 'n1', 'n2', 'n1', 'n2'].map((nonce) => counted(send(asked(nonce))))).toEqual([
      'n1 00000001 token1',
      'n1 00000002 token1',
      'n2 00000001 token3',
      'n1 00000003 token1',
      'n2 00000002 token3',
    ]);
  });

  it('counts the ninth nonce from 1 as well, whether or not it was called stale', () => {
    const send = sender(new Keyring());
    for (let nonce = 0; nonce < 20; nonce += 1) expect(counted(send(asked(`n${nonce}`)))).toContain('00000001');
  });

  it('counts hexadecimally, never twice the same and never lower, for any order of nonces and requests', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(7), { maxLength: 80 }), (nonces) => {
        const send = sender(new Keyring());
        const last = new Map<number, string>();
        for (const nonce of nonces) {
          const nc = paramsOf(send(asked(`n${nonce}`))).get('nc') ?? '';
          expect(nc).toMatch(/^[0-9a-f]{8}$/);
          expect(parseInt(nc, 16)).toBe(parseInt(last.get(nonce) ?? '0', 16) + 1);
          last.set(nonce, nc);
        }
      }),
      { numRuns: 50 },
    );
  });

  it('counts kinds and realms apart', () => {
    const send = sender(new Keyring());
    const proxy = challenge('Digest realm="biloxi.com", nonce="n1", qop="auth"', 'Proxy-Authenticate');
    const other = challenge('Digest realm="atlanta.com", nonce="n1", qop="auth"');
    for (const one of [asked('n1'), proxy, other]) expect(paramsOf(send(one)).get('nc')).toBe('00000001');
    expect(send(proxy)[0]).toBe('Proxy-Authorization');
  });

  it('writes one row for each challenge: two forked proxies of one realm have each their nonce and count', () => {
    const keyring = new Keyring();
    const rows = keyring.authorize(register, [asked('a'), asked('b')], () => bob, 'token');
    expect(rows.map(counted)).toEqual(['a 00000001 token', 'b 00000001 token']);
  });

  it('binds a -sess key to the first nonces of the challenge', () => {
    const send = sender(new Keyring());
    const one = asked('n1', 'qop="auth", algorithm=MD5-sess');
    send(one);
    const row = send(one);
    expect(counted(row)).toBe('n1 00000002 token1');
    expect(paramsOf(row).get('response')).toBe(
      expectedResponse(row, register, { ...expected, session: ['n1', 'token1'] }),
    );
  });

  it('hashes the password once, and method and URI once for as long as they stay: later requests cost one hash each', () => {
    const md5 = vi.fn(nodeHashes.md5);
    const send = sender(new Keyring({ hash: { ...nodeHashes, md5 } }));
    send(asked('n1'));
    expect(md5).toHaveBeenCalledTimes(3);
    send(asked('n1'));
    send(asked('n2'));
    expect(md5).toHaveBeenCalledTimes(5);
  });

  it('hashes method and URI anew for another request, and for another hash function', () => {
    const keyring = new Keyring();
    for (const request of [
      register,
      { ...register, uri: 'sip:other.example.com' },
      { ...register, method: 'OPTIONS' },
    ]) {
      for (const algorithm of ['MD5', 'SHA-256']) {
        const [row] = keyring.authorize(request, [asked('n1', `qop="auth", algorithm=${algorithm}`)], () => bob, 't');
        if (row === undefined) throw new Error('The challenge was not answered.');
        expect(paramsOf(row).get('response')).toBe(expectedResponse(row, request, expected));
      }
    }
  });

  it.each<[string, Credentials, string]>([
    ['another password', { username: 'bob', password: secret('new') }, 'qop="auth"'],
    ['another user name', { username: 'alice', password: secret('zanzibar') }, 'qop="auth"'],
    ['another algorithm', bob, 'qop="auth", algorithm=SHA-256'],
    ['a hashed user name', bob, 'qop="auth", userhash=true'],
    ['a charset', bob, 'qop="auth", charset=UTF-8'],
  ])('hashes anew for %s', (_, credentials, more) => {
    const keyring = new Keyring();
    sender(keyring)(asked('n1'));
    const row = sender(keyring, credentials)(asked('n1', more));
    const who = { ...expected, username: credentials.username, password: credentials.password?.reveal() ?? '' };
    expect(paramsOf(row).get('response')).toBe(expectedResponse(row, register, who));
  });

  it('answers with a changed HA1 at once', () => {
    const keyring = new Keyring();
    for (const password of ['old', 'new']) {
      const ha1 = secret(nodeHashes.md5(`bob:biloxi.com:${password}`));
      const row = sender(keyring, { username: 'bob', ha1 })(asked('n1'));
      expect(paramsOf(row).get('response')).toBe(expectedResponse(row, register, { ...expected, password }));
    }
  });

  it('leaves out challenges that cannot be answered, and counts nothing for them', () => {
    const keyring = new Keyring({ refuseMd5: true });
    const md5Only: Credentials = { username: 'bob', ha1: secret('0'.repeat(32)) };
    const strong = asked('n', 'qop="auth", algorithm=SHA-256');
    expect(keyring.authorize(register, [asked('n'), challenge('Basic realm="r"')], () => bob, 'token')).toEqual([]);
    expect(keyring.authorize(register, [strong], () => md5Only, 'token')).toEqual([]);
    expect(keyring.authorize(register, [strong], () => undefined, 'token')).toEqual([]);
    expect(counted(sender(keyring)(strong))).toBe('n 00000001 token1');
  });

  it("changes nothing of the caller's request", () => {
    const request = structuredClone(register);
    sender(new Keyring())(asked('n'), request);
    expect(request).toEqual(register);
  });

  it('remembers eight nonces of a realm and 64 realms: a server cannot make it grow', () => {
    const keyring = new Keyring();
    const send = sender(keyring);
    for (let nonce = 0; nonce < 9; nonce += 1) send(asked(`n${nonce}`));
    expect(paramsOf(send(asked('n1'))).get('nc')).toBe('00000002');
    expect(paramsOf(send(asked('n0'))).get('nc')).toBe('00000001');
    for (let realm = 0; realm < 63; realm += 1) send(challenge(`Digest realm="r${realm}", nonce="n", qop="auth"`));
    expect(paramsOf(send(asked('n1'))).get('nc')).toBe('00000003');
    for (let realm = 0; realm < 64; realm += 1) send(challenge(`Digest realm="s${realm}", nonce="n", qop="auth"`));
    expect(paramsOf(send(asked('n1'))).get('nc')).toBe('00000001');
  });
});

describe('Keyring, what was said of credentials', () => {
  it('remembers a rejection until the password changes (RFC 3261 §22.1)', () => {
    const keyring = new Keyring();
    const use = keyring.useOf(asked('n1'), bob);
    expect(keyring.isRejected(use)).toBe(false);
    keyring.noteRejected(use);
    const again = keyring.useOf(asked('n2'), { username: 'bob', password: secret('zanzibar') });
    expect(keyring.isRejected(again)).toBe(true);
    expect(keyring.isRejected(keyring.useOf(asked('n2'), { username: 'bob', password: secret('new') }))).toBe(false);
    expect(keyring.isRejected(keyring.useOf(asked('n2'), { username: 'alice', password: secret('zanzibar') }))).toBe(
      false,
    );
    const elsewhere = challenge('Digest realm="biloxi.com", nonce="n"', 'Proxy-Authenticate');
    expect(keyring.isRejected(keyring.useOf(elsewhere, bob))).toBe(false);
  });

  it('sees a changed HA1 as changed credentials', () => {
    const keyring = new Keyring();
    const versions = ['0', '1', '0'].map(
      (digit) => keyring.useOf(asked('n'), { username: 'bob', ha1: secret(digit.repeat(32)) }).version,
    );
    expect(versions[0]).toBe(versions[2]);
    expect(versions[0]).not.toBe(versions[1]);
  });

  it('is not deceived by a realm written with other escapes', () => {
    const keyring = new Keyring();
    keyring.noteRejected(keyring.useOf(asked('n'), bob));
    expect(keyring.isRejected(keyring.useOf(challenge('Digest realm="bi\\loxi.com", nonce="m"'), bob))).toBe(true);
  });

  it('lets the latest verdict count', () => {
    const keyring = new Keyring();
    const use = keyring.useOf(asked('n'), bob);
    expect(keyring.isAccepted(use)).toBe(false);
    keyring.noteAccepted(use);
    expect([keyring.isAccepted(use), keyring.isRejected(use)]).toEqual([true, false]);
    keyring.noteRejected(use);
    expect([keyring.isAccepted(use), keyring.isRejected(use)]).toEqual([false, true]);
  });

  it('gives uses that are plain JSON without a secret', () => {
    const use = new Keyring().useOf(challenge('Basic nonce="n"'), bob);
    expect(JSON.parse(JSON.stringify(use))).toEqual({ kind: 'user', realm: '', username: 'bob', version: 1 });
  });
});

describe('Keyring, what a decision wants to know', () => {
  const none = { acceptedRealms: [], rejectedRealms: [] };
  const here = { kind: 'user', realm: 'biloxi.com' };

  it('tells of credentials the realm, the hash function of a lone HA1, and of a provider nothing', () => {
    const hashed = { realm: 'a', username: 'bob', ha1: secret('0'.repeat(64)) };
    const keyring = new Keyring({ credentials: [{ ...bob, realm: 'biloxi.com' }, bob, hashed] });
    expect(keyring.knownCredentials()).toEqual([{ realm: 'biloxi.com' }, {}, { realm: 'a', hash: 'SHA-256' }]);
    expect(new Keyring().knownCredentials()).toEqual([]);
    expect(new Keyring({ credentials: () => bob }).knownCredentials()).toBeUndefined();
  });

  it('tells which challenges would be answered with credentials tried before', () => {
    const keyring = new Keyring({ credentials: [bob] });
    expect(keyring.verdictsOn([asked('n'), challenge('Basic realm="b"'), challenge('Digest nonce="n"')])).toEqual(none);
    keyring.noteAccepted(keyring.useOf(asked('n'), bob));
    expect(keyring.verdictsOn([asked('m')])).toEqual({ ...none, acceptedRealms: [here] });
    keyring.noteRejected(keyring.useOf(asked('n'), bob));
    expect(keyring.verdictsOn([asked('m')])).toEqual({ ...none, rejectedRealms: [here] });
  });

  it('asks a provider again after a rejection: it may know a new password', () => {
    const keyring = new Keyring({ credentials: () => bob });
    const use = keyring.useOf(asked('n'), bob);
    keyring.noteAccepted(use);
    expect(keyring.verdictsOn([asked('n'), challenge('Digest nonce="n"')])).toEqual(none);
    sender(keyring)(asked('n'));
    expect(keyring.verdictsOn([asked('m')])).toEqual({ ...none, acceptedRealms: [here] });
    keyring.noteRejected(use);
    expect(keyring.verdictsOn([asked('m')])).toEqual(none);
    expect(keyring.isRejected(keyring.useOf(asked('m'), bob))).toBe(true);
  });
});

describe('Keyring.noteAuthenticationInfo', () => {
  const info = (value: string): readonly Header[] => [['Authentication-Info', value]];
  const proofOf = (row: Header, password = 'zanzibar', body = '', request = register): string => {
    const hash = nodeHashes.md5;
    const p = (name: string): string => paramsOf(row).get(name) ?? '';
    const end = p('qop') === 'auth-int' ? `:${hash(body)}` : '';
    const key = hash(`bob:biloxi.com:${password}`);
    return hash(`${key}:${p('nonce')}:${p('nc')}:${p('cnonce')}:${p('qop')}:${hash(`:${request.uri}${end}`)}`);
  };

  it('uses a nextnonce from the next request on, counted from 1 (RFC 7616 §3.5)', () => {
    const keyring = new Keyring();
    const send = sender(keyring);
    const first = send(asked('n1'));
    expect(keyring.noteAuthenticationInfo(ok(info('nextnonce="n2"')), withRow(first))).toBe('none');
    const second = send(asked('n1'));
    expect(counted(second)).toBe('n2 00000001 token2');
    expect(paramsOf(second).get('response')).toBe(expectedResponse(second, register, expected));
    expect(counted(send(asked('n1')))).toBe('n2 00000002 token2');
    keyring.noteAuthenticationInfo(ok(info('nextnonce="n3"')), withRow(second));
    expect(counted(send(asked('n1')))).toBe('n3 00000001 token4');
    expect(counted(send(asked('n2')))).toBe('n3 00000002 token4');
    expect(counted(send(asked('n4')))).toBe('n4 00000001 token6');
  });

  it('goes on counting when a server names a nonce again', () => {
    const keyring = new Keyring();
    const send = sender(keyring);
    const first = send(asked('n1'));
    keyring.noteAuthenticationInfo(ok(info('nextnonce="n1"')), withRow(first));
    expect(counted(send(asked('n1')))).toBe('n1 00000002 token1');
    keyring.noteAuthenticationInfo(ok(info('nextnonce="n2"')), withRow(first));
    const second = send(asked('n1'));
    keyring.noteAuthenticationInfo(ok(info('nextnonce="n1"')), withRow(second));
    expect(counted(send(asked('n1')))).toBe('n1 00000003 token1');
  });

  it('keeps the -sess key of the challenge for a nextnonce (RFC 7616 §3.4.2)', () => {
    const keyring = new Keyring();
    const send = sender(keyring);
    const one = asked('n1', 'qop="auth", algorithm=MD5-sess');
    keyring.noteAuthenticationInfo(ok(info('nextnonce="n2"')), withRow(send(one)));
    const row = send(one);
    expect(counted(row)).toBe('n2 00000001 token2');
    expect(paramsOf(row).get('response')).toBe(
      expectedResponse(row, register, { ...expected, session: ['n1', 'token1'] }),
    );
  });

  it('believes a server that proves to know the password', () => {
    const keyring = new Keyring();
    const row = sender(keyring)(asked('n1', 'qop="auth-int"'));
    const value = `qop=auth-int, rspauth="${proofOf(row, 'zanzibar', 'body').toUpperCase()}", cnonce="token1", nc="00000001"`;
    expect(keyring.noteAuthenticationInfo(ok(info(value), 'body'), withRow(row))).toBe('verified');
  });

  it('believes nothing of a server whose proof is wrong', () => {
    const keyring = new Keyring();
    const send = sender(keyring);
    const row = send(asked('n1'));
    const value = `nextnonce="evil", rspauth="${proofOf(row, 'guess')}"`;
    expect(keyring.noteAuthenticationInfo(ok(info(value)), withRow(row))).toBe('wrong');
    expect(counted(send(asked('n1')))).toBe('n1 00000002 token1');
  });

  it('believes no proof for a cnonce that is not ours, and needs none for silence', () => {
    const keyring = new Keyring();
    const row = sender(keyring)(asked('n1'));
    const foreign = `rspauth="${proofOf(row)}", cnonce="xyz"`;
    expect(keyring.noteAuthenticationInfo(ok(info(foreign)), withRow(row))).toBe('wrong');
    expect(keyring.noteAuthenticationInfo(ok(info('nextnonce="n2", cnonce="xyz"')), withRow(row))).toBe('none');
  });

  it('finds the proof of an earlier request when answers overtake each other', () => {
    const keyring = new Keyring();
    const send = sender(keyring);
    const [first, second] = [send(asked('n1')), send(asked('n1'))];
    for (const row of [second, first]) {
      expect(keyring.noteAuthenticationInfo(ok(info(`nextnonce="n2", rspauth="${proofOf(row)}"`)), withRow(row))).toBe(
        'verified',
      );
    }
  });

  it('pairs by cnonce where a request carried several, and by kind', () => {
    const keyring = new Keyring();
    const send = sender(keyring);
    const other = send(challenge('Digest realm="other", nonce="o", qop="auth"'));
    const row = send(asked('n1'));
    const request = { ...register, headers: [other, row] };
    const value = `rspauth="${proofOf(row)}", cnonce="token2"`;
    expect(keyring.noteAuthenticationInfo(ok(info(value)), request)).toBe('verified');
    const proxied: readonly Header[] = [...info(value), ['Proxy-Authentication-Info', 'rspauth="00"']];
    expect(keyring.noteAuthenticationInfo(ok(proxied), request)).toBe('wrong');
    const proxy = send(challenge('Digest realm="biloxi.com", nonce="p", qop="auth"', 'Proxy-Authenticate'));
    const both: readonly Header[] = [
      ['Authentication-Info', 'qop=auth'],
      ['Proxy-Authentication-Info', `rspauth="${proofOf(proxy)}"`],
    ];
    expect(keyring.noteAuthenticationInfo(ok(both), { ...register, headers: [row, proxy] })).toBe('verified');
  });

  it('checks the proof for a challenge without qop too', () => {
    const keyring = new Keyring();
    const row = sender(keyring)(asked('n1', 'algorithm=MD5'));
    const { md5 } = nodeHashes;
    const proof = md5(`${md5('bob:biloxi.com:zanzibar')}:n1:${md5(':sip:example.com')}`);
    expect(keyring.noteAuthenticationInfo(ok(info(`rspauth="${proof}"`)), withRow(row))).toBe('verified');
  });

  it('ignores it outside of 2xx (RFC 3261 §20, Table 2), without credentials of ours, and for nonces forgotten', () => {
    const keyring = new Keyring();
    const send = sender(keyring);
    const row = send(asked('n1'));
    for (const status of [199, 300, 401]) {
      expect(
        keyring.noteAuthenticationInfo({ ...ok(info('nextnonce="n2", rspauth="00"')), status }, withRow(row)),
      ).toBe('none');
    }
    expect(keyring.noteAuthenticationInfo(ok([]), withRow(row))).toBe('none');
    expect(new Keyring().noteAuthenticationInfo(ok(info('nextnonce="n2", rspauth="00"')), withRow(row))).toBe('none');
    const strange = withRow(['Authorization', 'Digest cnonce="token1"']);
    expect(keyring.noteAuthenticationInfo(ok(info('nextnonce="n2"')), strange)).toBe('none');
    expect(keyring.noteAuthenticationInfo(ok(info('nextnonce=""')), withRow(row))).toBe('none');
    expect(counted(send(asked('n1')))).toBe('n1 00000002 token1');
  });

  it('takes no nextnonce that would write header fields into the next request', () => {
    const keyring = new Keyring();
    const send = sender(keyring);
    for (const evil of ['n2\rVia: x', 'n2\nVia: x', 'n2\0']) {
      keyring.noteAuthenticationInfo(ok(info(`nextnonce="${evil}"`)), withRow(send(asked('n1'))));
    }
    expect(counted(send(asked('n1')))).toBe('n1 00000004 token1');
  });

  it('stays small whatever a server names', () => {
    const keyring = new Keyring();
    const send = sender(keyring);
    for (let round = 0; round < 100; round += 1) {
      const row = send(asked('n'));
      expect(paramsOf(row).get('nc')).toBe('00000001');
      keyring.noteAuthenticationInfo(ok(info(`nextnonce="next${round}"`)), withRow(row));
    }
    expect(paramsOf(send(asked('n'))).get('nonce')).toBe('next99');
  });
});

describe('Keyring, secrets', () => {
  it('shows neither password nor HA1 in JSON, inspection, copies, rows or errors', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Z]{12,20}$/), (password) => {
        const keyring = new Keyring({ credentials: [{ username: 'bob', password: secret(password) }] });
        const credentials = keyring.find(asked('n1'));
        if (credentials === undefined || 'then' in credentials) throw new Error('not found');
        const row = sender(keyring, credentials)(asked('n1'));
        keyring.noteRejected(keyring.useOf(asked('n1'), credentials));
        const shown = [
          JSON.stringify({ keyring, credentials, row }),
          inspect({ keyring, credentials }, { depth: 20, showHidden: true }),
          JSON.stringify(keyring.useOf(asked('n1'), credentials)),
          JSON.stringify(Object.entries(keyring)),
        ].join('\n');
        expect(shown).not.toContain(password);
        expect(shown).not.toContain(nodeHashes.md5(`bob:biloxi.com:${password}`));
        expect(JSON.stringify(keyring)).toBe('{}');
      }),
      { numRuns: 25 },
    );
  });
});
