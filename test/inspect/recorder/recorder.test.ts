// From XState's events to entries: the edges of each step are those of the chart.
import { describe, expect, it } from 'vitest';
import { createActor, createMachine } from 'xstate';
import { createUacRequest } from '../../../src/uac/uac-request.js';
import { VirtualClock } from '../../../src/timing/virtual-clock.js';
import type { InspectorEntry, StepEntry } from '../../../src/inspect/inspector-entry.js';
import { Inspection } from '../../../src/inspect/inspection.js';
import { chartOf } from '../../../src/inspect/chart/index.js';
import { createRetryMachine } from '../../../machines/retry.machine.js';
import { rfcPolicy } from '../../../src/policy/table/index.js';
import { simulate } from '../../../src/simulator/index.js';
import { threeRequests } from '../page/flows.js';
import { accepted, challenged, coreOfAlice, register, tooBrief } from '../registration.js';

function stepsOf(entries: readonly InspectorEntry[]): readonly StepEntry[] {
  return entries.filter((entry) => entry.type === 'step');
}

/** A registration that is challenged, told a longer interval, and accepted. */
function flow() {
  const clock = new VirtualClock({ date: 1_000_000 });
  const inspection = new Inspection({ now: () => clock.date() });
  const request = createUacRequest(register, {
    core: coreOfAlice(clock),
    inspect: (event) => inspection.take(event),
  });
  void request.start();
  for (const response of [challenged, tooBrief, accepted]) request.receive(response);
  return { inspection, entries: inspection.entries };
}

describe('Recorder', () => {
  it('tells the edges of 401 → 423 → 200 as the chart has them', () => {
    const { entries } = flow();
    const model = chartOf(createRetryMachine().config);
    const edges = stepsOf(entries).flatMap((entry) => entry.edges);
    const named = edges.map((id) => {
      const edge = model.edges.find((one) => one.id === id);
      return [edge?.source, edge?.event, edge?.target, edge?.rule];
    });
    expect(named).toEqual([
      ['pending', 'response.4xx.401', 'recovering.authenticating', '401#2'],
      ['recovering.authenticating', 'answer.given', 'pending', undefined],
      ['pending', 'response.4xx.423', 'recovering.adjusting', '423#1'],
      ['recovering', '', 'pending', undefined],
      ['pending', 'response.2xx.*', 'accepted', '2xx#1'],
    ]);
  });

  it('ends each step in the target of its last edge', () => {
    const model = chartOf(createRetryMachine().config);
    for (const { edges, states } of stepsOf(flow().entries)) {
      const last = model.edges.find(({ id }) => id === edges.at(-1));
      expect(states).toContain(last?.target);
    }
  });

  it('tells decisions, messages and the outcome of a request alone, at the moments of its clock', () => {
    const { entries } = flow();
    expect(entries[0]).toMatchObject({
      type: 'actor',
      name: 'request 1 REGISTER',
      chart: 'retry',
      states: ['pending'],
      at: 1_000_000,
    });
    const decisions = entries.filter((entry) => entry.type === 'decision');
    expect(decisions.map(({ status, attempt, rule }) => [status, attempt, rule])).toEqual([
      [401, 1, '401#2'],
      [423, 2, '423#1'],
      [200, 3, '2xx#1'],
    ]);
    expect(decisions[1]?.changes.find(({ what }) => what === 'Expires')).toEqual({
      what: 'Expires',
      before: ['60'],
      after: ['600'],
    });
    expect(entries.filter((entry) => entry.type === 'message').map(({ summary }) => summary)).toEqual([
      'REGISTER sip:example.com',
      '401',
      'REGISTER sip:example.com',
      '423',
      'REGISTER sip:example.com',
      '200',
    ]);
    expect(entries.at(-1)).toMatchObject({ type: 'outcome', outcome: 'accepted', status: 200, attempts: 3 });
  });

  it('tells the policy of a chart that is not the table of the RFCs', async () => {
    const policy = { ...rfcPolicy, name: 'mine' };
    const inspection = new Inspection();
    const request = createUacRequest(register, { policy, inspect: (event) => inspection.take(event) });
    void request.start();
    await inspection.charts.layOut();
    expect(inspection.entries[0]).toMatchObject({ type: 'chart', id: 'retry', policy: { name: 'mine' } });
    request.cancel();
  });

  it('tells a simulation that is inspected live: names of the scenario, messages, decisions, timers, virtual time', async () => {
    const inspection = new Inspection();
    await simulate(threeRequests, { inspect: (event) => inspection.take(event) });
    const { entries } = inspection;
    const actors = entries.filter((entry) => entry.type === 'actor').map(({ name }) => name);
    expect(actors).toEqual(
      expect.arrayContaining([
        'request register',
        'request register / client transaction 1',
        'server registrar',
        'network',
      ]),
    );
    const moments = entries.map((entry) => ('at' in entry ? entry.at : 0));
    expect(moments).toEqual([...moments].sort((one, other) => one - other));
    const types = new Set(entries.map(({ type }) => type));
    expect([...types].sort()).toEqual(['actor', 'decision', 'message', 'outcome', 'step', 'timer']);
  });

  it('knows the edges of any machine: after, always, done and wildcards', () => {
    const inspection = new Inspection();
    const machine = createMachine({
      id: 'other',
      initial: 'a',
      states: {
        a: { on: { 'go.*': [{ guard: () => false, target: 'b' }, { target: 'b' }] } },
        b: { initial: 'x', states: { x: { always: 'y' }, y: { type: 'final' } }, onDone: 'c' },
        c: { after: { 1: 'd' } },
        d: {},
      },
    });
    const pending: (() => void)[] = [];
    const clock = { setTimeout: (fn: () => void) => pending.push(fn), clearTimeout: () => undefined };
    const actor = createActor(machine, { clock, inspect: (event) => inspection.take(event) }).start();
    actor.send({ type: 'go.on' });
    for (const fn of pending) fn();
    const edges = new Set(stepsOf(inspection.entries).flatMap((entry) => entry.edges));
    const known = new Set(chartOf(machine.config).edges.map(({ id }) => id));
    expect([...edges].filter((id) => !known.has(id))).toEqual([]);
    expect([...edges]).toEqual(expect.arrayContaining(['a:go.*:1', 'b.x::0', 'b:done:0', 'c:after 1:0']));
  });

  it('throws nothing for events that are none of XState', () => {
    const inspection = new Inspection();
    for (const event of [
      { type: 'x' },
      { type: '@xstate.snapshot' },
      { type: '@xstate.microstep', actorRef: {} },
      { type: '@sip-retry.message' },
    ]) {
      expect(() => inspection.take(event)).not.toThrow();
    }
  });
});
