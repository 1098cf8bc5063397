// The security agreement of RFC 3329: 494, and 421 with sec-agree.
import type { ActionOf } from './action.js';
import { answerableChallenges } from './challenge-choice.js';
import type { Facts } from './facts.js';
import type { Challenge } from '../sip/challenge.js';

/** The first agreement: a listed mechanism is implemented here, and what it needs is in the response. */
export function securityAgreeable(facts: Facts): boolean {
  return facts.history.securityServer === undefined && agreementOn(facts) !== undefined;
}

/** Another list than the one that was mirrored: somebody between may have changed it (RFC 3329 §3). */
export function securityListChanged({ response, history }: Facts): boolean {
  const before = history.securityServer;
  if (before === undefined || response.securityServer.length === 0) return false;
  return before.join() !== response.securityServer.map(({ raw }) => raw).join();
}

export function planSecurity(facts: Facts): ActionOf<'agreeSecurity'> | undefined {
  const agreement = agreementOn(facts);
  if (agreement === undefined) return undefined;
  return { type: 'agreeSecurity', mechanisms: facts.response.securityServer.map(({ raw }) => raw), ...agreement };
}

interface Agreement {
  readonly chosen: string;
  readonly challenges: readonly Challenge[];
}

const IMPLEMENTED: readonly string[] = ['tls', 'digest'];

// RFC 3329 §2.3.1: the client MUST choose the mechanism with the highest preference that it knows. If what that one
// needs is missing from the response, the agreement MUST be considered aborted.
function agreementOn(facts: Facts): Agreement | undefined {
  const { response, client } = facts;
  const known = client.securityMechanisms ?? IMPLEMENTED;
  const offered = answerableChallenges(facts);
  const listed = response.securityServer.filter(({ mechanism }) => known.includes(mechanism));
  for (const { mechanism, challenges } of listed.toSorted((one, other) => other.q - one.q)) {
    if (mechanism !== 'digest') return { chosen: mechanism, challenges: offered };
    // Digest with an algorithm, a qop or a hash function that cannot be computed is none that this client knows.
    if (challenges === undefined) continue;
    if (offered.length === 0) return undefined;
    if (challenges.length > 0) return { chosen: mechanism, challenges };
  }
  return undefined;
}
