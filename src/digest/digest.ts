// The digest computation of RFC 7616 §3.4 and RFC 8760 §2, with the formula of RFC 2069 for challenges without qop.
import { unescape } from '../sip/quoted-string.js';
import {
  digestHashOf,
  isSessionAlgorithm,
  type DigestAlgorithm,
  type DigestHash,
  type DigestQop,
} from '../sip/digest-algorithm.js';
import { hexHash, type HashFunctions } from './hash.js';
import type { Secret } from './secret.js';

/** Who answers: a hash of user name, realm and password, or these themselves. */
export type DigestKey = { readonly ha1: string } | DigestIdentity;

export interface DigestIdentity {
  /** As the user knows it, without quotes or escapes. */
  readonly username: string;
  /** As received inside the quotes, escapes kept. */
  readonly realm: string;
  readonly password: Secret;
}

/** What a digest is computed of. Nonces are given as received inside the quotes. */
export interface DigestQuestion {
  readonly hash: HashFunctions;
  readonly algorithm: DigestAlgorithm;
  readonly nonce: string;
  /** Absent: the formula without nc and cnonce. */
  readonly qop?: DigestQop | undefined;
  /** Eight lower-case hex digits; used with qop. */
  readonly nc?: string | undefined;
  /** Used with qop, and by the -sess algorithms. */
  readonly cnonce?: string | undefined;
  /** The nonces that the key of a -sess algorithm is bound to, where they are not those of this request. */
  readonly session?: DigestSession | undefined;
  readonly method: string;
  /** The Request-URI, exactly as sent. */
  readonly uri: string;
  readonly body: string;
}

/** The nonces of the first request after a challenge. */
export interface DigestSession {
  readonly nonce: string;
  readonly cnonce: string;
}

/** The `response` parameter: lower-case hex (RFC 7616 §3.4.1). */
export function digestResponse(question: DigestQuestion & DigestKey): string {
  return requestDigest(question, keyOf(question), `${question.method}:${question.uri}`);
}

/** The `rspauth` parameter by which a server proves that it knows the password too; `body` is that of the response (RFC 7616 §3.5). */
export function rspauth(question: DigestQuestion & DigestKey): string {
  return requestDigest(question, keyOf(question), `:${question.uri}`);
}

/** The hash of user name, realm and password, which may be stored in place of a password (RFC 7616 §3.4.2). */
export function ha1Of(identity: DigestIdentity & Pick<DigestQuestion, 'hash' | 'algorithm'>): string {
  const { hash, algorithm, username, realm, password } = identity;
  return hexHash(hash, digestHashOf(algorithm), `${username}:${unescape(realm)}:${password.reveal()}`);
}

/** The user name of a challenge with userhash=true (RFC 7616 §3.4.4). */
export function userhashOf(
  identity: Omit<DigestIdentity, 'password'> & Pick<DigestQuestion, 'hash' | 'algorithm'>,
): string {
  const { hash, algorithm, username, realm } = identity;
  return hexHash(hash, digestHashOf(algorithm), `${username}:${unescape(realm)}`);
}

/**
 * KD(H(A1), …) of RFC 7616 §3.4.1 with the beginning of A2 given: method and URI.
 * @param ha2Of gives H(A2) where it is known already.
 */
export function requestDigest(question: DigestQuestion, ha1: string, a2: string, ha2Of: Ha2Function = hexHash): string {
  return keyedDigest(question, ha1, wholeA2(question, a2), ha2Of);
}

/**
 * The `d-ver` parameter: "counted exactly the same way as "request-digest" … except that the Security-Server header
 * field is included in the A2 parameter" (RFC 3329 §2.2), at its end.
 */
export function digestVerify(question: DigestQuestion, ha1: string, securityServer: string): string {
  const a2 = wholeA2(question, `${question.method}:${question.uri}`);
  return keyedDigest(question, ha1, `${a2}:${securityServer}`, hexHash);
}

/** For auth-int an empty body is hashed as well (RFC 3261 §22.4). */
function wholeA2({ hash, algorithm, qop, body }: DigestQuestion, a2: string): string {
  return qop === 'auth-int' ? `${a2}:${hexHash(hash, digestHashOf(algorithm), body)}` : a2;
}

function keyedDigest(question: DigestQuestion, ha1: string, a2: string, ha2Of: Ha2Function): string {
  const { hash, algorithm, qop, nc = '00000001', cnonce = '' } = question;
  const name = digestHashOf(algorithm);
  const key = isSessionAlgorithm(algorithm) ? sessionKey(question, name, ha1) : ha1;
  const ha2 = ha2Of(hash, name, a2);
  // A nonce is hashed as unq(nonce-value), without the backslashes that quote (RFC 7616 §3.3).
  const nonce = unescape(question.nonce);
  if (qop === undefined) return hexHash(hash, name, `${key}:${nonce}:${ha2}`);
  return hexHash(hash, name, `${key}:${nonce}:${nc}:${unescape(cnonce)}:${qop}:${ha2}`);
}

/** As `hexHash`. */
export type Ha2Function = typeof hexHash;

function sessionKey({ hash, nonce, cnonce = '', session }: DigestQuestion, name: DigestHash, ha1: string): string {
  const first = session ?? { nonce, cnonce };
  return hexHash(hash, name, `${ha1}:${unescape(first.nonce)}:${unescape(first.cnonce)}`);
}

function keyOf(question: DigestQuestion & DigestKey): string {
  return 'ha1' in question ? question.ha1 : ha1Of(question);
}
