// The statecharts of server transactions: RFC 3261 Figures 7 and 8, with the Accepted state of RFC 6026. For simulated servers.
import { assign, emit, enqueueActions, setup } from 'xstate';

/** A timer by its letter in the RFC. */
export type ServerTimerName = 'G' | 'H' | 'I' | 'L' | 'J';

/** What a server transaction hears. No message enters it. */
export type ServerTransactionEvent =
  /** The same request again: a retransmission of the client. */
  | { readonly type: 'request.again' }
  | { readonly type: 'ack' }
  /** The TU answers. */
  | { readonly type: 'answer.provisional' | 'answer.success' | 'answer.refusal' }
  | { readonly type: `timer.${ServerTimerName}` };

/** What its host must do. */
export type ServerTransactionEmitted =
  /** Send the response that was sent last, or the one in hand. */
  | { readonly type: 'respond' }
  | { readonly type: 'startTimer'; readonly timer: ServerTimerName; readonly ms: number }
  | { readonly type: 'stopTimer'; readonly timer: ServerTimerName }
  /** No ACK came for a refusal: tell the TU (RFC 3261 §17.2.4). */
  | { readonly type: 'unacknowledged' }
  | { readonly type: 'terminated' };

/** What a server transaction begins with. */
export interface ServerTransactionInput {
  readonly reliable: boolean;
}

interface ServerTransactionContext {
  readonly waits: { readonly [name in ServerTimerName]: number };
}

interface TimerParams {
  readonly timer: ServerTimerName;
}

/** RFC 3261 Table 4. */
const T1 = 500;
const T2 = 4_000;
const T4 = 5_000;

const words = setup({
  types: {
    context: {} as ServerTransactionContext,
    events: {} as ServerTransactionEvent,
    emitted: {} as ServerTransactionEmitted,
    input: {} as ServerTransactionInput | undefined,
    meta: {} as { readonly rfc: string },
  },
  guards: {
    nothingToAbsorb: ({ context }, { timer }: TimerParams) => context.waits[timer] === 0,
  },
  actions: {
    respond: emit({ type: 'respond' }),
    tellUnacknowledged: emit({ type: 'unacknowledged' }),
    tellTerminated: emit({ type: 'terminated' }),
    startTimer: enqueueActions(({ context, enqueue }, { timer }: TimerParams) => {
      const ms = context.waits[timer];
      if (ms > 0) enqueue.emit({ type: 'startTimer', timer, ms });
    }),
    stopTimer: emit((_, { timer }: TimerParams) => ({ type: 'stopTimer', timer })),
    doubleTimerG: assign(({ context: { waits } }) => ({ waits: { ...waits, G: Math.min(2 * waits.G, T2) } })),
  },
});

function begin({ reliable }: ServerTransactionInput = { reliable: false }): ServerTransactionContext {
  const waits = { G: reliable ? 0 : T1, H: 64 * T1, I: reliable ? 0 : T4, L: 64 * T1, J: reliable ? 0 : 64 * T1 };
  return { waits };
}

/** The INVITE server transaction (RFC 3261 Figure 7, RFC 6026 §7.1). */
export const inviteServerTransactionMachine = words.createMachine({
  id: 'inviteServerTransaction',
  description: 'One INVITE as its server sees it',
  initial: 'proceeding',
  context: ({ input }) => begin(input),
  options: { maxIterations: 100 },
  states: {
    proceeding: {
      description: 'the TU has not answered finally; a retransmission gets the last provisional response again',
      meta: { rfc: 'RFC 3261 §17.2.1' },
      on: {
        'request.again': { actions: 'respond' },
        'answer.provisional': { actions: 'respond' },
        'answer.success': { target: 'accepted', actions: 'respond' },
        'answer.refusal': { target: 'completed', actions: 'respond' },
      },
    },
    completed: {
      description: 'a refusal is repeated until its ACK comes',
      meta: { rfc: 'RFC 3261 §17.2.1' },
      entry: [
        { type: 'startTimer', params: { timer: 'G' } },
        { type: 'startTimer', params: { timer: 'H' } },
      ],
      exit: [
        { type: 'stopTimer', params: { timer: 'G' } },
        { type: 'stopTimer', params: { timer: 'H' } },
      ],
      on: {
        'request.again': { actions: 'respond' },
        'timer.G': { actions: ['respond', 'doubleTimerG', { type: 'startTimer', params: { timer: 'G' } }] },
        'timer.H': { target: 'terminated', actions: 'tellUnacknowledged' },
        ack: 'confirmed',
      },
    },
    confirmed: {
      description: 'the ACK has come; its retransmissions are absorbed',
      meta: { rfc: 'RFC 3261 §17.2.1' },
      entry: { type: 'startTimer', params: { timer: 'I' } },
      always: { guard: { type: 'nothingToAbsorb', params: { timer: 'I' } }, target: 'terminated' },
      on: { 'timer.I': 'terminated' },
    },
    accepted: {
      description: 'a 2xx was sent; the TU repeats it, and retransmissions of the INVITE are absorbed',
      meta: { rfc: 'RFC 6026 §7.1' },
      entry: { type: 'startTimer', params: { timer: 'L' } },
      on: { 'timer.L': 'terminated', 'answer.success': { actions: 'respond' } },
    },
    terminated: { type: 'final', description: 'the transaction is destroyed', entry: 'tellTerminated' },
  },
});

/** The non-INVITE server transaction (RFC 3261 Figure 8). */
export const nonInviteServerTransactionMachine = words.createMachine({
  id: 'nonInviteServerTransaction',
  description: 'One request that is no INVITE, as its server sees it',
  initial: 'trying',
  context: ({ input }) => begin(input),
  options: { maxIterations: 100 },
  states: {
    trying: {
      description: 'nothing was answered yet; retransmissions are discarded',
      meta: { rfc: 'RFC 3261 §17.2.2' },
      on: {
        'answer.provisional': { target: 'proceeding', actions: 'respond' },
        'answer.success': { target: 'completed', actions: 'respond' },
        'answer.refusal': { target: 'completed', actions: 'respond' },
      },
    },
    proceeding: {
      description: 'a provisional response was sent; a retransmission gets it again',
      meta: { rfc: 'RFC 3261 §17.2.2' },
      on: {
        'request.again': { actions: 'respond' },
        'answer.provisional': { actions: 'respond' },
        'answer.success': { target: 'completed', actions: 'respond' },
        'answer.refusal': { target: 'completed', actions: 'respond' },
      },
    },
    completed: {
      description: 'the final response was sent; a retransmission gets it again',
      meta: { rfc: 'RFC 3261 §17.2.2' },
      entry: { type: 'startTimer', params: { timer: 'J' } },
      always: { guard: { type: 'nothingToAbsorb', params: { timer: 'J' } }, target: 'terminated' },
      on: { 'request.again': { actions: 'respond' }, 'timer.J': 'terminated' },
    },
    terminated: { type: 'final', description: 'the transaction is destroyed', entry: 'tellTerminated' },
  },
});
