// The request as it goes out: the record's request with its credentials, computed anew for each transaction (RFC 3261 §22.2).
import type { Credentials } from '../digest/credentials.js';
import type { Keyring } from '../digest/keyring.js';
import { answersOneOf, isComputed } from '../request/credential-rows.js';
import type { ActionType } from '../policy/action.js';
import type { RequestRecord } from '../request/record.js';
import { readChallengeRow } from '../sip/challenge-row.js';
import type { Challenge } from '../sip/challenge.js';
import type { Header, SipRequest } from '../sip/message.js';
import { isVerification } from '../sip/security-agreement.js';

/** The Authorization and Proxy-Authorization rows of a request, and a Security-Verify that they vouch for (RFC 3329 §2.4). */
export function credentialRowsOf({ headers }: SipRequest): readonly Header[] {
  return headers.filter(isComputed);
}

/** The rows that answer all challenges met so far. */
export function computeRows(keyring: Keyring, record: RequestRecord, token: string): readonly Header[] {
  return keyring.authorize(record.request, record.challenges, (challenge) => keyFor(keyring, challenge), token);
}

/**
 * The rows of the given request that nobody has challenged and that no computed one replaces. One that covers a body which
 * is another now is certainly wrong, and nobody has the key to compute it again.
 */
export function keptRows(
  given: readonly Header[],
  record: RequestRecord,
  challenged: readonly Challenge[],
  keyring: Keyring | undefined,
): readonly Header[] {
  const replaced = record.challenges.filter((challenge) => keyFor(keyring, challenge) !== undefined);
  const isBodyGiven = BODY_CHANGES.every((type) => record.history.taken[type] === undefined);
  const kept = given.filter(
    (row) => !answersOneOf(row, [...challenged, ...replaced]) && (isBodyGiven || !coversBody(row)),
  );
  // A d-ver was computed along with one of them.
  return kept.length === given.length ? kept : kept.filter((row) => !isVerification(row));
}

/** The actions that give a request another body. */
const BODY_CHANGES: readonly ActionType[] = ['shrinkBody', 'changeContent', 'changeOffer', 'republish'];

/** RFC 7616 §3.4.3: with auth-int the body is hashed, too. */
function coversBody([, value]: Header): boolean {
  return readChallengeRow(value).some(({ params }) => params.usual.qop?.toLowerCase() === 'auth-int');
}

/** The credentials that answer a challenge. They come from a list, so nobody has to be waited for. */
export function keyFor(keyring: Keyring | undefined, challenge: Challenge): Credentials | undefined {
  const found = keyring?.find(challenge);
  return found !== undefined && 'then' in found ? undefined : found;
}
