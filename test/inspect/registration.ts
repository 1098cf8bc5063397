// A registration that is challenged, told a longer interval, and accepted: its request, its answers, and a core that knows the password.
import { secret, type Secret } from '../../src/digest/index.js';
import type { Header, SipRequest, SipResponse } from '../../src/sip/message.js';
import { seededRandom, seededToken } from '../../src/timing/random.js';
import { VirtualClock } from '../../src/timing/virtual-clock.js';
import { createUacCore, type UacCore } from '../../src/uac/uac-core.js';

export const register: SipRequest = {
  method: 'REGISTER',
  uri: 'sip:example.com',
  headers: [
    ['Via', 'SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bKfirst'],
    ['Max-Forwards', '70'],
    ['From', '<sip:alice@example.com>;tag=1'],
    ['To', '<sip:alice@example.com>'],
    ['Call-ID', 'call-1'],
    ['CSeq', '1 REGISTER'],
    ['Contact', '<sip:alice@192.0.2.1>'],
    ['Expires', '60'],
  ],
  body: '',
};

export const challenged = answer(1, 401, ['WWW-Authenticate', 'Digest realm="example.com", nonce="abcd", qop="auth"']);
export const tooBrief = answer(2, 423, ['Min-Expires', '600']);
export const accepted = answer(3, 200, ['Authentication-Info', 'rspauth="0123456789"']);

/** To the request with this number: an answer to another one is no answer to the attempt in flight. */
function answer(cseq: number, status: number, ...headers: readonly Header[]): SipResponse {
  const copied: readonly Header[] = [...register.headers.slice(2, 5), ['CSeq', `${cseq} REGISTER`]];
  return { status, reason: 'x', headers: [...copied, ...headers], body: '' };
}

/** Each has learned nothing yet. */
export function coreOfAlice(
  clock = new VirtualClock(),
  credential: { readonly password: Secret } | { readonly ha1: Secret } = { password: secret('wonderland') },
): UacCore {
  return createUacCore({
    environment: { clock, random: seededRandom(1), token: seededToken(1) },
    credentials: [{ realm: 'example.com', username: 'alice', ...credential }],
  });
}
