// The statechart of a client transaction for any method but INVITE and ACK: RFC 3261 Figure 6.
import { beginClientTransaction, setUpClientTransaction } from './client-transaction-setup.js';

/** The statechart of a non-INVITE client transaction. */
export type NonInviteClientTransactionMachine = ReturnType<typeof buildMachine>;

/**
 * The statechart of a non-INVITE client transaction (RFC 3261 Figure 6); built once.
 *
 * It is closed: it holds no message, no clock and no socket. It emits what its host must do, and hears what happened.
 */
export function createNonInviteClientTransactionMachine(): NonInviteClientTransactionMachine {
  machine ??= buildMachine();
  return machine;
}

let machine: NonInviteClientTransactionMachine | undefined;

const ended = {
  target: 'completed',
  actions: 'deliver',
  description: 'the first final response is passed to the TU',
  meta: { rfc: 'RFC 3261 §17.1.2.2' },
} as const;

const timedOut = {
  target: 'terminated',
  actions: { type: 'tellTimeout', params: { timer: 'F' } },
  description: 'no final response came within 64·T1; a later one matches no transaction',
  meta: { rfc: 'RFC 4320 §2.2' },
} as const;

const unsent = {
  target: 'terminated',
  actions: 'tellTransportError',
  description: 'the transport could not send',
  meta: { rfc: 'RFC 3261 §17.1.4' },
} as const;

function buildMachine() {
  return setUpClientTransaction().createMachine({
    id: 'nonInviteClientTransaction',
    description: 'One request other than INVITE and ACK, from its first transmission until its responses are over',
    initial: 'trying',
    context: ({ input }) => beginClientTransaction(input),
    options: { maxIterations: 100 },
    on: {
      'transaction.abandoned': {
        target: '.terminated',
        description: 'the TU destroys the transaction',
        meta: { rfc: 'RFC 3261 §17.1' },
      },
    },
    states: {
      trying: {
        description: 'the request is sent, and repeated on an unreliable transport',
        meta: { rfc: 'RFC 3261 §17.1.2.2' },
        entry: [
          'transmit',
          { type: 'startTimer', params: { timer: 'F' } },
          { type: 'startTimer', params: { timer: 'E' } },
        ],
        on: {
          'timer.E': {
            actions: ['transmit', 'doubleTimerE', { type: 'startTimer', params: { timer: 'E' } }],
            description: 'the request is retransmitted at intervals that double up to T2',
            meta: { rfc: 'RFC 3261 §17.1.2.2' },
          },
          'timer.F': timedOut,
          'transport.error': unsent,
          'response.1xx.*': {
            target: 'proceeding',
            actions: 'deliver',
            description: 'the server is there; timer E runs on, and waits T2 from its next firing',
            meta: { rfc: 'RFC 3261 §17.1.2.2' },
          },
          'response.2xx.*': ended,
          'response.3xx.*': ended,
          'response.4xx.*': ended,
          'response.5xx.*': ended,
          'response.6xx.*': ended,
        },
      },
      proceeding: {
        description: 'a provisional response came; only a retransmission makes the server repeat a lost final response',
        meta: { rfc: 'RFC 3261 §17.1.2.1' },
        on: {
          'timer.E': {
            actions: ['transmit', 'setTimerEToT2', { type: 'startTimer', params: { timer: 'E' } }],
            description: 'the request is retransmitted every T2',
            meta: { rfc: 'RFC 3261 §17.1.2.2' },
          },
          'timer.F': timedOut,
          'transport.error': unsent,
          'response.1xx.*': {
            actions: 'deliver',
            description: 'every provisional response is passed to the TU',
            meta: { rfc: 'RFC 3261 §17.1.2.2' },
          },
          'response.2xx.*': ended,
          'response.3xx.*': ended,
          'response.4xx.*': ended,
          'response.5xx.*': ended,
          'response.6xx.*': ended,
        },
      },
      completed: {
        description: 'the final response came; whatever else matches is absorbed, and nothing is sent',
        meta: { rfc: 'RFC 3261 §17.1.3' },
        entry: [
          { type: 'stopTimer', params: { timer: 'E' } },
          { type: 'stopTimer', params: { timer: 'F' } },
          { type: 'startTimer', params: { timer: 'K' } },
        ],
        always: {
          guard: { type: 'nothingToAbsorb', params: { timer: 'K' } },
          target: 'terminated',
          description: 'timer K is zero: a reliable transport repeats no response',
          meta: { rfc: 'RFC 3261 §17.1.2.2' },
        },
        on: {
          'timer.K': {
            target: 'terminated',
            description: 'the network has delivered or lost what was under way',
            meta: { rfc: 'RFC 3261 §17.1.2.2' },
          },
        },
      },
      terminated: {
        description: 'the transaction is destroyed: a response that comes now matches none',
        meta: { rfc: 'RFC 3261 §17.1.2.2' },
        type: 'final',
        entry: [
          { type: 'stopTimer', params: { timer: 'E' } },
          { type: 'stopTimer', params: { timer: 'F' } },
          { type: 'stopTimer', params: { timer: 'K' } },
          'tellTerminated',
        ],
      },
    },
  });
}
