// The credentials that a request already carries when it comes to us (RFC 3261 §22.2, §22.3): what they answer is noted,
// and they themselves are left out, to be computed anew for every request.
import { sameRealm } from '../policy/challenge-choice.js';
import type { AnsweredRealm } from '../policy/history.js';
import { type Challenge, readChallenges } from '../sip/challenge.js';
import { readAnswerable } from '../sip/digest-algorithm.js';
import { verifiedEntry, withoutVerification } from '../sip/security-agreement.js';
import type { Header, SipRequest } from '../sip/message.js';
import { carriesCredentials, credentialsKind } from './credential-rows.js';

/** A request apart from its credentials. */
export interface SentCredentials {
  /** The request without the rows that are understood, and without `d-ver`; those of other schemes stay. */
  readonly bare: SipRequest;
  /** The challenges that those rows answer, as far as the rows repeat them. */
  readonly challenges: readonly Challenge[];
  /** What counts as answered: one round for each protection space. */
  readonly answered: readonly AnsweredRealm[];
}

/** Takes the Digest credentials out of a request and remembers what they answer. */
export function readCredentialsOf(request: SipRequest): SentCredentials {
  if (!carriesCredentials(request)) return { bare: request, challenges: [], answered: [] };
  const challenges: Challenge[] = [];
  const headers = request.headers.filter((row) => {
    const answered = challengesAnsweredBy(row);
    challenges.push(...answered);
    return answered.length === 0;
  });
  if (challenges.length === 0) return { bare: request, challenges: [], answered: [] };
  const agreed = verifiedEntry(request.headers);
  if (agreed === undefined) {
    return { bare: { ...request, headers }, challenges, answered: challenges.reduce(noteAnswered, []) };
  }
  const vouching = challenges.map((challenge) =>
    isOfFirstHop(challenge, challenges) ? { ...challenge, agreed } : challenge,
  );
  return {
    bare: { ...request, headers: withoutVerification(headers) },
    challenges: vouching,
    answered: vouching.reduce(noteAnswered, []),
  };
}

/**
 * Whether credentials are those that the `d-ver` of Security-Verify was computed with: the agreement is one with the first
 * hop (RFC 3329 §2.3), which is a proxy if any proxy asked, and asked first.
 */
function isOfFirstHop(challenge: Challenge, challenges: readonly Challenge[]): boolean {
  return challenge === (challenges.find(({ kind }) => kind === 'proxy') ?? challenges[0]);
}

/** None when the row is no answer to a challenge, or when something in it is not understood. */
function challengesAnsweredBy([name, value]: Header): readonly Challenge[] {
  const kind = credentialsKind(name);
  if (kind === undefined) return [];
  // Credentials repeat the parameters of their challenge under the same names (RFC 7616 §3.4).
  const repeated = readChallenges([[kind === 'user' ? 'WWW-Authenticate' : 'Proxy-Authenticate', value]]);
  return repeated.every(isAnswer)
    ? repeated.map((challenge) => ({ ...challenge, scheme: 'Digest', stale: false }))
    : [];
}

/** With an empty nonce nothing was answered: some clients only say who they are before they are asked. */
function isAnswer(challenge: Challenge): boolean {
  return readAnswerable(challenge) !== undefined && challenge.nonce !== '';
}

function noteAnswered(answered: readonly AnsweredRealm[], challenge: Challenge): readonly AnsweredRealm[] {
  const { kind, realm = '', nonce = '', agreed } = challenge;
  const before = answered.find((one) => sameRealm(one, challenge));
  const nonces = [...(before?.nonces ?? []), nonce];
  const entry = agreed ?? before?.agreed;
  const after: AnsweredRealm = {
    ...{ kind, realm, nonces, rounds: 1, stale: 0, accepted: false },
    ...(entry !== undefined && { agreed: entry }),
  };
  return [...answered.filter((one) => one !== before), after];
}
