// The request as it goes out: the record's request with its credentials, computed anew for each transaction (RFC 3261 §22.2).
import type { Credentials } from '../digest/credentials.js';
import type { Keyring } from '../digest/keyring.js';
import { answersOneOf, credentialsKind } from '../request/credential-rows.js';
import type { RequestRecord } from '../request/record.js';
import type { Challenge } from '../sip/challenge.js';
import type { Header, SipRequest } from '../sip/message.js';

/** The Authorization and Proxy-Authorization rows of a request. */
export function credentialRowsOf({ headers }: SipRequest): readonly Header[] {
  return headers.filter(([name]) => credentialsKind(name) !== undefined);
}

/** The rows that answer all challenges met so far. */
export function computeRows(keyring: Keyring, record: RequestRecord, token: string): readonly Header[] {
  return keyring.authorize(record.request, record.challenges, (challenge) => keyFor(keyring, challenge), token);
}

/** The rows of the given request that nobody has challenged and that no computed one replaces. */
export function keptRows(
  given: readonly Header[],
  record: RequestRecord,
  challenged: readonly Challenge[],
  keyring: Keyring | undefined,
): readonly Header[] {
  const replaced = record.challenges.filter((challenge) => keyFor(keyring, challenge) !== undefined);
  return given.filter((row) => !answersOneOf(row, [...challenged, ...replaced]));
}

/** The credentials that answer a challenge. They come from a list, so nobody has to be waited for. */
export function keyFor(keyring: Keyring | undefined, challenge: Challenge): Credentials | undefined {
  const found = keyring?.find(challenge);
  return found !== undefined && 'then' in found ? undefined : found;
}

/**
 * Lets the keyring know of the nonces that the given request was sent with, so that their counts go on from there: "the
 * count of the number of requests … that the client has sent with the nonce value" (RFC 7616 §3.4).
 */
export function noteUses(keyring: Keyring, record: RequestRecord, given: readonly Header[], token: string): void {
  const counts = given.map(([, value]) => Number.parseInt(/\bnc\s*=\s*([0-9a-f]{1,8})\b/i.exec(value)?.[1] ?? '0', 16));
  const uses = Math.min(MOST_USES, Math.max(0, ...counts));
  for (let use = 0; use < uses; use += 1) computeRows(keyring, record, token);
}

/** Enough for any request in a file, and no endless work for an `nc=ffffffff`. */
const MOST_USES = 256;
