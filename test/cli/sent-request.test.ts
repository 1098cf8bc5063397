// What goes out after a request that carried credentials already.
import { describe, expect, it } from 'vitest';
import type { Answers } from '../../src/cli/answers.js';
import { converse } from '../../src/cli/conversation.js';
import type { GivenAnswer } from '../../src/cli/read-inputs.js';
import { Keyring } from '../../src/digest/keyring.js';
import { defaultLimits } from '../../src/policy/limits.js';
import { rfcPolicy } from '../../src/policy/table/index.js';
import { allHeaders } from '../../src/sip/header-list.js';
import type { SipRequest } from '../../src/sip/message.js';
import { readMessage } from '../../src/sip/read-message.js';
import { seededRandom, seededToken } from '../../src/timing/random.js';
import { expectedResponse } from '../digest/server.js';
import { request, response } from './messages.js';

function requestIn(text: string): SipRequest {
  const read = readMessage(text);
  if (read.kind !== 'request') throw new Error('no request');
  return read.request;
}

function answerIn(text: string): GivenAnswer {
  const read = readMessage(text);
  if (read.kind !== 'response') throw new Error('no response');
  return { kind: 'response', source: 'r.sip', line: 1, response: read.response, notes: [] };
}

/** The requests that follow; with a password there is a keyring. */
function following(given: string, answers: readonly string[], password?: string, configured: Answers = {}) {
  const credentials = [{ username: 'alice', password }];
  const turns = converse({ source: 'q.sip', line: 1, request: requestIn(given), notes: [] }, answers.map(answerIn), {
    policy: rfcPolicy,
    limits: defaultLimits,
    client: {},
    answers: configured,
    keyring: password === undefined ? undefined : new Keyring({ credentials: credentials as never }),
    random: seededRandom(1),
    token: seededToken(1),
    startedAt: 0,
  });
  return turns.map((turn) => (turn.kind === 'decision' ? turn.request : null));
}

const brief = response(423, ['Min-Expires: 600']);
const own = (params: string): string =>
  `Digest username="alice", realm="r", nonce="n1", uri="sip:r.example.com", response="00", ${params}`;
const signed = (...values: readonly string[]): string =>
  request('REGISTER', 'sip:r.example.com', [
    'Contact: <sip:alice@192.0.2.10>',
    'Expires: 60',
    ...values.map((value) => `Authorization: ${value}`),
  ]);
const rowsOf = (next: SipRequest | null | undefined, name: string): readonly string[] =>
  next ? allHeaders(next.headers, name) : [];

describe('credentials of the given request', () => {
  it.each([
    ['nc=00000200', '00000201'],
    ['nc="00000005"', '00000006'],
  ])('are counted on behind %s (RFC 7616 §3.4)', (nc, counted) => {
    const [next] = following(signed(own(`qop=auth, cnonce="abc", ${nc}`)), [brief], 'pw');
    expect(rowsOf(next, 'Authorization')).toEqual([expect.stringContaining(`cnonce="abc", nc=${counted}`)]);
  });

  it('are counted each by itself (RFC 7616 §3.4)', () => {
    const second = own('qop=auth, cnonce="y", nc=00000001').replace('"r"', '"r2"').replace('"n1"', '"n2"');
    const [next] = following(signed(own('qop=auth, cnonce="x", nc=00000003'), second), [brief], 'pw');
    expect(rowsOf(next, 'Authorization')).toEqual([
      expect.stringMatching(/realm="r", nonce="n1".*cnonce="x", nc=00000004/),
      expect.stringMatching(/realm="r2", nonce="n2".*cnonce="y", nc=00000002/),
    ]);
  });

  it('bind a -sess key to their nonce and cnonce (RFC 7616 §3.4.2)', () => {
    const [next] = following(signed(own('algorithm=MD5-sess, qop=auth, cnonce="abc", nc=00000001')), [brief], 'pw');
    const [row = ''] = rowsOf(next, 'Authorization');
    if (!next) throw new Error('no request');
    const key = { username: 'alice', realm: 'r', password: 'pw', session: ['n1', 'abc'] as const };
    expect(row).toContain(`response="${expectedResponse(['Authorization', row], next, key)}"`);
  });

  it.each([
    ['auth-int', []],
    ['auth', [expect.stringContaining('qop=auth')]],
  ])('with qop=%s are kept without a key only for the body that they cover (RFC 7616 §3.4.3)', (qop, kept) => {
    const given = request(
      'MESSAGE',
      'sip:r.example.com',
      [`Authorization: ${own(`qop=${qop}, cnonce="abc", nc=00000001`)}`, 'Content-Type: text/plain'],
      'hello hello',
    );
    const bodies = [{ type: 'text/plain', content: 'hello' }];
    const unsupported = response(420, ['Unsupported: foo']);
    const requiring = given.replace('Max-Forwards', 'Require: foo\r\nMax-Forwards');
    const [shorter, later] = following(requiring, [response(413), unsupported], undefined, { bodies });
    expect([shorter?.body, later?.body]).toEqual(['hello', 'hello']);
    expect(rowsOf(shorter, 'Authorization')).toEqual(kept);
    expect(rowsOf(later, 'Authorization')).toEqual(kept);
    const [unchanged] = following(requiring, [unsupported]);
    expect(rowsOf(unchanged, 'Authorization')).toHaveLength(1);
  });
});

describe('an agreement on Digest (RFC 3329 §2.4)', () => {
  const list = 'digest;d-alg=SHA-256;d-qop=auth-int';
  const wanted = response(494, [
    `Security-Server: ${list}, tls;q=0`,
    'Proxy-Authenticate: Digest realm="p", nonce="1"',
  ]);

  it('is vouched for with the algorithm and qop of the list, anew in every request', () => {
    const requests = following(signed(), [wanted, brief], 'pw');
    const verified = requests.map((next) => rowsOf(next, 'Security-Verify').join());
    expect(verified[0]).toMatch(/^digest;d-alg=SHA-256;d-qop=auth-int;d-ver="[0-9a-f]{64}", tls;q=0$/);
    expect(verified[1]).toMatch(/^digest;d-alg=SHA-256;d-qop=auth-int;d-ver="[0-9a-f]{64}", tls;q=0$/);
    expect(verified[1]).not.toBe(verified[0]);
    expect(requests.map((next) => rowsOf(next, 'Proxy-Authorization').join())).toEqual([
      expect.stringMatching(/algorithm=SHA-256, qop=auth-int, .*nc=00000001$/),
      expect.stringMatching(/algorithm=SHA-256, qop=auth-int, .*nc=00000002$/),
    ]);
  });

  it('keeps the d-ver of a given request with its credentials, and drops it with them', () => {
    const given = request('REGISTER', 'sip:r.example.com', [
      'Contact: <sip:alice@192.0.2.10>',
      'Expires: 60',
      'Security-Verify: digest;d-ver="0f", tls',
      `Authorization: ${own('qop=auth, cnonce="abc", nc=00000001')}`,
    ]);
    expect(rowsOf(following(given, [brief])[0], 'Security-Verify')).toEqual(['digest;d-ver="0f", tls']);
    const anew = rowsOf(following(given, [brief], 'pw')[0], 'Security-Verify').join();
    expect(anew).toMatch(/^digest;d-ver="[0-9a-f]{32}", tls$/);
    const challenge = response(407, ['Proxy-Authenticate: Digest realm="other", nonce="2"']);
    expect(rowsOf(following(given, [challenge], 'pw')[0], 'Security-Verify')).toHaveLength(1);
  });
});
