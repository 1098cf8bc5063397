// Answering challenges in one step, without memory (RFC 3261 §22, RFC 7616 §3.4, RFC 8760 §2).
import type { Challenge } from '../sip/challenge.js';
import type { Header, SipRequest } from '../sip/message.js';
import { authorizationOf } from './authorization.js';
import type { Credentials } from './credentials.js';
import { nobleHashes, type HashFunctions } from './hash.js';
import { identityOf, readPermitted } from './identity.js';
import { securityVerifyOf } from './security-verify.js';

export interface AuthorizeOptions {
  /** Unguessable text of [0-9a-z] that becomes the cnonce. */
  readonly token: string;
  /** How many requests have been sent with each nonce, this one included. Default: 1. */
  readonly count?: number;
  /** Default: hash functions that work everywhere. */
  readonly hash?: HashFunctions;
  /** Leave MD5 challenges unanswered. Default: false. */
  readonly refuseMd5?: boolean;
}

/**
 * The Authorization and Proxy-Authorization header fields that answer these challenges in this request, one each, in
 * order. A challenge that cannot be answered (another scheme, an unknown algorithm or qop, no key for it) gets none.
 * After an agreement on Digest, the request's Security-Verify follows with its `d-ver` (RFC 3329 §2.4).
 */
export function authorize(
  request: SipRequest,
  challenges: readonly Challenge[],
  answers: (challenge: Challenge) => Credentials | undefined,
  options: AuthorizeOptions,
): readonly Header[] {
  const { token, count = 1, hash = nobleHashes, refuseMd5 = false } = options;
  const rows: Header[] = [];
  let verified: Header | undefined;
  for (const challenge of challenges) {
    const answerable = readPermitted(challenge, refuseMd5);
    if (answerable === undefined) continue;
    const credentials = answers(challenge);
    const identity = credentials && identityOf(challenge, answerable, credentials, hash);
    if (identity === undefined) continue;
    const { nonce } = answerable;
    const use = { nonce, cnonce: token, count, session: { nonce, cnonce: token } };
    rows.push(authorizationOf(request, challenge, answerable, identity, use, hash));
    verified ??= securityVerifyOf(request, challenge, answerable, identity.ha1, use, hash);
  }
  return verified === undefined ? rows : [...rows, verified];
}
