import { createActor, initialTransition, setup, transition, type ActorRefFrom } from 'xstate';
import { getShortestPaths } from 'xstate/graph';
import { describe, expect, it } from 'vitest';
import { createRetryMachine } from '../../machines/retry.machine.js';
import { attemptEnded, progressed, type RetryEvent } from '../../machines/retry-event.js';
import { stateNameOf, stateNames } from '../../machines/retry-snapshot.js';
import { factsOf, type FactsOptions, type LocalOutcome } from '../../src/policy/facts-of.js';
import { emptyHistory } from '../../src/policy/history.js';
import { rfcPolicy } from '../../src/policy/table/index.js';
import type { RetryPolicy } from '../../src/policy/rule.js';
import type { Header, SipRequest } from '../../src/sip/message.js';
import { allNodes, chartOf } from './chart-of.js';
import { challenge, invite } from './requests.js';

const machine = createRetryMachine();
const chart = chartOf(machine.root);
const materials = { token: 'abcdefghijklmnop' };

const dialled: SipRequest = { ...invite, uri: 'tel:+4930123' };

function ended(
  outcome: number | LocalOutcome,
  headers: readonly Header[] = [],
  options: FactsOptions = {},
  request: SipRequest = dialled,
): RetryEvent {
  const response = typeof outcome === 'number' ? { status: outcome, reason: '', headers, body: '' } : outcome;
  return attemptEnded(factsOf(request, response, emptyHistory, options), materials, 0);
}

/** One event for every way through the chart. */
const events: readonly RetryEvent[] = [
  progressed(180, 0),
  ended(200),
  ended(401, [challenge]),
  ended(403),
  ended(420, [['Unsupported', 'timer']], {}, { ...invite, headers: [...invite.headers, ['Require', 'timer']] }),
  ended(484),
  ended(485, [['Contact', '<sip:bob@elsewhere.example.com>']]),
  ended(302, [['Contact', '<sip:bob@elsewhere.example.com>']]),
  ended(433, [], {}, { ...invite, headers: [['From', '"Anonymous" <sip:anonymous@anonymous.invalid>;tag=a']] }),
  ended(503, [['Retry-After', '60']]),
  ended('timeout', [], { client: { servers: ['sip:one.example.com', 'sip:two.example.com'] } }),
  { type: 'answer.given', materials: { ...materials, digits: '4' }, at: 0 },
  { type: 'answer.refused', at: 0 },
  { type: 'deadline.passed', materials, at: 1e12 },
  { type: 'cancel', at: 0 },
];

describe('the structure of the chart', () => {
  it('has the states that a snapshot may name, and no other', () => {
    const leaves = allNodes(machine.root).filter(({ type }) => type === 'atomic' || type === 'final');
    expect(leaves.map(({ path }) => path.join('.')).sort()).toEqual([...stateNames].sort());
  });

  it('reaches every state in which it can rest', () => {
    const paths = getShortestPaths(machine, {
      input: { request: dialled, at: 0 },
      events: [...events],
      serializeState: (snapshot) =>
        `${JSON.stringify(snapshot.value)} ${'context' in snapshot ? snapshot.context.history.provisional : ''}`,
      stopWhen: (snapshot) => 'context' in snapshot && snapshot.context.history.attempts > 2,
    });
    const reached = new Set(paths.map(({ state }) => stateNameOf(state.value)));
    const passing = ['recovering.adjusting', 'recovering.tryingOtherServer', 'recovering.tryingOtherTarget'];
    expect([...reached].sort()).toEqual(stateNames.filter((name) => !passing.includes(name)).sort());
  });

  it('passes through the states in which nothing is waited for', () => {
    const passed = new Set<string>();
    for (const event of events) {
      const actor = createActor(machine, {
        input: { request: dialled, at: 0 },
        inspect: (inspected) => {
          if (inspected.type !== '@xstate.microstep') return;
          for (const { target } of inspected._transitions) for (const { id } of target ?? []) passed.add(id);
        },
      }).start();
      actor.send(event);
      actor.stop();
    }
    expect(passed).toContain('retry.recovering.adjusting');
    expect(passed).toContain('retry.recovering.tryingOtherServer');
    expect(passed).toContain('retry.recovering.tryingOtherTarget');
  });

  it('says in words what every state and every edge is', () => {
    for (const { id, description } of chart.states) expect(description, id).toBeTruthy();
    for (const { source, event, description } of chart.edges) expect(description, `${source} ${event}`).toBeTruthy();
  });

  it('cites an RFC in every state but its root, and leads every edge of `pending` and `recovering` somewhere', () => {
    for (const node of allNodes(machine.root).slice(1))
      expect(node.meta, node.id).toEqual({ rfc: expect.stringMatching(/^RFC \d+ §/) as unknown });
    for (const { source, event, targets, actions } of chart.edges) {
      expect(targets.length + actions.length, `${source} ${event}`).toBeGreaterThan(0);
    }
  });

  it('implements every guard and action that it names', () => {
    const { guards, actions } = machine.implementations;
    for (const edge of chart.edges) {
      if (edge.guard !== undefined) expect(guards).toHaveProperty([edge.guard]);
      for (const action of edge.actions) expect(actions).toHaveProperty([action]);
    }
    for (const node of allNodes(machine.root)) {
      for (const action of node.entry) expect(actions).toHaveProperty([JSON.parse(JSON.stringify(action)) as string]);
    }
  });

  it('is closed: nothing is invoked and nothing is delayed', () => {
    for (const node of allNodes(machine.root)) {
      expect(node.invoke).toEqual([]);
      expect(node.after).toEqual([]);
    }
  });

  it('is built once for each policy', () => {
    expect(createRetryMachine(rfcPolicy)).toBe(machine);
    expect(createRetryMachine(rfcPolicy, { compact: true })).toBe(createRetryMachine(rfcPolicy, { compact: true }));
    expect(createRetryMachine({ ...rfcPolicy })).not.toBe(machine);
  });

  it('computes transitions without an actor, too', () => {
    const [first] = initialTransition(machine, { request: dialled, at: 0 });
    const [next, effects] = transition(machine, first, ended(503, [['Retry-After', '60']]));
    expect(next.value).toEqual({ recovering: 'waiting' });
    expect(effects.map(({ type }): string => type)).toEqual(['xstate.emit']);
    const [pending] = initialTransition(machine, undefined);
    expect(pending.value).toBe('pending');
  });

  it('has nothing to send when it is started without input, as an editor does', () => {
    const actor = createActor(machine);
    const emitted: unknown[] = [];
    actor.on('*', (event) => emitted.push(event));
    actor.start();
    expect(actor.getSnapshot().value).toBe('pending');
    expect(emitted).toEqual([]);
  });

  it('tells a parent that invokes it in its context what the first attempt sends', () => {
    const parent = setup({ actors: { retry: machine } }).createMachine({
      invoke: { src: 'retry', systemId: 'call', input: { request: dialled, at: 0 } },
    });
    const system = createActor(parent).start().system;
    const { context } = (system.get('call') as ActorRefFrom<typeof machine>).getSnapshot();
    expect(context).toMatchObject({ request: dialled, challenges: [], history: { attempts: 1 } });
  });

  it('puts nothing from the wire into the type of an event', () => {
    expect(() => progressed(200, 0)).toThrow(/final/);
    expect(() => ended(180)).toThrow(/provisional/);
    expect(() => progressed(1e9, 0)).toThrow(/100 to 699/);
    expect(ended(699).type).toBe('response.6xx.699');
  });

  it('survives a condition that throws: the actor ends in an error that its observer sees', () => {
    const policy: RetryPolicy = {
      ...rfcPolicy,
      conditions: {
        hasChallenge: () => {
          throw new Error('broken condition');
        },
        hasUsableChallenge: () => {
          throw new Error('broken condition');
        },
        challengeRejects: () => {
          throw new Error('broken condition');
        },
      },
    };
    const errors: unknown[] = [];
    const actor = createActor(createRetryMachine(policy), { input: { request: dialled, at: 0 } });
    actor.subscribe({ error: (error) => errors.push(error) });
    actor.start();
    actor.send(ended(401, [challenge]));
    expect(String(errors)).toContain('broken condition');
    expect(actor.getSnapshot().status).toBe('error');
  });
});
