// What a decision adds to the history of its request, so that the next decision can look at it.
import type { Action, ActionOf } from '../policy/action.js';
import { sameRealm } from '../policy/challenge-choice.js';
import type { ChallengeFact, ChallengeVerdict, Facts } from '../policy/facts.js';
import type { AnsweredRealm, History } from '../policy/history.js';
import type { Challenge } from '../sip/challenge.js';
import { uriTest } from '../sip/uri.js';

/** The history with this outcome and the action taken on it. */
export function noteInHistory(history: History, facts: Facts, action: Action): History {
  const answered = noteAccepted(history.answered, facts);
  const minSe = facts.response.minSe;
  const noted: HistoryInTheMaking = { ...history, answered };
  if (minSe !== undefined) noted.largestMinSe = Math.max(minSe, history.largestMinSe ?? 0);
  if (action.type === 'giveUp' || action.type === 'accept') return noted;
  noted.taken = { ...history.taken, [action.type]: (history.taken[action.type] ?? 0) + 1 };
  return noteAction(noted, facts, action);
}

/** One copy that is filled in, where a copy for each member took nearly twice the time. */
type HistoryInTheMaking = { -readonly [K in keyof History]: History[K] };

/** How many nonces of a realm are remembered: enough to know one that was used a moment ago. */
const NONCES_KEPT = 8;

function noteAction(history: History, facts: Facts, action: Action): History {
  switch (action.type) {
    case 'authenticate':
      return noteAnswers(history, facts.response.challenges);
    case 'agreeSecurity':
      return noteAgreement(noteAnswers(history, facts.response.challenges), action);
    case 'wait':
      return { ...history, waits: { ...history.waits, [action.basis]: history.waits[action.basis] + 1 } };
    case 'dropExtensions':
      return { ...history, droppedTags: eachOnce([...history.droppedTags, ...action.tags]) };
    case 'addExtensions':
      return { ...history, addedTags: eachOnce([...history.addedTags, ...action.tags]) };
    case 'tryOtherServer':
      return noteServer(history, facts, action.server);
    case 'tryOtherTarget':
      return noteTargets(history, facts, action.uri);
    default:
      return history;
  }
}

/**
 * Credentials count as accepted when a request that carried them drew a 2xx, a 423, or a challenge from other realms
 * only. A provisional response proves nothing.
 */
function noteAccepted(answered: readonly AnsweredRealm[], facts: Facts): readonly AnsweredRealm[] {
  const { status, origin, response } = facts;
  if (origin !== 'wire' || answered.every(({ accepted }) => accepted)) return answered;
  if (status < 300 || status === 423) return answered.map((realm) => ({ ...realm, accepted: true }));
  if (response.challenges.length === 0) return answered;
  return answered.map((realm) =>
    response.challenges.some(({ challenge }) => sameRealm(challenge, realm)) ? realm : { ...realm, accepted: true },
  );
}

/** What is answered now: several challenges of one protection space, from forked proxies, are one round (RFC 3261 §22.3). */
function noteAnswers(history: History, challenges: readonly ChallengeFact[]): History {
  const given = challenges.filter(({ verdict, credentials }) => verdict !== 'rejected' && credentials !== 'none');
  const [only] = given;
  if (given.length === 1 && only !== undefined) return noteSpace(history, only.challenge, given);
  const ofSpace = (challenge: Challenge): readonly ChallengeFact[] =>
    given.filter((fact) => sameRealm(fact.challenge, challenge));
  return given
    .filter((fact) => ofSpace(fact.challenge)[0] === fact)
    .reduce((noted, { challenge }) => noteSpace(noted, challenge, ofSpace(challenge)), history);
}

/** The realms of an agreement on Digest, so that no later challenge bids it down (RFC 3329 §2.4). */
function noteAgreement(history: History, { mechanisms, challenges }: ActionOf<'agreeSecurity'>): History {
  const answered = history.answered.map((realm) => {
    const agreed = challenges.find((challenge) => sameRealm(challenge, realm))?.agreed;
    return agreed === undefined ? realm : { ...realm, agreed };
  });
  return { ...history, answered, securityServer: mechanisms };
}

function noteSpace(history: History, { kind, realm = '' }: Challenge, facts: readonly ChallengeFact[]): History {
  const { server } = history;
  const before = history.answered.find((one) => sameRealm(one, { kind, realm }));
  // Another server of the realm has other nonces, and refused nothing yet.
  const counts = before?.server === server ? before : undefined;
  const has = (wanted: ChallengeVerdict): boolean => facts.some(({ verdict }) => verdict === wanted);
  const nonces = facts.map(({ challenge }) => challenge.nonce ?? '').slice(-NONCES_KEPT);
  const after: AnsweredRealm = {
    kind,
    realm,
    nonces: before === undefined ? nonces : [...before.nonces, ...nonces].slice(-NONCES_KEPT),
    rounds: (counts?.rounds ?? 0) + (has('new') ? 1 : 0),
    stale: (counts?.stale ?? 0) + (has('stale') ? 1 : 0),
    accepted: before?.accepted ?? false,
    ...(server === undefined ? {} : { server }),
    ...(before?.agreed === undefined ? {} : { agreed: before.agreed }),
  };
  const others = history.answered.length === 0 ? [] : history.answered.filter((one) => one !== before);
  return {
    ...history,
    answered: others.length === 0 ? [after] : [...others, after],
    renewed: history.renewed || has('renewed'),
  };
}

function noteServer(history: History, facts: Facts, server: string): History {
  const left = history.server ?? facts.client.servers?.[0];
  return {
    ...history,
    server,
    serversTried: left === undefined ? history.serversTried : [...history.serversTried, left],
  };
}

/** The targets of this response come before those that are left of an earlier one. Proxies named by a 305 are none. */
function noteTargets(history: History, facts: Facts, uri: string): History {
  const offered = facts.status < 400 && facts.status !== 305 ? facts.response.choices : [];
  const isTried = uriTest(uri);
  const left = eachOnce([...offered, ...history.targetsLeft]).filter((target) => !isTried(target));
  return {
    ...history,
    targetsLeft: left.slice(0, facts.limits.maxRedirects),
    targetsTried: eachOnce([...history.targetsTried, uri]),
  };
}

/** A peer may name the same thing a thousand times. */
function eachOnce(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}
