// The public types carry the rules: what must not compile does not (checked by `npm run typecheck`).
import { describe, expect, expectTypeOf, it } from 'vitest';
import {
  type Action,
  type ActionOf,
  type ActionType,
  type Decision,
  decide,
  emptyHistory,
  type Facts,
  factsOf,
  type GiveUpReason,
  type History,
  rewrite,
  type Rewritten,
  rfcPolicy,
  type Rules,
  type SipRequest,
} from '../../src/index.js';
import { driveRetry, type Outcome, secret } from '../../machines/index.js';
import { extendPolicy, giveUpReasons } from '../../src/policy/custom.js';
import type { actionStates } from '../../src/policy/describe.js';
import { actionCosts, actionLabels, giveUpSentences } from '../../src/policy/describe.js';

const request: SipRequest = { method: 'REGISTER', uri: 'sip:example.com', headers: [], body: '' };

describe('public types', () => {
  it('decide takes facts and gives a decision', () => {
    expectTypeOf(decide).parameters.toEqualTypeOf<[typeof rfcPolicy, Facts]>();
    expectTypeOf(decide).returns.toEqualTypeOf<Decision>();
    expectTypeOf(factsOf).returns.toEqualTypeOf<Facts>();
    expect(decide(rfcPolicy, factsOf(request, 'timeout')).status).toBe(408);
  });

  it('an action is a union with a payload of its own for each type', () => {
    expectTypeOf<ActionOf<'raiseInterval'>['seconds']>().toEqualTypeOf<number>();
    expectTypeOf<ActionOf<'giveUp'>['reason']>().toEqualTypeOf<GiveUpReason>();
    expectTypeOf<Action['type']>().toEqualTypeOf<ActionType>();
    // @ts-expect-error a payload of another type
    const wrong: Action = { type: 'wait', seconds: 3 };
    expect(wrong.type).toBe('wait');
  });

  it('what is said of every action and reason is exhaustive', () => {
    expectTypeOf<keyof typeof actionCosts>().toEqualTypeOf<ActionType>();
    expectTypeOf<keyof typeof actionStates>().toEqualTypeOf<ActionType>();
    expectTypeOf<keyof typeof actionLabels>().toEqualTypeOf<ActionType>();
    expectTypeOf<keyof typeof giveUpSentences>().toEqualTypeOf<GiveUpReason>();
    expect(Object.keys(actionLabels)).toEqual(Object.keys(actionCosts));
    expect(Object.keys(giveUpSentences)).toEqual(giveUpReasons);
    expect(Object.keys(actionCosts).length).toBeGreaterThan(20);
  });

  it('rules without a last unconditional row do not compile', () => {
    // @ts-expect-error the last row has a condition
    const open: Rules = [{ when: ['hasRetryAfter'], do: 'wait', cite: 'local' }];
    // @ts-expect-error a row without conditions before the last
    const early: Rules = [
      { do: 'accept', cite: 'local' },
      { do: 'giveUp', because: 'busy', cite: 'local' },
    ];
    // @ts-expect-error an unknown condition
    const unknown: Rules = [
      { when: ['isTuesday'], do: 'wait', cite: 'local' },
      { do: 'accept', cite: 'local' },
    ];
    expect([open, early, unknown].map((rules) => rules.length)).toEqual([1, 2, 2]);
    expect(() => extendPolicy(rfcPolicy, { 486: open })).toThrow(/last rule/);
  });

  it('everything is readonly', () => {
    const history: History = { ...emptyHistory };
    // @ts-expect-error a member of a history is readonly
    history.attempts = 2;
    expectTypeOf<Rewritten['request']>().toEqualTypeOf<SipRequest>();
    expect(rewrite(request, { type: 'accept' }, { token: 't' }).request.method).toBe('REGISTER');
  });

  it('no type of XState is needed to drive a request', async () => {
    const driven = driveRetry({ request, credentials: [{ username: 'alice', password: secret('x') }] });
    expectTypeOf<typeof driven>().toHaveProperty('start').returns.toEqualTypeOf<Promise<Outcome>>();
    // @ts-expect-error an event that does not exist
    expect(() => driven.on('sent', () => undefined)).toThrow('did you mean "send"');
    const outcome = driven.start();
    driven.receive({ status: 200, reason: 'OK', headers: [], body: '' });
    expect(await outcome).toMatchObject({ type: 'accepted', status: 200 });
  });
});
