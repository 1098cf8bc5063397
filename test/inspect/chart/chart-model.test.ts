import { describe, expect, it } from 'vitest';
import { createInviteClientTransactionMachine } from '../../../machines/invite-client-transaction.machine.js';
import { createRetryMachine } from '../../../machines/retry.machine.js';
import { chartOf, withoutUnreachable } from '../../../src/inspect/chart/index.js';
import { onlyStatuses } from '../../../src/policy/only-statuses.js';
import { rfcPolicy } from '../../../src/policy/table/index.js';

const retry = chartOf(createRetryMachine().config);

describe('chartOf', () => {
  it('has every state of the machine, children behind the state around them', () => {
    expect(retry.name).toBe('retry');
    const ids = retry.states.map(({ id }) => id);
    expect(ids).toContain('recovering.waiting');
    for (const { id, parent } of retry.states) {
      if (parent !== undefined) expect(ids.indexOf(parent)).toBeLessThan(ids.indexOf(id));
    }
    expect(retry.states.find(({ id }) => id === 'recovering')).toMatchObject({
      kind: 'compound',
      initial: 'recovering.adjusting',
    });
    expect(retry.states.find(({ id }) => id === 'gaveUp')?.kind).toBe('final');
  });

  it('has an edge for every row of the policy, with its conditions, section and rule', () => {
    const rows = Object.values(rfcPolicy.entries).flatMap(({ rules }) => rules);
    const made = retry.edges.filter(({ source, rule }) => source === 'pending' && rule !== undefined);
    expect(new Set(made.map(({ rule }) => rule)).size).toBe(rows.length);
    expect(retry.edges.find(({ rule }) => rule === '423#1')).toMatchObject({
      id: 'pending:response.4xx.423:0',
      target: 'recovering.adjusting',
      guard: 'intervalApplies & intervalBelowMinimum & minimumAcceptable',
      rfc: 'RFC 3261 §10.2.8',
    });
  });

  it('finds the targets that XState finds: by id, below the source and beside it', () => {
    const chart = chartOf({
      id: 'm',
      initial: 'a',
      on: { reset: '.a', jump: '#far' },
      states: {
        a: { on: { go: 'b.c', in: { target: '#m.b' }, stay: { actions: 'note' }, lost: 'nowhere' } },
        b: {
          initial: 'c',
          states: { c: { id: 'far', always: { target: 'd', guard: 'isOver' } }, d: { type: 'final' } },
        },
      },
    });
    const targets = Object.fromEntries(chart.edges.map(({ source, event, target }) => [`${source}/${event}`, target]));
    expect(targets).toEqual({
      '/reset': 'a',
      '/jump': 'b.c',
      'a/go': 'b.c',
      'a/in': 'b',
      'a/stay': 'a',
      'a/lost': 'a',
      'b.c/': 'b.d',
    });
  });

  it.each([undefined, null, 3, 'x', [], { states: 7, on: [] }, { states: { a: null, b: { on: { e: [null, 5] } } } }])(
    'takes %j from another program without an exception',
    (config) => {
      expect(chartOf(config).states.length).toBeGreaterThan(0);
    },
  );

  it('reads the transaction charts, too (RFC 3261 Figure 5)', () => {
    const chart = chartOf(createInviteClientTransactionMachine().config);
    expect(chart.states.map(({ id }) => id).filter((id) => id !== '')).toEqual([
      'calling',
      'proceeding',
      'completed',
      'accepted',
      'terminated',
    ]);
  });
});

describe('withoutUnreachable', () => {
  it('leaves out what a reduced policy never enters', () => {
    const chart = withoutUnreachable(chartOf(createRetryMachine(onlyStatuses(rfcPolicy, [401, 423])).config));
    const ids = chart.states.map(({ id }) => id);
    expect(ids).toContain('recovering.authenticating');
    expect(ids).not.toContain('recovering.extendingDigits');
    expect(chart.edges.every(({ source, target }) => ids.includes(source) && ids.includes(target))).toBe(true);
  });

  it('keeps the whole of a chart in which everything is used', () => {
    expect(withoutUnreachable(retry)).toEqual(retry);
  });
});
