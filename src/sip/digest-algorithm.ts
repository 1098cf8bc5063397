// Digest algorithms by their names in SIP, and what makes a challenge one that can be answered (RFC 7616 §3.3, RFC 8760 §2).
import type { Challenge } from './challenge.js';

/** The hash function of a digest algorithm. */
export type DigestHash = 'MD5' | 'SHA-256' | 'SHA-512-256';

/** The algorithms that RFC 8760 §2.7 names. */
export type DigestAlgorithm = DigestHash | `${DigestHash}-sess`;

/** Quality of protection: `auth` covers method and URI, `auth-int` the body too (RFC 7616 §3.4). */
export type DigestQop = 'auth' | 'auth-int';

/** What is needed of a challenge to answer it. */
export interface AnswerableChallenge {
  /** Realm and nonce as received inside the quotes, escapes kept. */
  readonly realm: string;
  readonly nonce: string;
  readonly algorithm: DigestAlgorithm;
  /** Absent for a challenge without qop: the formula of RFC 2069 (RFC 2617 §3.2.2.1). */
  readonly qop?: DigestQop;
}

const algorithms: ReadonlyMap<string, DigestAlgorithm> = new Map<string, DigestAlgorithm>([
  ['md5', 'MD5'],
  ['md5-sess', 'MD5-sess'],
  ['sha-256', 'SHA-256'],
  ['sha-256-sess', 'SHA-256-sess'],
  ['sha-512-256', 'SHA-512-256'],
  ['sha-512-256-sess', 'SHA-512-256-sess'],
]);

/** The algorithm of a challenge; absent means MD5 (RFC 7616 §3.3), and an unknown one is `undefined`. Case does not matter. */
export function readAlgorithm(text: string | undefined): DigestAlgorithm | undefined {
  if (text === undefined || text === 'MD5') return 'MD5';
  return algorithms.get(text.toLowerCase());
}

/** The hash function of an algorithm. */
export function digestHashOf(algorithm: DigestAlgorithm): DigestHash {
  switch (algorithm) {
    case 'MD5':
    case 'MD5-sess':
      return 'MD5';
    case 'SHA-256':
    case 'SHA-256-sess':
      return 'SHA-256';
    case 'SHA-512-256':
    case 'SHA-512-256-sess':
      return 'SHA-512-256';
  }
}

/** Whether the algorithm binds its key to the first nonces of a challenge (RFC 7616 §3.4.2). */
export function isSessionAlgorithm(algorithm: DigestAlgorithm): boolean {
  return algorithm.endsWith('-sess');
}

/**
 * How a challenge is to be answered; `undefined` when it cannot be ("the client MUST ignore any challenge it does not
 * understand", RFC 8760 §2.4).
 */
export function readAnswerable(challenge: Challenge): AnswerableChallenge | undefined {
  if (latest.challenge !== challenge) latest = { challenge, answerable: read(challenge) };
  return latest.answerable;
}

/** The challenge read last: who decides on it and who answers it ask in a row. */
let latest: { readonly challenge?: Challenge; readonly answerable?: AnswerableChallenge | undefined } = {};

function read(challenge: Challenge): AnswerableChallenge | undefined {
  const { scheme, realm, nonce, opaque, flaw, qop } = challenge;
  // "Basic" MUST NOT be accepted (RFC 8760 §2.6), and no other scheme is known here.
  if (realm === undefined || nonce === undefined || flaw !== undefined) return undefined;
  if (scheme !== 'Digest' && scheme.toLowerCase() !== 'digest') return undefined;
  // What is echoed must stay on its line: no server may write header fields into our requests.
  if (breaksLine(realm) || breaksLine(nonce) || (opaque !== undefined && breaksLine(opaque))) return undefined;
  const algorithm = readAlgorithm(challenge.algorithm);
  if (algorithm === undefined) return undefined;
  // A session key contains a cnonce, and without qop none may be sent (RFC 3261 §22.4).
  if (qop === undefined) return isSessionAlgorithm(algorithm) ? undefined : { realm, nonce, algorithm };
  // auth-int fails behind whoever rewrites bodies, so it is the second choice. A qop of unknown tokens is no absent qop.
  if (qop.includes('auth')) return { realm, nonce, algorithm, qop: 'auth' };
  return qop.includes('auth-int') ? { realm, nonce, algorithm, qop: 'auth-int' } : undefined;
}

/** Whether a text could end the header line, or the message, that it is put into. */
export function breaksLine(text: string): boolean {
  return /[\0\r\n]/.test(text);
}
