// The Authorization and Proxy-Authorization header fields (RFC 3261 §20.7, §20.28; RFC 7616 §3.4).
import type { Challenge } from '../sip/challenge.js';
import type { AnswerableChallenge } from '../sip/digest-algorithm.js';
import type { Header, SipRequest } from '../sip/message.js';
import { requestDigest, type DigestSession, type Ha2Function } from './digest.js';
import { echoed, quoted } from './echo.js';
import type { HashFunctions } from './hash.js';
import type { Identity } from './identity.js';

/** One use of a nonce: the count of requests sent with it, this one included, and the nonces of a -sess key. */
export interface NonceUse {
  /** As received inside the quotes. */
  readonly nonce: string;
  readonly cnonce: string;
  readonly count: number;
  readonly session: DigestSession;
}

/** The header field that answers one challenge in this request. */
export function authorizationOf(
  request: SipRequest,
  challenge: Challenge,
  { algorithm, qop }: AnswerableChallenge,
  identity: Identity,
  use: NonceUse,
  hash: HashFunctions,
  ha2Of?: Ha2Function,
): Header {
  const { method, uri, body } = request;
  const { nonce, cnonce, session } = use;
  const nc = nonceCount(use.count);
  const question = { hash, algorithm, nonce, qop, nc, cnonce, session, method, uri, body };
  const response = requestDigest(question, identity.ha1, `${method}:${uri}`, ha2Of);
  // RFC 7616 §3.4: algorithm, qop, nc and userhash are not quoted, everything else is.
  let value = `Digest ${identity.written}, nonce=${echoed(nonce)}, uri=${quoted(uri)}, response="${response}"`;
  if (challenge.algorithm !== undefined) value += `, algorithm=${challenge.algorithm}`;
  if (challenge.opaque !== undefined) value += `, opaque=${echoed(challenge.opaque)}`;
  // "cnonce MUST NOT be specified if the server did not send a qop directive" (RFC 2617 §3.2.2); nc likewise.
  if (qop !== undefined) value += `, qop=${qop}, cnonce=${echoed(cnonce)}, nc=${nc}`;
  if (challenge.userhash) value += ', userhash=true';
  return [challenge.kind === 'user' ? 'Authorization' : 'Proxy-Authorization', value];
}

/** "nc-value = 8LHEX" (RFC 3261 §25.1). */
export function nonceCount(count: number): string {
  // Most nonces are used once.
  return count === 1 ? '00000001' : count.toString(16).padStart(8, '0');
}
