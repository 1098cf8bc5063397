import { describe, expect, it } from 'vitest';
import { projectPolicy } from '../../machines/project-policy.js';
import { conditions, isConditionName } from '../../src/policy/condition.js';
import { onlyStatuses } from '../../src/policy/only-statuses.js';
import { rfcPolicy } from '../../src/policy/table/index.js';
import type { RetryPolicy } from '../../src/policy/rule.js';

const { edges, guards } = projectPolicy(rfcPolicy);

describe('projectPolicy', () => {
  it('makes one edge of every row, its guard the conditions, its target the state of the action', () => {
    expect(edges['response.4xx.423']?.[0]).toEqual({
      guard: 'intervalApplies & intervalBelowMinimum & minimumAcceptable',
      target: 'recovering.adjusting',
      actions: ['decide', 'announce'],
      description: '423 Interval Too Brief → raiseInterval (RFC 3261 §10.2.8)',
      meta: { entry: '423', rule: '423#1', cite: 'RFC 3261 §10.2.8' },
    });
    for (const [key, entry] of Object.entries(rfcPolicy.entries)) {
      const drawn = Object.values(edges)
        .flat()
        .filter(({ meta }) => meta.entry === key);
      expect(new Set(drawn.map(({ meta }) => meta.rule)).size, key).toBe(entry.rules.length);
    }
  });

  it('ends every list of edges of a code for all methods in one without a guard: the policy is total', () => {
    for (const [event, list] of Object.entries(edges)) {
      const isForAll = list.some(({ meta }) => !meta.entry.includes(' '));
      if (isForAll) expect(list.at(-1)?.guard, event).toBeUndefined();
      else expect(list.at(-1)?.guard, event).toMatch(/^method /);
    }
  });

  it('asks the entries of one method first, and only for that method', () => {
    const [first, last] = [edges['response.4xx.480']?.[0], edges['response.4xx.480']?.at(-1)];
    expect(first?.guard).toBe('method OPTIONS & targetLeft');
    expect(first?.meta.rule).toBe('OPTIONS 480#1');
    expect(last?.meta.rule).toMatch(/^480#/);
  });

  it('treats an unknown code as the x00 of its class by a wildcard (RFC 3261 §8.1.3.2)', () => {
    for (const key of ['2xx', '3xx', '4xx', '5xx', '6xx']) {
      expect(edges[`response.${key}.*`]?.map(({ meta }) => meta.entry)).toContain(key);
    }
    expect(edges['response.4xx.*']?.[0]?.description).toMatch(/^any other 4xx /);
  });

  it('treats a timeout as 408 and a transport error as 503 (RFC 3261 §8.1.3.1)', () => {
    expect(new Set(edges['transaction.timeout']?.map(({ meta }) => meta.entry))).toEqual(new Set(['408']));
    expect(new Set(edges['transport.error']?.map(({ meta }) => meta.entry))).toEqual(new Set(['503']));
    const bare: RetryPolicy = onlyStatuses(rfcPolicy, [401]);
    expect(projectPolicy(bare).edges['transaction.timeout']?.[0]?.meta.entry).toBe('4xx');
    expect(projectPolicy(bare).edges['transport.error']?.[0]?.meta.entry).toBe('5xx');
  });

  it('knows every guard that an edge names, and nothing but conditions and methods', () => {
    for (const { guard } of Object.values(edges).flat()) {
      if (guard === undefined) continue;
      expect(guards).toHaveProperty([guard]);
      for (const name of guard.split(' & ')) {
        expect(guards).toHaveProperty([name]);
        expect(isConditionName(name) || name.startsWith('method '), name).toBe(true);
      }
    }
    expect(Object.keys(guards).filter(isConditionName).length).toBeLessThanOrEqual(Object.keys(conditions).length);
  });

  it('leaves out codes that go the way of their class when it is to be compact', () => {
    const compact = projectPolicy(rfcPolicy, { compact: true }).edges;
    expect(Object.keys(compact).length).toBeLessThan(Object.keys(edges).length);
    expect(compact).toHaveProperty(['response.4xx.401']);
    expect(compact).not.toHaveProperty(['response.4xx.400']);
    expect(compact['response.4xx.*']).toEqual(edges['response.4xx.*']);
  });

  it('draws few lines for a policy of few codes', () => {
    const { edges: few } = projectPolicy(onlyStatuses(rfcPolicy, [401, 407, 423]));
    expect(Object.keys(few).filter((event) => !event.endsWith('*'))).toEqual([
      'response.4xx.401',
      'response.4xx.407',
      'response.4xx.423',
      'transaction.timeout',
      'transport.error',
    ]);
  });
});
