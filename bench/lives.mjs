// One request's life as an actor: sent, challenged, sent again, accepted; and a bare chart that hears as many events.
import { assign, createActor, emit, setup } from 'xstate';
import { createRetryMachine } from '../machines/retry.machine.ts';
import { attemptEnded } from '../machines/retry-event.ts';
import { factsOf } from '../src/policy/facts-of.ts';
import { emptyHistory } from '../src/policy/history.ts';
import { readMessage } from '../src/sip/read-message.ts';
import { registerText, unauthorizedText } from './messages.mjs';
import { requestOf } from './ours.mjs';

/** A life under the machine of the policy. The facts are given, as for `decide()`; the next request is composed. */
export function retryLife() {
  const machine = createRetryMachine();
  const request = requestOf(registerText);
  const { response: challenge } = readMessage(unauthorizedText(3));
  const success = {
    ...challenge,
    status: 200,
    reason: 'OK',
    headers: challenge.headers.filter(([name]) => name !== 'WWW-Authenticate'),
  };
  const client = { credentials: [{ realm: 'example.com' }] };
  const first = factsOf(request, challenge, { ...emptyHistory, targetsTried: [request.uri] }, { client });
  const second = factsOf(request, success, { ...emptyHistory, attempts: 2, targetsTried: [request.uri] }, { client });
  const challenged = attemptEnded(first, { token: 'a1b2c3d4e5f6a7b8' }, 40);
  const accepted = attemptEnded(second, { token: 'b1b2c3d4e5f6a7b9' }, 90);
  const answered = { type: 'answer.given', materials: { token: 'c1b2c3d4e5f6a7b0' }, at: 41 };
  return (listen) => {
    const actor = createActor(machine, { input: { request, at: 0 } });
    if (listen) actor.on('*', listen);
    actor.start();
    actor.send(challenged);
    actor.send(answered);
    actor.send(accepted);
    return actor.getSnapshot();
  };
}

/** The same events, each with one assign and one emit, and nothing else. */
export function bareLife() {
  const step = (target) => ({ target, actions: ['note', 'say'] });
  const machine = setup({
    actions: {
      note: assign({ events: ({ context }) => context.events + 1, last: ({ event }) => event.type }),
      say: emit(({ context }) => ({ type: 'said', events: context.events })),
    },
  }).createMachine({
    id: 'bare',
    context: ({ input }) => ({ request: input.request, events: 0, last: '' }),
    initial: 'pending',
    states: {
      pending: { entry: 'say', on: { 'response.4xx.401': step('asking') } },
      asking: { on: { 'answer.given': step('pendingAgain') } },
      pendingAgain: { on: { 'response.2xx.200': step('accepted') } },
      accepted: { type: 'final' },
    },
  });
  const request = requestOf(registerText);
  return (listen) => {
    const actor = createActor(machine, { input: { request } });
    if (listen) actor.on('*', listen);
    actor.start();
    actor.send({ type: 'response.4xx.401' });
    actor.send({ type: 'answer.given' });
    actor.send({ type: 'response.2xx.200' });
    return actor.getSnapshot();
  };
}
