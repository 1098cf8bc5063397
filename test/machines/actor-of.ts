// One actor of the chart for a test: what it emits, and short ways to tell it what happened.
import { createActor } from 'xstate';
import { createRetryMachine } from '../../machines/retry.machine.js';
import { attemptEnded, progressed, type EventMaterials, type RetryEmitted } from '../../machines/retry-event.js';
import { factsOf, type FactsOptions, type LocalOutcome } from '../../src/policy/facts-of.js';
import type { RetryPolicy } from '../../src/policy/rule.js';
import type { Header, SipRequest, SipResponse } from '../../src/sip/message.js';

export const START = 1_000_000;

export function actorOf(request: SipRequest, options: FactsOptions & { readonly policy?: RetryPolicy } = {}) {
  const actor = createActor(createRetryMachine(options.policy), { input: { request, at: START } });
  const emitted: RetryEmitted[] = [];
  const errors: unknown[] = [];
  actor.on('*', (event) => emitted.push(event));
  actor.subscribe({ error: (error) => errors.push(error) });
  actor.start();
  let tokens = 0;
  const materials = (): EventMaterials => ({ token: `token${(tokens += 1)}0000000000` });
  const end = (outcome: SipResponse | LocalOutcome, at = START): void => {
    const { request: sent, history } = actor.getSnapshot().context;
    actor.send(attemptEnded(factsOf(sent, outcome, history, options), materials(), at));
  };
  return {
    actor,
    emitted,
    errors,
    end,
    types: () => emitted.map(({ type }) => type),
    value: () => actor.getSnapshot().value,
    respond: (status: number, headers: readonly Header[] = [], at = START) =>
      status < 200 ? actor.send(progressed(status, at)) : end({ status, reason: '', headers, body: '' }, at),
    give: (answer: Omit<EventMaterials, 'token'> = {}, at = START) =>
      actor.send({ type: 'answer.given', materials: { ...materials(), ...answer }, at }),
    pass: (at: number) => actor.send({ type: 'deadline.passed', materials: materials(), at }),
  };
}
