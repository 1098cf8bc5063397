import fc from 'fast-check';
import { createActor } from 'xstate';
import { describe, expect, it } from 'vitest';
import { createRetryMachine } from '../../machines/retry.machine.js';
import { attemptEnded, type RetryEmitted } from '../../machines/retry-event.js';
import { actionStates } from '../../src/policy/action-state.js';
import { askOf } from '../../src/policy/action.js';
import { decide, type Decision } from '../../src/policy/decide.js';
import type { Facts } from '../../src/policy/facts.js';
import { lookUp } from '../../src/policy/look-up.js';
import type { RetryPolicy } from '../../src/policy/rule.js';
import { rfcPolicy } from '../../src/policy/table/index.js';
import { beginRecord, type RequestRecord } from '../../src/request/record.js';
import { arbitraryFacts } from '../policy/arbitrary-facts.js';
import { silentResponse } from '../policy/facts-with.js';
import { invite, register } from './requests.js';

const CASES_A_CODE = 40;

/** Every final status code, and the three ends that no response brings. */
const outcomes: readonly Pick<Facts, 'status' | 'origin'>[] = [
  ...Array.from({ length: 500 }, (_, index) => ({ status: 200 + index, origin: 'wire' as const })),
  { status: 408, origin: 'timer' },
  { status: 408, origin: 'restart' },
  { status: 503, origin: 'transport' },
];

describe('the chart and decide()', () => {
  it('agree on rule, state and decision for every code from 200 to 699, timeout, restart and transport error', () => {
    const seen = new Set<string>();
    let cases = 0;
    for (const outcome of outcomes) {
      for (const facts of sampleOf(outcome)) {
        const { rule, entered, value, emitted } = take(rfcPolicy, facts);
        const expected = decide(rfcPolicy, facts);
        expect(rule).toBe(expected.rule);
        expect(entered).toBe(stateOfRule(rfcPolicy, facts, expected));
        expectSameDecision(emitted, expected);
        expect(value).toEqual(stateAfter(emitted));
        seen.add(expected.rule);
        cases += 1;
      }
    }
    expect(cases).toBeGreaterThanOrEqual(20_000);
    // Edges that nothing reaches would prove nothing: nearly every row of the table is met.
    const rows = Object.values(rfcPolicy.entries).flatMap(({ rules }) => rules).length;
    expect(seen.size).toBeGreaterThan(rows * 0.8);
  }, 120_000);

  it('agree for a policy with entries and conditions of its own', () => {
    const policy: RetryPolicy = {
      ...rfcPolicy,
      name: 'own',
      entries: {
        ...rfcPolicy.entries,
        'REGISTER 403': {
          phrase: 'Forbidden',
          definedIn: 'RFC 3261 §21.4.4',
          impact: 'transaction',
          rules: [
            { when: ['hasRetryAfter', 'nobodyRinging'], do: 'wait', cite: 'local' },
            { do: 'giveUp', because: 'forbidden', cite: 'local' },
          ],
        },
      },
      conditions: {
        hasRetryAfter: ({ random }) => random < 0.5,
        endsUsage: (_facts, column) => column !== 'transaction',
      },
    };
    for (const outcome of [
      { status: 403, origin: 'wire' },
      { status: 481, origin: 'wire' },
    ] as const) {
      for (const facts of sampleOf(outcome)) {
        const { rule, emitted } = take(policy, facts);
        expect(rule).toBe(decide(policy, facts).rule);
        expectSameDecision(emitted, decide(policy, facts));
      }
    }
  });

  it('reach the same states in the compact chart, where codes that go the way of their class have no edges', () => {
    for (const outcome of outcomes.filter(({ status }) => status % 7 === 3)) {
      for (const facts of sampleOf(outcome).slice(0, 5)) {
        expect(take(rfcPolicy, facts, true).value).toEqual(take(rfcPolicy, facts).value);
      }
    }
  });
});

function sampleOf({ status, origin }: Pick<Facts, 'status' | 'origin'>): readonly Facts[] {
  return fc.sample(arbitraryFacts, { numRuns: CASES_A_CODE, seed: status }).map((facts) => ({
    ...facts,
    status,
    origin,
    ...(origin === 'wire' ? {} : { response: silentResponse }),
  }));
}

interface Taken {
  readonly rule: unknown;
  readonly entered: string | undefined;
  readonly value: unknown;
  readonly emitted: Decision;
}

/** Sends the facts to an actor in `pending` and sees the edge taken, the state reached and the decision emitted. */
function take(policy: RetryPolicy, facts: Facts, compact = false): Taken {
  const machine = createRetryMachine(policy, { compact });
  const context: RequestRecord = {
    ...beginRecord(facts.request.method === 'INVITE' ? invite : register, 0),
    history: facts.history,
  };
  const steps: { readonly target: readonly { readonly id: string }[] | undefined; readonly meta?: unknown }[] = [];
  const actor = createActor(machine, {
    snapshot: machine.resolveState({ value: 'pending', context }),
    inspect: (event) => {
      if (event.type === '@xstate.microstep') steps.push(...event._transitions);
    },
  });
  const emitted: RetryEmitted[] = [];
  actor.on('decision', (event) => emitted.push(event));
  actor.start();
  actor.send(attemptEnded(facts, { token: 'abcdefghijklmnop' }, 0));
  const [rule] = steps.flatMap(({ meta }) => (isRuleMeta(meta) ? [meta.rule] : []));
  const [edge] = steps.filter(({ meta }) => isRuleMeta(meta));
  const [decision, ...others] = emitted;
  if (decision?.type !== 'decision' || others.length > 0) throw new Error('one event makes one decision');
  return {
    rule,
    entered: edge?.target?.[0]?.id,
    value: actor.getSnapshot().value,
    emitted: decision.decision,
  };
}

function isRuleMeta(meta: unknown): meta is { readonly rule: string } {
  return typeof meta === 'object' && meta !== null && 'rule' in meta;
}

function stateOfRule(policy: RetryPolicy, facts: Facts, { rule }: Decision): string {
  const { entry } = lookUp(policy, facts.request.method, facts.status);
  const row = entry.rules[Number(rule.slice(rule.indexOf('#') + 1)) - 1];
  const state = actionStates[row?.do ?? 'giveUp'];
  return state === 'accepted' || state === 'gaveUp' ? `retry.${state}` : `retry.recovering.${state}`;
}

/** The chart may only turn an action into giving up, when the next request would be the last one again. */
function expectSameDecision(emitted: Decision, expected: Decision): void {
  if (emitted.action.type === 'giveUp' && expected.action.type !== 'giveUp') {
    expect(emitted).toEqual({
      ...expected,
      action: { type: 'giveUp', reason: 'cannotCorrect', detail: { wanted: expected.action.type } },
    });
  } else {
    expect(emitted).toEqual(expected);
  }
}

function stateAfter({ action }: Decision): unknown {
  const state = actionStates[action.type];
  if (state === 'accepted' || state === 'gaveUp') return state;
  const rests = action.type === 'wait' || askOf(action) !== null;
  return rests ? { recovering: state } : 'pending';
}
