// What no decision may ever do, whatever the facts: 20,000 of them for each sentence.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { actionTypes } from '../../src/policy/vocabulary.js';
import { askOf } from '../../src/policy/action.js';
import { isCitation } from '../../src/policy/citation.js';
import { decide } from '../../src/policy/decide.js';
import type { Facts } from '../../src/policy/facts.js';
import { maxWaitOf } from '../../src/policy/limits.js';
import { rfcPolicy } from '../../src/policy/table/index.js';
import { arbitraryFacts, factsWith } from './arbitrary-facts.js';
import type { Challenge } from '../../src/sip/challenge.js';

const RUNS = { numRuns: 20_000, seed: 20_260_101 };

/** Drawn once for all sentences; a sentence that fails draws its own, so that the counterexample is made small. */
const drawn = fc.sample(arbitraryFacts, RUNS);

function always(holds: (facts: Facts) => void): void {
  try {
    for (const facts of drawn) holds(facts);
  } catch {
    fc.assert(fc.property(arbitraryFacts, holds), RUNS);
    expect.unreachable('a sentence failed that holds for the same facts now');
  }
}

/** Facts as a bug report has them. */
function pasted(facts: Facts): Facts {
  return JSON.parse(JSON.stringify(facts)) as Facts;
}

describe('decide', () => {
  it('is total: it answers, and says where that comes from', () => {
    always((facts) => {
      const { action, cite, rule, treatedAs } = decide(rfcPolicy, facts);
      expect(actionTypes).toContain(action.type);
      expect(cite.length).toBeGreaterThan(0);
      expect(cite.every(isCitation)).toBe(true);
      expect(rule).toMatch(/#[1-9]$/);
      expect([facts.status, Math.floor(facts.status / 100) * 100]).toContain(treatedAs);
    });
  });

  it.each([0, 99, 100, 199, 700, 999, -1, 486.5, NaN, Infinity])(
    'answers for a status of %s, which is none',
    (status) => {
      expect(decide(rfcPolicy, factsWith({ status })).cite).not.toEqual([]);
    },
  );

  it('never waits for less than Retry-After says, nor for more than the limit (RFC 3261 §20.33)', () => {
    always((facts) => {
      const { action } = decide(rfcPolicy, facts);
      if (action.type !== 'wait') return;
      expect(Number.isSafeInteger(action.delayMs)).toBe(true);
      expect(action.delayMs).toBeGreaterThanOrEqual((facts.response.retryAfter?.seconds ?? 0) * 1_000);
      expect(action.delayMs).toBeLessThanOrEqual(maxWaitOf(facts.limits, facts.request.method));
      expect(facts.elapsedMs + action.delayMs).toBeLessThanOrEqual(facts.limits.maxElapsedMs ?? Infinity);
    });
  });

  it('never sends credentials that were just refused (RFC 3261 §22.1)', () => {
    always((facts) => {
      const { action } = decide(rfcPolicy, facts);
      if (!('challenges' in action)) return;
      const answerable = facts.response.challenges
        .filter(({ verdict, credentials }) => verdict !== 'rejected' && credentials !== 'none')
        .map(({ challenge }) => challenge);
      // An agreement on Digest answers the same challenges with the algorithm and qop of the list (RFC 3329 §2.4).
      const isAgreed = action.type === 'agreeSecurity' && action.chosen === 'digest';
      const agreed = facts.response.securityServer.flatMap(({ challenges = [] }) => challenges);
      for (const challenge of action.challenges) {
        expect(isAgreed ? agreed : answerable).toContain(challenge);
        expect(answerable.map(spaceAndNonce)).toContainEqual(spaceAndNonce(challenge));
      }
      if (action.type === 'authenticate') expect(action.challenges).not.toEqual([]);
    });
  });

  it('gives the same decision for the same facts, and for facts that went through JSON', () => {
    always((facts) => {
      const before = JSON.stringify(facts);
      const decision = decide(rfcPolicy, facts);
      expect(decide(rfcPolicy, facts)).toEqual(decision);
      expect(decide(rfcPolicy, pasted(facts))).toEqual(decision);
      expect(JSON.stringify(facts)).toBe(before);
    });
  });

  it('gives a decision that JSON keeps', () => {
    always((facts) => {
      const decision = decide(rfcPolicy, facts);
      expect(JSON.parse(JSON.stringify(decision))).toEqual(decision);
    });
  });

  it('stops at the limit on attempts, and says which limit it was', () => {
    always((facts) => {
      const { action } = decide(rfcPolicy, {
        ...facts,
        history: { ...facts.history, attempts: facts.limits.maxAttempts },
      });
      expect(['giveUp', 'accept']).toContain(action.type);
      if (action.type !== 'giveUp' || action.reason !== 'attemptsExhausted') return;
      expect(action.detail).toMatchObject({ limit: 'maxAttempts', value: facts.limits.maxAttempts });
    });
  });

  it('raises intervals, strictly and within the limit (RFC 3261 §10.2.8, RFC 4028 §7.4)', () => {
    always((facts) => {
      const { action } = decide(rfcPolicy, facts);
      if (action.type !== 'raiseInterval') return;
      const { request, limits } = facts;
      if (action.header === 'Expires') expect(action.seconds).toBeGreaterThan(request.expires ?? 0);
      else expect(action.minSe ?? 0).toBeGreaterThan(0);
      const asked = Math.max(request.sessionExpires ?? 0, 3_600);
      expect(action.seconds).toBeLessThanOrEqual(Math.max(limits.maxIntervalSeconds, asked));
    });
  });

  it('goes to no server and to no target twice (RFC 3263 §4.3, RFC 3261 §8.1.3.4)', () => {
    always((facts) => {
      const { action } = decide(rfcPolicy, facts);
      const { history, request, client } = facts;
      if (action.type === 'tryOtherServer') {
        expect([...history.serversTried, history.server ?? client.servers?.[0]]).not.toContain(action.server);
        expect(history.provisional).not.toBe('alerting');
      }
      const targets =
        action.type === 'tryOtherTarget' ? [action.uri] : action.type === 'chooseTarget' ? action.choices : [];
      for (const uri of targets) expect([...history.targetsTried, request.uri]).not.toContain(uri);
    });
  });

  it('never leaves SIPS by itself (RFC 5630 §5.1.1)', () => {
    always((facts) => {
      const { action } = decide(rfcPolicy, { ...facts, history: { ...facts.history, targetsLeft: [] } });
      if (facts.request.scheme !== 'sips') return;
      if (action.type === 'changeUri' && action.why === 'scheme') expect.unreachable();
      if (action.type === 'tryOtherTarget') expect(action.uri).toMatch(/^sips:/);
    });
  });

  it('clears up only after giving up, and only what the response destroyed (RFC 5057 §5.1)', () => {
    always((facts) => {
      const { action, impact, aftermath } = decide(rfcPolicy, facts);
      if (aftermath !== 'none')
        expect([action.type, facts.request.inDialog, impact !== 'transaction']).toEqual(['giveUp', true, true]);
      if (action.type !== 'giveUp') expect(impact).toBe('transaction');
    });
  });

  it('retries no ACK, no CANCEL, and a BYE only to let the peer know (RFC 3261 §9.1, §15.1.1)', () => {
    always((facts) => {
      const { action } = decide(rfcPolicy, facts);
      const { method, inDialog } = facts.request;
      if (method === 'ACK' || method === 'CANCEL') expect(['accept', 'giveUp']).toContain(action.type);
      if (method === 'BYE' && inDialog) {
        expect(['accept', 'giveUp', 'authenticate', 'agreeSecurity', 'tryOtherServer']).toContain(action.type);
      }
    });
  });

  it('asks for what an action needs, and for nothing at the end', () => {
    always((facts) => {
      const { action } = decide(rfcPolicy, facts);
      if (action.type === 'giveUp' || action.type === 'accept' || action.type === 'wait')
        expect(askOf(action)).toBeNull();
    });
  });
});

function spaceAndNonce({ kind, realm, nonce }: Challenge): readonly (string | undefined)[] {
  return [kind, realm, nonce];
}
