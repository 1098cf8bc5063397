// Hostile servers, 100,000 seeded runs in virtual time: whatever they answer, the UAC stays within its bounds.
import { describe, expect, it } from 'vitest';
import { firstHeader } from '../../src/sip/header-list.js';
import { readCSeq } from '../../src/sip/cseq.js';
import { topVia } from '../../src/sip/via.js';
import { defaultLimits } from '../../src/policy/limits.js';
import { actionCosts } from '../../src/policy/action.js';
import { seededRandom } from '../../src/timing/random.js';
import { methods, requestOf } from './requests.js';
import { type Attempt, runRequest } from './run-request.js';
import { credentialsSent, hostileServer } from './servers.js';

const RUNS = 100_000;

describe('a UAC against hostile servers', () => {
  const runs = { count: 0, attempts: 0, longest: 0 };
  const faults: string[] = [];

  it(`keeps its promises in ${RUNS} seeded runs`, () => {
    for (let seed = 1; seed <= RUNS && faults.length < 5; seed += 1) {
      const attempts = runBySeed(seed);
      runs.count += 1;
      runs.attempts += attempts.length;
      runs.longest = Math.max(runs.longest, attempts.length);
      for (const promise of promises) {
        const fault = promise(attempts);
        if (fault !== undefined) faults.push(`seed ${seed}: ${fault}`);
      }
    }
    expect(faults).toEqual([]);
    // The servers are hostile enough: runs go on for several attempts, and some to the limit.
    expect(runs.attempts / runs.count).toBeGreaterThan(1.5);
    expect(runs.longest).toBe(defaultLimits.maxAttempts);
  }, 240_000);

  it('gives the same run for the same seed', () => {
    for (let seed = 1; seed <= 500; seed += 1) expect(runBySeed(seed)).toEqual(runBySeed(seed));
  });
});

function runBySeed(seed: number): readonly Attempt[] {
  const random = seededRandom(seed * 7919);
  const method = methods[Math.floor(random() * methods.length)]!;
  const request = requestOf(method, method === 'BYE' || method === 'INFO' || random() < 0.25);
  const servers = ['sip:a.example.com', 'sip:b.example.com', 'sip:c.example.com'].slice(0, Math.floor(random() * 4));
  return runRequest(request, hostileServer(random), {
    seed,
    client: {
      servers,
      supported: ['timer', '100rel', 'path'],
      redial: random() < 0.3,
      ...(random() < 0.5 ? { ownsCallId: random() < 0.5 } : {}),
    },
  });
}

/** What must hold in every run; each says what is wrong, or nothing. */
const promises: readonly ((attempts: readonly Attempt[]) => string | undefined)[] = [
  isBounded,
  waitsForRetryAfter,
  neverSendsRejectedCredentials,
  movesForward,
];

/** The number of requests is bounded by the limit on attempts. */
function isBounded(attempts: readonly Attempt[]): string | undefined {
  return attempts.length > defaultLimits.maxAttempts ? `${attempts.length} attempts` : undefined;
}

/** Nothing goes to the same server before its Retry-After allows, but for a correction that the server asked for. */
function waitsForRetryAfter(attempts: readonly Attempt[]): string | undefined {
  for (const [before, after] of pairs(attempts)) {
    const told = before.facts.response.retryAfter?.seconds;
    const { action } = before.decision;
    if (told === undefined || actionCosts[action.type] === 'free') continue;
    if (action.type === 'tryOtherServer' || action.type === 'tryOtherTarget') continue;
    if (after.at - before.at < told * 1000) return `sent ${after.at - before.at} ms after Retry-After: ${told}`;
  }
  return undefined;
}

/**
 * RFC 3261 §22.1. An oracle of its own: a server that challenges again without stale, after credentials for a nonce of
 * its own, has refused them. That they had been accepted in this run (423, or a challenge from other realms only)
 * excuses one new nonce.
 */
function neverSendsRejectedCredentials(attempts: readonly Attempt[]): string | undefined {
  const refused = new Map<string, number>();
  const accepted = new Set<string>();
  const issued = new Set<string>();
  let excused = 0;
  for (const { sent, facts, server } of attempts) {
    const carried = credentialsSent(sent);
    for (const { realm } of carried) {
      const times = refused.get(`${server} ${realm}`) ?? 0;
      if (times > 0 && !(accepted.has(realm) && excused <= 1))
        return `credentials for ${realm} sent again to ${server}`;
    }
    if (facts.origin !== 'wire') continue;
    const asked = facts.response.challenges.map(({ challenge }) => challenge);
    for (const { realm, nonce } of carried) {
      const again = asked.filter((challenge) => `${challenge.kind} ${challenge.realm}` === realm);
      if (facts.status === 423 || (asked.length > 0 && again.length === 0)) accepted.add(realm);
      if (again.some(({ stale }) => !stale) && issued.has(`${server} ${nonce}`)) {
        refused.set(`${server} ${realm}`, (refused.get(`${server} ${realm}`) ?? 0) + 1);
        if (accepted.has(realm)) excused += 1;
      }
    }
    for (const { nonce } of asked) issued.add(`${server} ${nonce}`);
  }
  return undefined;
}

/** Every request has a new branch, a CSeq that grew (but for an identical fail-over copy), and a reason to differ. */
function movesForward(attempts: readonly Attempt[]): string | undefined {
  const branches = new Set<string>();
  for (const { sent } of attempts) {
    const branch = topVia(sent.headers)?.branch ?? '';
    if (branches.has(branch)) return `branch ${branch} used twice`;
    branches.add(branch);
  }
  for (const [before, after] of pairs(attempts)) {
    const { action } = before.decision;
    const copies =
      action.type === 'tryOtherServer' && action.reorigination === 'failover' && before.sent.method !== 'REGISTER';
    const [was, is] = [readCSeq(before.sent.headers)?.number ?? 0, readCSeq(after.sent.headers)?.number ?? 0];
    if (copies ? is !== was : is <= was) return `CSeq ${was} then ${is} on ${action.type}`;
    if (actionCosts[action.type] === 'free' && essenceOf(before) === essenceOf(after))
      return `${action.type} changed nothing`;
    const sameCall = firstHeader(before.sent.headers, 'Call-ID') === firstHeader(after.sent.headers, 'Call-ID');
    if (sameCall === (action.type === 'wait' && action.reorigination === 'fresh'))
      return `Call-ID after ${action.type}`;
  }
  return undefined;
}

/** The request without what every new transaction changes. */
function essenceOf({ sent }: Attempt): string {
  const kept = sent.headers.filter(([name]) => !['Via', 'CSeq'].includes(name));
  return JSON.stringify([sent.uri, kept, sent.body]);
}

function pairs(attempts: readonly Attempt[]): readonly (readonly [Attempt, Attempt])[] {
  return attempts.slice(1).map((after, index) => [attempts[index]!, after] as const);
}
