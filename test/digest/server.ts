// A server's side of digest authentication, written apart from the library and on node:crypto, so that tests can check answers.
import { createHash } from 'node:crypto';
import { readChallengeRow } from '../../src/sip/challenge-row.js';
import { readChallenges, type Challenge } from '../../src/sip/challenge.js';
import type { Header, SipRequest, SipResponse } from '../../src/sip/message.js';
import type { HashFunctions } from '../../src/digest/hash.js';

const nodeNames: Readonly<Record<string, string>> = { md5: 'md5', 'sha-256': 'sha256', 'sha-512-256': 'sha512-256' };

export const nodeHashes: HashFunctions = {
  md5: (text) => createHash('md5').update(text).digest('hex'),
  sha256: (text) => createHash('sha256').update(text).digest('hex'),
  sha512_256: (text) => createHash('sha512-256').update(text).digest('hex'),
};

export const register: SipRequest = {
  method: 'REGISTER',
  uri: 'sip:example.com',
  headers: [
    ['Call-ID', '1@client'],
    ['CSeq', '1 REGISTER'],
  ],
  body: '',
};

/** The parameters of a header field of ours. */
export function paramsOf([, value]: Header): { get(name: string): string | undefined } {
  return readChallengeRow(value)[0]?.params ?? new Map<string, string>();
}

/** The first challenge of a WWW-Authenticate value. */
export function challenge(value: string, header = 'WWW-Authenticate'): Challenge {
  const [first] = readChallenges([[header, value]]);
  if (first === undefined) throw new Error(`no challenge in ${value}`);
  return first;
}

export function ok(headers: readonly Header[], body = ''): SipResponse {
  return { status: 200, reason: 'OK', headers, body };
}

export interface Expected {
  readonly username: string;
  readonly realm: string;
  readonly password: string;
  /** Nonce and cnonce that a -sess key is bound to; those of the header field by default. */
  readonly session?: readonly [nonce: string, cnonce: string];
}

/** The response that this server computes for a header field of the client. */
export function expectedResponse(
  row: Header,
  request: SipRequest,
  { username, realm, password, session }: Expected,
): string {
  const params = paramsOf(row);
  const param = (name: string): string => (params.get(name) ?? '').replace(/\\(.)/gs, '$1');
  const algorithm = (params.get('algorithm') ?? 'MD5').toLowerCase();
  const hash = (text: string): string =>
    createHash(nodeNames[algorithm.replace('-sess', '')] ?? 'unknown')
      .update(text)
      .digest('hex');
  const identity = hash(`${username}:${realm}:${password}`);
  const [nonce, cnonce] = session ?? [param('nonce'), param('cnonce')];
  const key = algorithm.endsWith('-sess') ? hash(`${identity}:${nonce}:${cnonce}`) : identity;
  const qop = params.get('qop');
  const end = qop === 'auth-int' ? `:${hash(request.body)}` : '';
  const ha2 = hash(`${request.method}:${param('uri')}${end}`);
  const middle = qop === undefined ? '' : `:${param('nc')}:${param('cnonce')}:${qop}`;
  return hash(`${key}:${param('nonce')}${middle}:${ha2}`);
}
