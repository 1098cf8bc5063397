// Which challenges to answer: the choice of RFC 8760 §2.3 and §2.4, and what a second challenge means (RFC 3261 §22.1).
import type { ChallengeFact, ChallengeVerdict, Client, Facts, RealmOf } from './facts.js';
import type { AnsweredRealm, History } from './history.js';
import type { Limits } from './limits.js';
import { unescape, type Challenge } from '../sip/challenge.js';
import { digestHashOf, readAnswerable, type DigestAlgorithm } from '../sip/digest-algorithm.js';
import { agreedChallenge, isKnownDigest } from '../sip/security-agreement.js';

/** The challenges that are understood, one algorithm a realm, each with what it means after what went before. */
export function judgeChallenges(
  offered: readonly Challenge[],
  history: History,
  client: Client,
  limits: Limits,
): readonly ChallengeFact[] {
  return chooseChallenges(offered, client).map((challenge) => ({
    challenge: asAgreed(challenge, history),
    verdict: verdictOn(challenge, history, client, limits),
    credentials: credentialsFor(challenge, client),
  }));
}

/** After an agreement on Digest no challenge of that realm bids algorithm and qop down again (RFC 3329 §2.4). */
function asAgreed(challenge: Challenge, { answered }: History): Challenge {
  const entry = answered.find((one) => one.agreed !== undefined && sameRealm(one, challenge))?.agreed;
  return entry === undefined ? challenge : agreedChallenge(challenge, entry);
}

/** The challenges that are answered as an entry of Security-Server wants it; `undefined` for one that nobody here can. */
export function agreeable(
  judged: readonly ChallengeFact[],
  entry: string,
  client: Client,
): readonly Challenge[] | undefined {
  if (!isKnownDigest(entry)) return undefined;
  return chooseChallenges(
    answerable(judged).map((challenge) => agreedChallenge(challenge, entry)),
    client,
  );
}

/** The challenges of this response that are answered in the next request. */
export function answerableChallenges({ response }: Facts): readonly Challenge[] {
  return answerable(response.challenges);
}

function answerable(judged: readonly ChallengeFact[]): readonly Challenge[] {
  return judged
    .filter(({ verdict, credentials }) => verdict !== 'rejected' && credentials !== 'none')
    .map(({ challenge }) => challenge);
}

/**
 * RFC 8760 §2.3: rows of one realm with different algorithms are alternatives, and the topmost that is supported is
 * used. Rows with the same algorithm come from different forked proxies (RFC 3261 §22.3): each is answered.
 */
export function chooseChallenges(offered: readonly Challenge[], client: Client): readonly Challenge[] {
  let chosen: readonly Challenge[] = [];
  let algorithms: readonly DigestAlgorithm[] = [];
  for (const challenge of offered) {
    const algorithm = usableAlgorithm(challenge, client);
    if (algorithm === undefined || chosen.length === MOST_ANSWERS) continue;
    // All that were chosen of one space have one algorithm, so each of them can be compared with.
    const isRefused = chosen.some(
      (one, at) => sameRealm(one, challenge) && (algorithms[at] !== algorithm || isRepeated(one, challenge)),
    );
    if (isRefused) continue;
    // Mostly there is one: lists of just its length take a fifth of the memory of lists that grow.
    algorithms = algorithms.length === 0 ? [algorithm] : [...algorithms, algorithm];
    chosen = chosen.length === 0 ? [challenge] : [...chosen, challenge];
  }
  return chosen;
}

function isRepeated(one: Challenge, other: Challenge): boolean {
  return one.realm === other.realm && one.nonce === other.nonce;
}

/** Credentials that were sent for one of the realms have just been refused. */
export function challengeRejects({ response }: Facts): boolean {
  return response.challenges.some(({ verdict }) => verdict === 'rejected');
}

/** Credentials went out with this request that no server has accepted, now or for an earlier request. */
export function credentialsUnproven({ history, client }: Facts): boolean {
  return history.answered.some((answered) => !isAccepted(answered, client));
}

/** The realms that refused the credentials sent: by a challenge, or by a 403 without any (RFC 3261 §22.1). */
export function rejectedRealms({ response, history, client }: Facts): readonly string[] {
  const rejected = response.challenges
    .filter(({ verdict }) => verdict === 'rejected')
    .map(({ challenge }) => challenge);
  const realms = rejected.length > 0 ? rejected : history.answered.filter((answered) => !isAccepted(answered, client));
  return [...new Set(realms.map(realmOf))];
}

/** The realm as received; that of nobody where it is missing. */
export function realmOf({ realm = '' }: { readonly realm?: string }): string {
  return realm;
}

/** Whether two challenges, or a challenge and what is remembered of one, belong to the same protection space. */
export function sameRealm(one: { kind: string; realm?: string }, other: { kind: string; realm?: string }): boolean {
  return one.kind === other.kind && (one.realm === other.realm || unescape(realmOf(one)) === unescape(realmOf(other)));
}

/** More rows than this in one request help nobody: a response with 200 challenges is an attack. */
const MOST_ANSWERS = 8;

/**
 * MD5 is NOT RECOMMENDED (RFC 8760 §3); who refuses it leaves such a challenge unanswered. So is one that needs another
 * hash function than the HA1 that is known was made with: an alternative further down may fit.
 */
function usableAlgorithm(challenge: Challenge, client: Client): DigestAlgorithm | undefined {
  const algorithm = readAnswerable(challenge)?.algorithm;
  if (algorithm === undefined || (client.refuseMd5 === true && algorithm.startsWith('MD5'))) return undefined;
  const needed = digestHashOf(algorithm);
  const name = unescape(realmOf(challenge));
  let isKnown = false;
  for (const { realm = name, hash = needed } of client.credentials ?? []) {
    if (realm !== name) continue;
    if (hash === needed) return algorithm;
    isKnown = true;
  }
  return isKnown ? undefined : algorithm;
}

function verdictOn(challenge: Challenge, history: History, client: Client, limits: Limits): ChallengeVerdict {
  const answered = history.answered.find((one) => sameRealm(one, challenge));
  if (answered === undefined) return listed(client.rejectedRealms, challenge) ? 'rejected' : 'new';
  const reused = answered.nonces.some((nonce) => nonce === challenge.nonce);
  if (challenge.stale) {
    // A nonce that was used a moment ago cannot have expired: stale then masks refused credentials.
    if (reused) return 'rejected';
    return answered.stale < limits.maxStale ? 'stale' : 'staleTooOften';
  }
  if (answered.rounds < limits.maxRoundsPerRealm) return 'new';
  if (!reused && answered.server !== history.server) return 'new';
  return isAccepted(answered, client) && !history.renewed && !reused ? 'renewed' : 'rejected';
}

function isAccepted(answered: AnsweredRealm, client: Client): boolean {
  return answered.accepted || listed(client.acceptedRealms, answered);
}

function listed(realms: readonly RealmOf[] | undefined, realm: { kind: string; realm?: string }): boolean {
  return realms !== undefined && realms.some((one) => sameRealm(one, realm));
}

function credentialsFor(challenge: Challenge, client: Client): ChallengeFact['credentials'] {
  if (client.credentials === undefined) return 'unknown';
  const name = unescape(realmOf(challenge));
  return client.credentials.some(({ realm = name }) => realm === name) ? 'known' : 'none';
}
