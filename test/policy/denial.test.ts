import { describe, expect, it } from 'vitest';
import type { Action } from '../../src/policy/action.js';
import { denialOf, isChargeable } from '../../src/policy/denial.js';
import { type FactsOverrides, factsWith } from './arbitrary-facts.js';

const wait = (delayMs: number, basis: 'retryAfter' | 'glare' | 'backoff' = 'backoff'): Action => ({
  type: 'wait',
  delayMs,
  basis,
  reorigination: 'retry',
});
const drop: Action = { type: 'dropExtensions', tags: ['100rel'] };
const elsewhere: Action = { type: 'tryOtherServer', server: 'sip:b', reorigination: 'failover' };
const raise: Action = { type: 'raiseInterval', header: 'Expires', seconds: 3_600 };
const follow: Action = { type: 'tryOtherTarget', uri: 'sip:b@h', as: 'requestUri' };

function denied(action: Action, overrides: FactsOverrides = {}) {
  const { reason, detail } = denialOf(action, factsWith(overrides))?.action ?? {};
  return reason === undefined ? undefined : { reason, ...detail };
}

describe('denialOf', () => {
  it('denies nothing that sends nothing', () => {
    const none = {
      history: { attempts: 99 },
      limits: { maxElapsedMs: 0 },
      elapsedMs: 1,
      budgetBalance: 0,
      ceilingLeft: 0,
    };
    expect(denied({ type: 'giveUp', reason: 'busy' }, none)).toBeUndefined();
    expect(denied({ type: 'accept' }, { request: { method: 'CANCEL' } })).toBeUndefined();
  });

  it.each(['ACK', 'CANCEL'])('retries no %s, and says no other reason (RFC 3261 §9.1, §17.1.1.3)', (method) => {
    expect(denied(drop, { request: { method } })).toEqual({ reason: 'notRetriable', wanted: 'dropExtensions' });
    expect(denied({ type: 'giveUp', reason: 'noCredentials' }, { request: { method } })).toEqual({
      reason: 'notRetriable',
    });
  });

  it('lets a BYE go only where it tells the peer (RFC 3261 §15.1.1)', () => {
    const bye = { request: { method: 'BYE', inDialog: true } };
    expect(denied(drop, bye)).toEqual({ reason: 'usageEnded', wanted: 'dropExtensions' });
    expect(denied(elsewhere, bye)).toBeUndefined();
    expect(denied(drop, { request: { method: 'BYE' } })).toBeUndefined();
  });

  it('counts attempts, the first included', () => {
    expect(denied(drop, { history: { attempts: 7 } })).toBeUndefined();
    expect(denied(drop, { history: { attempts: 8 } })).toEqual({
      reason: 'attemptsExhausted',
      wanted: 'dropExtensions',
      limit: 'maxAttempts',
      value: 8,
    });
  });

  it.each<[Action, FactsOverrides, string, number]>([
    [raise, { history: { taken: { raiseInterval: 2 } } }, 'maxRaises', 2],
    [follow, { history: { taken: { tryOtherTarget: 10 } }, limits: { maxAttempts: 20 } }, 'maxRedirects', 10],
    [wait(1, 'glare'), { history: { waits: { glare: 5 } } }, 'maxGlareRounds', 5],
  ])('counts what %j is, up to a limit', (action, overrides, limit, value) => {
    expect(denied(action, overrides)).toMatchObject({ reason: 'attemptsExhausted', limit, value });
    expect(denied(action)).toBeUndefined();
  });

  it('counts glare only for glare', () => {
    expect(denied(wait(1), { history: { waits: { glare: 5 } } })).toBeUndefined();
  });

  it('denies a wait that is too long, and says whose it was', () => {
    const told = { response: { retryAfter: { seconds: 301 } } };
    expect(denied(wait(301_000, 'retryAfter'), told)).toEqual({
      reason: 'retryAfterTooLong',
      wanted: 'wait',
      limit: 'maxWaitMs',
      value: 300_000,
      found: 301_000,
      notBefore: 301_000,
    });
    expect(denied(wait(300_000), told)).toBeUndefined();
    expect(denied(wait(300_001))).toMatchObject({ reason: 'deadlinePassed', limit: 'maxWaitMs' });
    const short = { response: { retryAfter: { seconds: 5 } } };
    expect(denied(wait(300_001), short)).toMatchObject({ reason: 'deadlinePassed', notBefore: 5_000 });
  });

  it('denies a wait that would end too late, before it begins', () => {
    const limits = { maxElapsedMs: 10_000 };
    expect(denied(wait(5_000), { limits, elapsedMs: 5_000 })).toBeUndefined();
    expect(denied(wait(5_001), { limits, elapsedMs: 5_000 })).toEqual({
      reason: 'deadlinePassed',
      wanted: 'wait',
      limit: 'maxElapsedMs',
      value: 10_000,
      found: 10_001,
    });
  });

  it('denies everything once the time is over', () => {
    expect(denied(drop, { limits: { maxElapsedMs: 10 }, elapsedMs: 10 })).toBeUndefined();
    expect(denied(drop, { limits: { maxElapsedMs: 10 }, elapsedMs: 11 })).toMatchObject({
      reason: 'deadlinePassed',
      found: 11,
    });
  });

  it('lets the shared budget pay for what adds load, and for nothing else', () => {
    expect(denied(elsewhere, { budgetBalance: 0.5 })).toMatchObject({ reason: 'budgetExhausted', found: 0.5 });
    expect(denied(elsewhere, { budgetBalance: 1 })).toBeUndefined();
    expect(denied(drop, { budgetBalance: 0 })).toBeUndefined();
    expect([wait(1), wait(1, 'retryAfter'), wait(1, 'glare'), drop, follow].map(isChargeable)).toEqual([
      true,
      false,
      false,
      false,
      true,
    ]);
  });

  it('says the balance that was too small, and what an action costs', () => {
    expect(denied(elsewhere, { budgetBalance: 0.8 })).toEqual({
      reason: 'budgetExhausted',
      wanted: 'tryOtherServer',
      limit: 'budgetBalance',
      value: 1,
      found: 0.8,
    });
  });

  it('adds nothing at the ceiling, and says how much was left of what', () => {
    expect(denied(drop, { ceilingLeft: 0, limits: { ceilingPerMinute: 12 } })).toEqual({
      reason: 'ceilingReached',
      wanted: 'dropExtensions',
      limit: 'ceilingPerMinute',
      value: 12,
      found: 0,
    });
    expect(denied(drop, { ceilingLeft: 1 })).toBeUndefined();
  });

  it('lets a wait of at least a minute begin at the ceiling, which is counted anew by then', () => {
    expect(denied(wait(59_999, 'retryAfter'), { ceilingLeft: 0 })).toMatchObject({
      reason: 'ceilingReached',
      found: 0,
    });
    expect(denied(wait(60_000, 'retryAfter'), { ceilingLeft: 0 })).toBeUndefined();
    expect(denied(wait(60_000, 'glare'), { ceilingLeft: 0 })).toBeUndefined();
    expect(denied(wait(60_000, 'backoff'), { ceilingLeft: 0, budgetBalance: 0 })).toMatchObject({
      reason: 'budgetExhausted',
    });
  });

  it('sees in the ceiling of one server nothing against another server, but something against a redirection', () => {
    expect(denied(elsewhere, { ceilingLeft: 0 })).toBeUndefined();
    expect(denied(follow, { ceilingLeft: 0 })).toMatchObject({ reason: 'ceilingReached', wanted: 'tryOtherTarget' });
  });

  it('sends nothing more with credentials that were just refused (RFC 3261 §22.1)', () => {
    const challenge = {
      kind: 'user',
      scheme: 'Digest',
      realm: 'a',
      nonce: 'n',
      stale: false,
      userhash: false,
    } as const;
    const challenges = [{ challenge, verdict: 'rejected', credentials: 'known' }] as const;
    expect(denied(elsewhere, { response: { challenges } })).toEqual({
      reason: 'credentialsRejected',
      wanted: 'tryOtherServer',
      named: ['a'],
    });
  });
});
