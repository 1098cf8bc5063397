// The security agreement of RFC 3329: 494, and 421 with sec-agree.
import type { ActionOf } from './action.js';
import { answerableChallenges } from './challenge-choice.js';
import type { Facts } from './facts.js';

/** The first agreement: a listed mechanism is implemented here, and what it needs is in the response. */
export function securityAgreeable(facts: Facts): boolean {
  return facts.history.securityServer === undefined && chosenMechanism(facts) !== undefined;
}

/** Another list than the one that was mirrored: somebody between may have changed it (RFC 3329 §3). */
export function securityListChanged({ response, history }: Facts): boolean {
  const before = history.securityServer;
  if (before === undefined || response.securityServer.length === 0) return false;
  return before.join() !== response.securityServer.map(({ raw }) => raw).join();
}

export function planSecurity(facts: Facts): ActionOf<'agreeSecurity'> | undefined {
  const chosen = chosenMechanism(facts);
  if (chosen === undefined) return undefined;
  const mechanisms = facts.response.securityServer.map(({ raw }) => raw);
  return { type: 'agreeSecurity', mechanisms, chosen, challenges: answerableChallenges(facts) };
}

const IMPLEMENTED: readonly string[] = ['tls', 'digest'];

// RFC 3329 §2.3.1: the client MUST choose the mechanism with the highest preference that it knows. If what that one
// needs is missing from the response, the agreement MUST be considered aborted.
function chosenMechanism(facts: Facts): string | undefined {
  const known = facts.client.securityMechanisms ?? IMPLEMENTED;
  const listed = facts.response.securityServer.filter(({ mechanism }) => known.includes(mechanism));
  const chosen = listed.toSorted((one, other) => other.q - one.q)[0]?.mechanism;
  return chosen === 'digest' && answerableChallenges(facts).length === 0 ? undefined : chosen;
}
