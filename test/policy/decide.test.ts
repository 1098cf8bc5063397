import { describe, expect, it } from 'vitest';
import { conditionOf, decide } from '../../src/policy/decide.js';
import type { RetryPolicy, Rule, Rules } from '../../src/policy/rule.js';
import { rfcPolicy } from '../../src/policy/table/index.js';
import { factsWith } from './arbitrary-facts.js';

/** The policy of the RFCs with other rows for 486. */
function policyWith(rows: readonly Rule[]): RetryPolicy {
  const busy = rfcPolicy.entries['486'];
  if (busy === undefined || !areRules(rows)) throw new Error('no rows');
  return { ...rfcPolicy, entries: { ...rfcPolicy.entries, 486: { ...busy, rules: rows } } };
}

/** A policy from elsewhere may have rows that the types forbid. */
function areRules(rows: readonly Rule[]): rows is Rules {
  return rows.length > 0;
}

describe('decide', () => {
  it('takes the first row whose conditions all hold, and tells what it looked at', () => {
    const decision = decide(rfcPolicy, factsWith({ status: 486, response: { retryAfter: { seconds: 60 } } }));
    expect(decision).toEqual({
      action: { type: 'wait', delayMs: 63_000, basis: 'retryAfter', reorigination: 'fresh' },
      impact: 'transaction',
      aftermath: 'none',
      rule: '486#3',
      cite: ['RFC 3261 §21.4.24'],
      status: 486,
      treatedAs: 486,
      trace: [
        { condition: 'targetLeft', held: false },
        { condition: 'isInDialog', held: false },
        { condition: 'hasRetryAfter', held: true },
      ],
    });
  });

  it('looks no further in a row than the first condition that does not hold', () => {
    const { trace } = decide(rfcPolicy, factsWith({ status: 423 }));
    expect(trace.map(({ condition }) => condition)).toEqual([
      'intervalApplies',
      'intervalApplies',
      'targetLeft',
      'intervalApplies',
    ]);
  });

  it('cites the limit, too, where a limit denied the action', () => {
    const denied = decide(
      rfcPolicy,
      factsWith({
        status: 401,
        history: { attempts: 8 },
        response: {
          challengesOffered: 1,
          challenges: [
            {
              challenge: { kind: 'user', scheme: 'Digest', realm: 'a', nonce: 'n', stale: false, userhash: false },
              verdict: 'new',
              credentials: 'known',
            },
          ],
        },
      }),
    );
    expect(denied.cite).toEqual(['RFC 3261 §22.2', 'local: the limit maxAttempts']);
    expect(denied.action).toEqual({
      type: 'giveUp',
      reason: 'attemptsExhausted',
      detail: { wanted: 'authenticate', limit: 'maxAttempts', value: 8 },
    });
  });

  it('gives up where an action has nothing to be made of', () => {
    const policy = policyWith([{ do: 'authenticate', cite: 'local' }]);
    expect(decide(policy, factsWith({ status: 486 })).action).toEqual({
      type: 'giveUp',
      reason: 'cannotCorrect',
      detail: { wanted: 'authenticate' },
    });
  });

  it('answers even where the last row has conditions', () => {
    const policy = policyWith([{ when: ['hasBody'], do: 'accept', cite: 'local' }]);
    const decision = decide(policy, factsWith({ status: 486 }));
    expect(decision).toMatchObject({ rule: '486#0', action: { reason: 'refused' } });
    expect(decision.cite).toEqual(['local: the entry has no last row']);
  });

  it('gives a custom action its name, and tells the application what the response destroys', () => {
    const named = policyWith([{ do: 'custom', name: 'page the operator', cite: 'local' }]);
    expect(decide(named, factsWith({ status: 486 })).action).toEqual({ type: 'custom', name: 'page the operator' });
    expect(decide(policyWith([{ do: 'custom', cite: 'local' }]), factsWith({ status: 486 })).action).toEqual({
      type: 'custom',
      name: 'custom',
    });
    const gone = rfcPolicy.entries['404'];
    const policy = {
      ...rfcPolicy,
      entries: {
        ...rfcPolicy.entries,
        404: { ...gone, phrase: '', definedIn: 'local', impact: 'dialog', rules: [{ do: 'custom', cite: 'local' }] },
      },
    } as const satisfies RetryPolicy;
    expect(decide(policy, factsWith({ status: 404, request: { inDialog: true } }))).toMatchObject({
      impact: 'dialog',
      aftermath: 'none',
    });
  });

  it('gives a reason where a row has none', () => {
    const policy = policyWith([{ do: 'giveUp', cite: 'local' }]);
    expect(decide(policy, factsWith({ status: 486 })).action).toEqual({ type: 'giveUp', reason: 'refused' });
  });

  it('republishes nothing but a conditional PUBLISH', () => {
    const policy = policyWith([{ do: 'republish', cite: 'local' }]);
    expect(decide(policy, factsWith({ status: 486 })).action).toMatchObject({ detail: { wanted: 'republish' } });
  });
});

describe('conditionOf', () => {
  it('prefers the meaning that the policy gives to a condition', () => {
    const policy: RetryPolicy = { ...rfcPolicy, conditions: { isInDialog: () => true } };
    expect(conditionOf(policy, 'isInDialog')(factsWith(), 'transaction')).toBe(true);
    expect(conditionOf(rfcPolicy, 'isInDialog')(factsWith(), 'transaction')).toBe(false);
    expect(decide(policy, factsWith({ status: 486 })).rule).toBe('486#2');
  });
});
