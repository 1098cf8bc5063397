// Credentials that went out before a keyring knew of them.
import { describe, expect, it } from 'vitest';
import { readCredentials } from '../../src/digest/credentials.js';
import { Keyring } from '../../src/digest/keyring.js';
import { readSentNonces } from '../../src/digest/sent-nonces.js';
import type { Header } from '../../src/sip/message.js';
import { challenge, expectedResponse, paramsOf, register } from './server.js';

const alice = readCredentials({ username: 'alice', password: 'pw' });

/** The next row for this challenge, after these were sent. */
function after(sent: readonly Header[], value: string, header = 'WWW-Authenticate'): Header | undefined {
  const keyring = new Keyring({ credentials: [alice] });
  keyring.noteSent({ headers: sent });
  return keyring.authorize(register, [challenge(value, header)], () => alice, 'fresh')[0];
}

const sent = (params: string): readonly Header[] => [['Authorization', `Digest realm="r", ${params}`]];
const asked = (nonce: string): string => `Digest realm="r", nonce="${nonce}", qop="auth"`;
const ncOf = (row: Header | undefined): string | undefined => row && paramsOf(row).get('nc');

describe('Keyring.noteSent', () => {
  it.each([
    ['nc=00000001', '00000002'],
    ['nc=00000200', '00000201'],
    ['nc=0000FFFF', '00010000'],
    ['nc=fffffffe', 'ffffffff'],
    ['nc="00000005"', '00000006'],
    ['nc=5', '00000006'],
    ['nc=00000000', '00000002'],
    ['nc=x', '00000002'],
    ['qop=auth', '00000002'],
  ])('goes on counting behind %s (RFC 7616 §3.4)', (written, next) => {
    expect(ncOf(after(sent(`nonce="n", cnonce="abc", ${written}`), asked('n')))).toBe(next);
  });

  it.each(['ffffffff', '100000000'])('uses no nonce again that was counted to %s (RFC 3261 §25.1: 8LHEX)', (nc) => {
    expect(after(sent(`nonce="n", cnonce="abc", nc=${nc}`), asked('n'))).toBeUndefined();
    expect(ncOf(after(sent(`nonce="n", cnonce="abc", nc=${nc}`), asked('other')))).toBe('00000001');
  });

  it('counts every nonce, realm and kind by itself', () => {
    const rows: readonly Header[] = [
      ['Proxy-Authorization', 'Digest realm="p1", nonce="a", cnonce="x", nc=00000003'],
      ['Proxy-Authorization', 'Digest realm="p2", nonce="b", cnonce="y", nc=00000001'],
      ['Subject', 'Digest realm="p3", nonce="c", cnonce="z", nc=00000009'],
    ];
    const nc = (realm: string, nonce: string, header: string): string | undefined =>
      ncOf(after(rows, `Digest realm="${realm}", nonce="${nonce}", qop="auth"`, header));
    expect(nc('p1', 'a', 'Proxy-Authenticate')).toBe('00000004');
    expect(nc('p2', 'b', 'Proxy-Authenticate')).toBe('00000002');
    expect(nc('p1', 'b', 'Proxy-Authenticate')).toBe('00000001');
    expect(nc('p1', 'a', 'WWW-Authenticate')).toBe('00000001');
    expect(nc('p3', 'c', 'WWW-Authenticate')).toBe('00000001');
  });

  it('never counts backwards', () => {
    const keyring = new Keyring({ credentials: [alice] });
    for (const nc of ['00000007', '00000002']) {
      keyring.noteSent({ headers: sent(`nonce="n", cnonce="c${nc}", nc=${nc}`) });
    }
    const [row] = keyring.authorize(register, [challenge(asked('n'))], () => alice, 'fresh');
    expect(row?.[1]).toContain('cnonce="c00000007", nc=00000008');
  });

  it('keeps a -sess key that is made of the nonce and the cnonce that were sent first (RFC 7616 §3.4.2)', () => {
    const first = String.raw`a\"b`;
    const rows = sent(`nonce="n", cnonce="${first}", algorithm=MD5-sess, nc=00000001`);
    const row = after(rows, 'Digest realm="r", nonce="n", qop="auth", algorithm=MD5-sess');
    if (row === undefined) throw new Error('no answer');
    expect(paramsOf(row).get('cnonce')).toBe(first);
    const bound = { username: 'alice', realm: 'r', password: 'pw', session: ['n', 'a"b'] as const };
    expect(paramsOf(row).get('response')).toBe(expectedResponse(row, register, bound));
  });

  it.each([
    'Digest nonce="n", cnonce="c", nc=00000004',
    'Digest realm="r", cnonce="c", nc=00000004',
    'Digest realm="r", nonce="", cnonce="c", nc=00000004',
    'Digest realm="r", nonce="n", nc=00000004',
    'Basic realm="r", nonce="n", cnonce="c", nc=00000004',
  ])('notes nothing of %s', (value) => {
    expect(readSentNonces({ headers: [['Authorization', value]] })).toEqual([]);
  });
});
