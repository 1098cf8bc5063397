import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decide } from '../../src/policy/decide.js';
import { describeEntry, describePolicy } from '../../src/policy/describe-policy.js';
import { extendPolicy } from '../../src/policy/extend-policy.js';
import { rfcPolicy } from '../../src/policy/table/index.js';
import { arbitraryFacts } from './arbitrary-facts.js';

const rowFor = (status: number, method: string) => describeEntry(rfcPolicy, status, method).row;
const toldFor = (status: number, method: string) =>
  rowFor(status, method).rules.map(({ id, do: action, because }) => [id, because ?? action]);

describe('describeEntry for a method', () => {
  it('ends no usage by an OPTIONS, which belongs to none (RFC 5057 §5.3)', () => {
    expect(rowFor(480, 'OPTIONS').impact).toBe('transaction');
    expect(rowFor(408, 'OPTIONS').impact).toBe('transaction');
    expect(rowFor(404, 'OPTIONS').impact).toBe('dialog');
  });

  it('ends no usage by an INFO that is not allowed, and leaves out the rule that would (RFC 5057 §5.1 note 3)', () => {
    expect(rowFor(405, 'INFO').impact).toBe('transaction');
    expect(toldFor(405, 'INFO')).toEqual([
      ['405#2', 'tryOtherTarget'],
      ['405#3', 'refused'],
    ]);
    expect(rowFor(405, 'INVITE').impact).toBe('usage');
    expect(toldFor(405, 'INVITE')[0]).toEqual(['405#1', 'usageEnded']);
  });

  it('lets no BYE wait: the session is over (RFC 3261 §15.1.1)', () => {
    expect(rowFor(503, 'BYE').impact).toBe('usage');
    expect(toldFor(503, 'BYE')).toEqual([
      ['503#1', 'tryOtherServer'],
      ['503#2', 'usageEnded'],
      ['503#3', 'usageEnded'],
      ['503#4', 'usageEnded'],
      ['503#5', 'unavailable'],
      ['503#6', 'noServerLeft'],
    ]);
    expect(rowFor(503, 'BYE').rules[2]).toEqual({
      id: '503#3',
      when: [{ name: 'hasRetryAfter', sentence: 'the response says Retry-After' }],
      do: 'giveUp',
      label: 'give up',
      because: 'usageEnded',
      why: 'the response ends the dialog or the dialog usage that the request belongs to',
      cite: 'RFC 3261 §15.1.1',
    });
  });

  it.each([401, 480, 503, 699])('answers no %d to a CANCEL, in one rule (RFC 3261 §9.1)', (status) => {
    const { impact, rules } = rowFor(status, 'CANCEL');
    expect(impact).toBe('transaction');
    expect(rules).toMatchObject([{ when: [], do: 'giveUp', because: 'notRetriable', cite: 'RFC 3261 §9.1' }]);
    expect(rowFor(200, 'CANCEL').rules).toMatchObject([{ do: 'accept' }]);
  });

  it('ends the subscription of a NOTIFY only by a timeout (RFC 6665 §4.2.2)', () => {
    expect(rowFor(408, 'NOTIFY')).toMatchObject({ impact: 'transaction', impactOnTimeout: 'usage' });
    expect(toldFor(408, 'NOTIFY')[1]).toEqual(['408#2', 'usageEnded']);
    expect(rowFor(408, 'SUBSCRIBE')).not.toHaveProperty('impactOnTimeout');
    expect(rowFor(480, 'NOTIFY')).not.toHaveProperty('impactOnTimeout');
  });

  it('tells actions of the application’s own apart', () => {
    const custom = (name: string) => ({ do: 'custom', name, cite: 'local' }) as const;
    const policy = extendPolicy(rfcPolicy, { 486: [{ ...custom('askDesk'), when: ['fromWire'] }, custom('askChief')] });
    expect(describeEntry(policy, 486, 'INVITE').row.rules.map(({ name }) => name)).toEqual(['askDesk', 'askChief']);
  });

  it('says what decide does, for every status and method inside a dialog', () => {
    fc.assert(
      fc.property(arbitraryFacts, (arbitrary) => {
        const facts = { ...arbitrary, request: { ...arbitrary.request, inDialog: true } };
        const { action, rule, impact } = decide(rfcPolicy, facts);
        const { row } = describeEntry(rfcPolicy, facts.status, facts.request.method);
        const told = row.rules.find(({ id }) => rowOf(id) >= rowOf(rule));
        const isDenied = told?.cite === 'RFC 3261 §15.1.1' || told?.because === 'notRetriable';
        if (isDenied) expect(action).toMatchObject({ type: 'giveUp', reason: told.because });
        else expect(told?.id).toBe(rule);
        if (action.type !== 'giveUp' || facts.origin === 'restart') return;
        expect(impact).toBe((facts.origin === 'timer' ? row.impactOnTimeout : undefined) ?? row.impact);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('describePolicy', () => {
  it('says of the entry of a method what the response ends for that method (RFC 5057 §5.1, §5.3)', () => {
    const policy = extendPolicy(rfcPolicy, {
      'MESSAGE 481': { impact: 'usage', rules: [{ do: 'giveUp', because: 'refused', cite: 'local' }] },
    });
    const impacts = Object.fromEntries(describePolicy(policy).map(({ key, impact }) => [key, impact]));
    expect(impacts).toMatchObject({ 481: 'usage', 'MESSAGE 481': 'transaction', 'OPTIONS 480': 'transaction' });
  });
});

const rowOf = (id: string): number => Number(id.slice(id.indexOf('#') + 1));
