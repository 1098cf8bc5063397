// The statechart of one request: a hand-written lifecycle, and one generated edge for every row of the policy.
import { rfcPolicy } from '../src/policy/table/index.js';
import type { RetryPolicy } from '../src/policy/rule.js';
import { beginRecord, type RequestRecord } from '../src/request/record.js';
import { outcomeOf } from './outcome.js';
import { projectPolicy, type ProjectionOptions } from './project-policy.js';
import { setUpRetry } from './retry-setup.js';

/** The statechart of one request under a policy. */
export type RetryMachine = ReturnType<typeof buildMachine>;

/**
 * The statechart of one request under this policy; built once for each policy.
 *
 * It is closed: no timers, no invoked actors, no clock. What needs time or an answer is emitted, and comes back as an
 * event. Its context is a `RequestRecord`, plain JSON without secrets.
 *
 * Its input is `{ request, at }`, `at` in epoch milliseconds. Started without one, as an editor does, it emits nothing. The
 * first `send` is emitted as the actor starts. Where a parent invokes it nobody can listen by then; the parent reads it from
 * the context: `request`, `challenges`, `history.server` and `history.attempts`, which is 1.
 */
export function createRetryMachine(policy: RetryPolicy = rfcPolicy, options: ProjectionOptions = {}): RetryMachine {
  const cache = options.compact === true ? compactMachines : machines;
  const cached = cache.get(policy);
  if (cached !== undefined) return cached;
  const machine = buildMachine(policy, options);
  cache.set(policy, machine);
  policies.set(machine.config, policy);
  return machine;
}

/** The policy that a chart was made from, known by the chart's configuration. */
export function policyOfChart(config: object): RetryPolicy | undefined {
  return policies.get(config);
}

const policies = new WeakMap<object, RetryPolicy>();
const machines = new WeakMap<RetryPolicy, RetryMachine>();
const compactMachines = new WeakMap<RetryPolicy, RetryMachine>();

/** The context of a chart without input, which XState asks for when it computes transitions without an actor. */
const noRecord: RequestRecord = beginRecord({ method: '', uri: '', headers: [], body: '' }, 0);

const refused = {
  target: '#retry.gaveUp',
  actions: 'noteRefusal',
  description: 'nobody answers, so the request ends here',
} as const;

const answeredLate = {
  ...refused,
  guard: 'deadlineReached',
  description: 'the question stayed open too long',
} as const;

/** A state in which the application is asked; whether the answer changes anything decides between two ways out. */
const asking = {
  tags: 'asking',
  on: {
    'answer.given': [
      {
        guard: 'answerHelps',
        target: '#retry.pending',
        actions: 'writeNext',
        description: 'the next request is written from the answer, and sent',
        meta: { rfc: 'RFC 3261 §8.1.2' },
      },
      {
        guard: 'isAnswered',
        target: '#retry.gaveUp',
        actions: 'writeNext',
        description: 'with this answer nothing would change in the request',
        meta: { rfc: 'RFC 3261 §21.4' },
      },
    ],
    'answer.refused': refused,
    'deadline.passed': answeredLate,
  },
} as const;

function buildMachine(policy: RetryPolicy, options: ProjectionOptions) {
  const projection = projectPolicy(policy, options);
  return setUpRetry(policy, projection).createMachine({
    id: 'retry',
    description: `What a UAC does after a failure response; policy ${policy.name}`,
    initial: 'pending',
    context: ({ input }) => (input === undefined ? noRecord : beginRecord(input.request, input.at)),
    output: ({ context }) => outcomeOf(context),
    options: { maxIterations: 100 },
    states: {
      pending: {
        description: 'a client transaction is in progress',
        meta: { rfc: 'RFC 3261 §8.1.2' },
        entry: 'send',
        on: {
          ...projection.edges,
          'response.1xx.*': {
            actions: 'noteProvisional',
            description: 'ringing forbids fail-over; a provisional response proves nothing else',
            meta: { rfc: 'RFC 3263 §4.3' },
          },
          'request.replaced': {
            actions: 'noteReplacement',
            description: 'the application changed the request before it went out',
            meta: { rfc: 'RFC 3261 §8.1.1' },
          },
          cancel: [
            {
              guard: 'isInvite & isProvisionalReceived',
              target: 'cancelling.awaitingFinal',
              description: 'the CANCEL goes out at once',
              meta: { rfc: 'RFC 3261 §9.1' },
            },
            {
              guard: 'isInvite',
              target: 'cancelling.awaitingProvisional',
              description: 'no CANCEL before a provisional response',
              meta: { rfc: 'RFC 3261 §9.1' },
            },
            {
              target: 'cancelled',
              description: 'a request other than INVITE is not cancelled; its answer is ignored',
              meta: { rfc: 'RFC 3261 §9.1' },
            },
          ],
        },
      },
      recovering: {
        description: 'the last attempt failed, and a next one is being prepared',
        meta: { rfc: 'RFC 3261 §8.1.3.5' },
        initial: 'adjusting',
        always: [
          {
            guard: 'actionDenied',
            target: 'gaveUp',
            description: 'a limit denies the action, or nothing would change in the request',
            meta: { rfc: 'RFC 3261 §21.4' },
          },
          {
            guard: 'nextRequestWritten',
            target: 'pending',
            description: 'the next request is sent',
            meta: { rfc: 'RFC 3261 §8.1.2' },
          },
        ],
        on: {
          cancel: {
            target: 'cancelled',
            description: 'no transaction is in progress, so there is nothing to cancel',
            meta: { rfc: 'RFC 3261 §9.1' },
          },
        },
        states: {
          adjusting: {
            description: 'what the response complained about is changed',
            meta: { rfc: 'RFC 3261 §8.1.3.5' },
          },
          authenticating: {
            ...asking,
            description: 'credentials for the challenges are looked for',
            meta: { rfc: 'RFC 3261 §22' },
          },
          waiting: {
            description: 'the time that the server named, or one of our own, passes',
            meta: { rfc: 'RFC 3261 §20.33' },
            on: {
              'deadline.passed': {
                guard: 'deadlineReached',
                actions: 'writeNext',
                description: 'the wait is over',
              },
            },
          },
          extendingDigits: {
            ...asking,
            description: 'more digits of the number are waited for',
            meta: { rfc: 'RFC 3261 §21.4.22' },
          },
          choosingTarget: {
            ...asking,
            description: 'a person chooses among the addresses that the response lists',
            meta: { rfc: 'RFC 3261 §21.4.23' },
          },
          askingUser: {
            ...asking,
            description: 'only the application can make what the response asks for',
            meta: { rfc: 'RFC 3261 §8.1.3.5' },
          },
          tryingOtherServer: {
            description: 'the next server of the server set is chosen',
            meta: { rfc: 'RFC 3263 §4.3' },
          },
          tryingOtherTarget: {
            description: 'the next target of the redirection is chosen',
            meta: { rfc: 'RFC 3261 §8.1.3.4' },
          },
        },
      },
      cancelling: {
        description: 'the application wants no answer any more, and the INVITE is not over yet',
        meta: { rfc: 'RFC 3261 §9.1' },
        initial: 'awaitingProvisional',
        on: {
          'response.2xx.*': {
            target: 'cancelled',
            actions: 'hangUp',
            description: 'the answer crossed the CANCEL: it is acknowledged, and a BYE ends it',
            meta: { rfc: 'RFC 3261 §15' },
          },
          'response.3xx.*': { ...overAnyway },
          'response.4xx.*': { ...overAnyway },
          'response.5xx.*': { ...overAnyway },
          'response.6xx.*': { ...overAnyway },
          'transaction.timeout': { ...overAnyway, description: 'no final response came' },
          'transport.error': { ...overAnyway, description: 'the INVITE can have no answer any more' },
          'deadline.passed': {
            ...overAnyway,
            guard: 'deadlineReached',
            description: 'within 64·T1 no final response came, or none that allows the CANCEL',
          },
        },
        states: {
          awaitingProvisional: {
            description: 'a CANCEL must not be sent before a provisional response',
            meta: { rfc: 'RFC 3261 §9.1' },
            entry: 'noteCancelWanted',
            on: {
              'response.1xx.*': {
                target: 'awaitingFinal',
                actions: 'noteProvisional',
                description: 'now the CANCEL may be sent',
                meta: { rfc: 'RFC 3261 §9.1' },
              },
            },
          },
          awaitingFinal: {
            description: 'the CANCEL is sent; the final response of the INVITE is waited for',
            meta: { rfc: 'RFC 3261 §9.1' },
            entry: ['noteCancelSent', 'sendCancel'],
          },
        },
      },
      accepted: {
        description: 'the request succeeded',
        meta: { rfc: 'RFC 3261 §21.2' },
        tags: 'settled',
        type: 'final',
      },
      gaveUp: {
        description: 'nothing that this UAC may do can help',
        meta: { rfc: 'RFC 3261 §8.1.3' },
        tags: 'settled',
        type: 'final',
      },
      cancelled: {
        description: 'the application wanted no answer any more',
        meta: { rfc: 'RFC 3261 §9' },
        tags: 'settled',
        type: 'final',
      },
    },
  });
}

/** A request that was cancelled is never repeated, whatever its final response asks for. */
const overAnyway = {
  target: 'cancelled',
  description: 'a final response ends it and is not acted on',
  meta: { rfc: 'RFC 3261 §9.1' },
} as const;
