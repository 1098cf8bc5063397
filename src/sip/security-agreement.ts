// The agreement on Digest (RFC 3329 §2.4): algorithm and qop come from Security-Server, and Security-Verify vouches for its list.
import type { Challenge } from './challenge.js';
import { readAlgorithm } from './digest-algorithm.js';
import { allHeaders, hasKey } from './header-list.js';
import type { Header } from './message.js';
import { paramOf, readParams } from './params.js';
import { splitOutside } from './split-outside.js';
import { readTokenList } from './token-list.js';

/** Whether the algorithm and qop that a `digest` entry of Security-Server names are ones that can be computed here. */
export function isKnownDigest(entry: string): boolean {
  const { algorithm, qop } = digestOf(entry);
  return readAlgorithm(algorithm) !== undefined && (qop === undefined || qop === 'auth' || qop === 'auth-int');
}

/**
 * The challenge as it must be answered after an agreement: "The client MUST use the algorithm and qop parameters in the
 * Security-Server header field to replace the same parameters in the HTTP Digest challenge" (RFC 3329 §2.4).
 */
export function agreedChallenge(challenge: Challenge, entry: string): Challenge {
  const { algorithm, qop } = digestOf(entry);
  return {
    ...challenge,
    ...(algorithm !== undefined && { algorithm }),
    ...(qop !== undefined && { qop: [qop] }),
    agreed: entry,
  };
}

/** The entries of Security-Verify as the server listed them: without the `d-ver` that a client adds. */
export function mirroredList(headers: readonly Header[]): readonly string[] {
  return entriesOf(headers).map(withoutVerify);
}

/** The entry that carries a `d-ver`, without it. */
export function verifiedEntry(headers: readonly Header[]): string | undefined {
  const entry = entriesOf(headers).find((written) => withoutVerify(written) !== written);
  return entry === undefined ? undefined : withoutVerify(entry);
}

/** The same header fields, without any `d-ver`. */
export function withoutVerification(headers: readonly Header[]): readonly Header[] {
  return headers.map((row) => (isSecurityVerify(row) ? [row[0], mirroredList([row]).join(', ')] : row));
}

/** Whether a row is a Security-Verify with a `d-ver`, which is computed from the password. */
export function isVerification(row: Header): boolean {
  return isSecurityVerify(row) && verifiedEntry([row]) !== undefined;
}

function isSecurityVerify(row: Header): boolean {
  return hasKey(row, 'security-verify');
}

function entriesOf(headers: readonly Header[]): readonly string[] {
  return readTokenList(allHeaders(headers, 'Security-Verify'));
}

function digestOf(entry: string): { readonly algorithm: string | undefined; readonly qop: string | undefined } {
  const params = readParams(splitOutside(entry, ';'));
  return { algorithm: paramOf(params, 'd-alg'), qop: paramOf(params, 'd-qop')?.toLowerCase() };
}

function withoutVerify(entry: string): string {
  const pieces = splitOutside(entry, ';');
  return pieces.filter((piece) => !/^\s*d-ver\s*(?:=|$)/i.test(piece)).join(';');
}
