// The statechart of an INVITE client transaction: RFC 3261 Figure 5 with the Accepted state of RFC 6026.
import { beginClientTransaction, setUpClientTransaction } from './client-transaction-setup.js';

/** The statechart of an INVITE client transaction. */
export type InviteClientTransactionMachine = ReturnType<typeof buildMachine>;

/**
 * The statechart of an INVITE client transaction (RFC 3261 Figure 5, RFC 6026 §8.4); built once.
 *
 * It is closed: it holds no message, no clock and no socket. It emits what its host must do, and hears what happened.
 */
export function createInviteClientTransactionMachine(): InviteClientTransactionMachine {
  machine ??= buildMachine();
  return machine;
}

let machine: InviteClientTransactionMachine | undefined;

const refused = {
  target: 'completed',
  actions: ['acknowledge', 'deliver'],
  description: 'a final response from 300 to 699 is acknowledged and passed to the TU',
  meta: { rfc: 'RFC 3261 §17.1.1.2' },
} as const;

const refusedAgain = {
  actions: 'acknowledge',
  description: 'whatever matches is a retransmission: the ACK is repeated, and the TU does not hear of it',
  meta: { rfc: 'RFC 6026 §8.4' },
} as const;

const answered = {
  target: 'accepted',
  actions: 'deliver',
  description: 'the TU sends the ACK for a 2xx',
  meta: { rfc: 'RFC 6026 §8.4' },
} as const;

const progressed = {
  actions: 'deliver',
  description: 'every provisional response is passed to the TU',
  meta: { rfc: 'RFC 3261 §17.1.1.2' },
} as const;

const unsent = {
  target: 'terminated',
  actions: 'tellTransportError',
  description: 'the transport could not send',
  meta: { rfc: 'RFC 3261 §17.1.4' },
} as const;

function buildMachine() {
  return setUpClientTransaction().createMachine({
    id: 'inviteClientTransaction',
    description: 'One INVITE, from its first transmission until no response to it is expected any more',
    initial: 'calling',
    context: ({ input }) => beginClientTransaction(input),
    options: { maxIterations: 100 },
    on: {
      'transaction.abandoned': {
        target: '.terminated',
        description: 'the TU destroys the transaction, as 64·T1 after a CANCEL that brought no final response',
        meta: { rfc: 'RFC 3261 §9.1' },
      },
    },
    states: {
      calling: {
        description: 'the INVITE is sent, and repeated on an unreliable transport, until a response comes',
        meta: { rfc: 'RFC 3261 §17.1.1.2' },
        entry: [
          'transmit',
          { type: 'startTimer', params: { timer: 'B' } },
          { type: 'startTimer', params: { timer: 'A' } },
        ],
        exit: [
          { type: 'stopTimer', params: { timer: 'A' } },
          { type: 'stopTimer', params: { timer: 'B' } },
        ],
        on: {
          'timer.A': {
            actions: ['transmit', 'doubleTimerA', { type: 'startTimer', params: { timer: 'A' } }],
            description: 'the INVITE is retransmitted at intervals that double without a limit',
            meta: { rfc: 'RFC 3261 §17.1.1.2' },
          },
          'timer.B': {
            target: 'terminated',
            actions: { type: 'tellTimeout', params: { timer: 'B' } },
            description: 'no response came within 64·T1',
            meta: { rfc: 'RFC 3261 §17.1.1.2' },
          },
          'transport.error': unsent,
          'response.1xx.*': {
            ...progressed,
            target: 'proceeding',
            description: 'the INVITE arrived: it is not retransmitted any more, and nothing limits the wait',
          },
          'response.2xx.*': answered,
          'response.3xx.*': refused,
          'response.4xx.*': refused,
          'response.5xx.*': refused,
          'response.6xx.*': refused,
        },
      },
      proceeding: {
        description: 'a provisional response came; nothing is sent, so a transport error concerns nothing',
        meta: { rfc: 'RFC 3261 §17.1.1.2' },
        on: {
          'response.1xx.*': progressed,
          'response.2xx.*': answered,
          'response.3xx.*': refused,
          'response.4xx.*': refused,
          'response.5xx.*': refused,
          'response.6xx.*': refused,
        },
      },
      completed: {
        description: 'a refusal is acknowledged, each time that it comes',
        meta: { rfc: 'RFC 3261 §17.1.1.2' },
        entry: { type: 'startTimer', params: { timer: 'D' } },
        exit: { type: 'stopTimer', params: { timer: 'D' } },
        always: {
          guard: { type: 'nothingToAbsorb', params: { timer: 'D' } },
          target: 'terminated',
          description: 'timer D is zero: a reliable transport repeats no response',
          meta: { rfc: 'RFC 6026 §8.4' },
        },
        on: {
          'timer.D': {
            target: 'terminated',
            description: 'the server has stopped to repeat its response',
            meta: { rfc: 'RFC 6026 §8.4' },
          },
          'transport.error': { ...unsent, description: 'the transport could not send the ACK' },
          'response.3xx.*': refusedAgain,
          'response.4xx.*': refusedAgain,
          'response.5xx.*': refusedAgain,
          'response.6xx.*': refusedAgain,
        },
      },
      accepted: {
        description: 'a 2xx came; its retransmissions and those of other branches of a fork are the TU’s',
        meta: { rfc: 'RFC 6026 §7.2' },
        entry: { type: 'startTimer', params: { timer: 'M' } },
        exit: { type: 'stopTimer', params: { timer: 'M' } },
        on: {
          'timer.M': {
            target: 'terminated',
            description: 'no further 2xx is waited for',
            meta: { rfc: 'RFC 6026 §8.4' },
          },
          'response.2xx.*': {
            actions: 'deliver',
            description: 'each 2xx is passed to the TU, which acknowledges each',
            meta: { rfc: 'RFC 6026 §8.4' },
          },
        },
      },
      terminated: {
        description: 'the transaction is destroyed: a response that comes now matches none',
        meta: { rfc: 'RFC 6026 §8.4' },
        type: 'final',
        entry: 'tellTerminated',
      },
    },
  });
}
