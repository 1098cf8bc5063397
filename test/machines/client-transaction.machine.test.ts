// What both charts of client transactions have in common: their structure, and what holds whatever happens.
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { createActor, createMachine, initialTransition, transition } from 'xstate';
import { getShortestPaths } from 'xstate/graph';
import { describe, expect, it } from 'vitest';
import type { ClientTransactionEmitted, ClientTransactionEvent } from '../../machines/client-transaction-event.js';
import type { TimerName } from '../../machines/client-transaction-timers.js';
import { exportMachine } from '../../machines/export-machine.js';
import { createInviteClientTransactionMachine } from '../../machines/invite-client-transaction.machine.js';
import { createNonInviteClientTransactionMachine } from '../../machines/non-invite-client-transaction.machine.js';
import { allNodes, chartOf } from './chart-of.js';

const charts = [
  {
    name: 'invite-client-transaction',
    machine: createInviteClientTransactionMachine(),
    states: ['calling', 'proceeding', 'completed', 'accepted', 'terminated'],
    timers: ['A', 'B', 'D', 'M'],
  },
  {
    name: 'non-invite-client-transaction',
    machine: createNonInviteClientTransactionMachine(),
    states: ['trying', 'proceeding', 'completed', 'terminated'],
    timers: ['E', 'F', 'K'],
  },
] as const;

const allTimers: readonly TimerName[] = ['A', 'B', 'D', 'M', 'E', 'F', 'K'];

/** One event for every way through the charts. */
const events: readonly ClientTransactionEvent[] = [
  { type: 'response.1xx.180' },
  { type: 'response.2xx.200' },
  { type: 'response.3xx.302' },
  { type: 'response.4xx.401' },
  { type: 'response.5xx.503' },
  { type: 'response.6xx.603' },
  ...allTimers.map((timer) => ({ type: `timer.${timer}` }) as const),
  { type: 'transport.error' },
  { type: 'transaction.abandoned' },
];

describe.each(charts)('the structure of the $name chart', ({ name, machine, states, timers }) => {
  const chart = chartOf(machine.root);

  it('has the states of the figure, and no other', () => {
    expect(Object.keys(machine.states)).toEqual(states);
  });

  it('reaches every state', () => {
    const paths = getShortestPaths(machine, {
      input: { reliable: false },
      events: [...events],
      serializeState: ({ value }) => JSON.stringify(value),
    });
    expect(paths.map(({ state }) => state.value).sort()).toEqual([...states].sort());
  });

  it('reaches every state but `completed` on a reliable transport, where nothing rests in that one', () => {
    const paths = getShortestPaths(machine, {
      input: { reliable: true },
      events: [...events],
      serializeState: ({ value }) => JSON.stringify(value),
    });
    const resting = states.filter((state) => state !== 'completed');
    expect(paths.map(({ state }) => state.value).sort()).toEqual([...resting].sort());
  });

  it('ends from every state in which it can rest', () => {
    for (const value of states.filter((state) => state !== 'terminated')) {
      const at = machine.resolveState({ value, context: createActor(machine).getSnapshot().context });
      const [next] = transition(machine, at, { type: 'transaction.abandoned' });
      expect([value, next.value, next.status]).toEqual([value, 'terminated', 'done']);
    }
  });

  it('says in words and by section what every state and every edge is', () => {
    const rfc = expect.stringMatching(/^RFC \d+ §/) as unknown;
    for (const { id, description } of chart.states) expect(description, id).toBeTruthy();
    for (const node of allNodes(machine.root).slice(1)) expect(node.meta, node.id).toEqual({ rfc });
    for (const node of allNodes(machine.root)) {
      for (const edge of [...[...node.transitions.values()].flat(), ...(node.always ?? [])]) {
        expect(edge.description, `${node.id} ${edge.eventType}`).toBeTruthy();
        expect((edge as { meta?: unknown }).meta, `${node.id} ${edge.eventType}`).toEqual({ rfc });
        expect((edge.target ?? []).length + edge.actions.length).toBeGreaterThan(0);
      }
    }
  });

  it('is closed: nothing is invoked and nothing is delayed', () => {
    for (const node of allNodes(machine.root)) {
      expect(node.invoke).toEqual([]);
      expect(node.after).toEqual([]);
    }
  });

  it('implements every guard and action that it names', () => {
    const { guards, actions } = machine.implementations;
    const typeOf = (word: unknown): string =>
      typeof word === 'string' ? word : (word as { readonly type: string }).type;
    for (const node of allNodes(machine.root)) {
      const edges = [...[...node.transitions.values()].flat(), ...(node.always ?? [])];
      const words = [...node.entry, ...node.exit, ...edges.flatMap((edge) => edge.actions)];
      for (const word of words) expect(actions).toHaveProperty([typeOf(word)]);
      for (const { guard } of edges) if (guard !== undefined) expect(guards).toHaveProperty([typeOf(guard)]);
    }
  });

  it('is built once, and begins without input as on an unreliable transport', () => {
    const create =
      name === 'invite-client-transaction'
        ? createInviteClientTransactionMachine
        : createNonInviteClientTransactionMachine;
    expect(create()).toBe(machine);
    const [first] = initialTransition(machine, undefined);
    const [same] = initialTransition(machine, { reliable: false });
    expect(first.context).toEqual(same.context);
    expect(JSON.parse(JSON.stringify(first.context))).toEqual(first.context);
  });

  it('is kept as JSON in the repository, so that a review sees every edge that a release changes', () => {
    const held = readFileSync(new URL(`../../machines/${name}.machine.json`, import.meta.url), 'utf8');
    expect(held === exportMachine(machine), `machines/${name}.machine.json is stale: run \`npm run export\``).toBe(
      true,
    );
    const again = createMachine(JSON.parse(held) as Parameters<typeof createMachine>[0]);
    expect(chartOf(again.root)).toEqual(chart);
  });

  it('starts no timer but its own, and leaves none running at its end, whatever happens', () => {
    fc.assert(
      fc.property(fc.boolean(), fc.array(fc.constantFrom(...events), { maxLength: 40 }), (reliable, happened) => {
        const actor = createActor(machine, { input: { reliable } });
        const emitted: ClientTransactionEmitted[] = [];
        actor.on('*', (event) => emitted.push(event));
        actor.start();
        for (const event of [...happened, { type: 'transaction.abandoned' } as const]) {
          if (actor.getSnapshot().status === 'active') actor.send(event);
        }
        const running = new Set<string>();
        for (const event of emitted) {
          if (event.type === 'startTimer') {
            expect(timers).toContain(event.timer);
            expect(event.ms).toBeGreaterThan(0);
            running.add(event.timer);
          } else if (event.type === 'stopTimer') running.delete(event.timer);
        }
        expect([...running]).toEqual([]);
        expect(emitted.filter(({ type }) => type === 'terminated')).toHaveLength(1);
        expect(emitted.at(-1)).toEqual({ type: 'terminated' });
      }),
    );
  });
});
