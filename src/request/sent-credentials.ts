// The credentials that a request already carries when it comes to us (RFC 3261 §22.2, §22.3): what they answer is noted,
// and they themselves are left out, to be computed anew for every request.
import { sameRealm } from '../policy/challenge-choice.js';
import type { AnsweredRealm } from '../policy/history.js';
import { type Challenge, readChallenges } from '../sip/challenge.js';
import { readAnswerable } from '../sip/digest-algorithm.js';
import type { Header, SipRequest } from '../sip/message.js';
import { carriesCredentials, credentialsKind } from './credential-rows.js';

/** A request apart from its credentials. */
export interface SentCredentials {
  /** The request without the rows that are understood; those of other schemes stay. */
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
  const bare = challenges.length === 0 ? request : { ...request, headers };
  return { bare, challenges, answered: challenges.reduce(noteAnswered, []) };
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
  const { kind, realm = '', nonce = '' } = challenge;
  const before = answered.find((one) => sameRealm(one, challenge));
  const nonces = [...(before?.nonces ?? []), nonce];
  const after: AnsweredRealm = { kind, realm, nonces, rounds: 1, stale: 0, accepted: false };
  return [...answered.filter((one) => one !== before), after];
}
