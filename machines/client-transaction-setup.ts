// The words that both charts of client transactions use: what their guards ask, what their actions do.
import { assign, emit, enqueueActions, setup } from 'xstate';
import type { ClientTransactionEmitted, ClientTransactionEvent } from './client-transaction-event.js';
import {
  defaultTimerValues,
  timerWaits,
  type TimerName,
  type TimerValues,
  type TimerWaits,
} from './client-transaction-timers.js';

/** What a client transaction begins with. */
export interface ClientTransactionInput {
  /** TCP, TLS, SCTP or WebSocket: nothing is retransmitted. */
  readonly reliable: boolean;
  /** Default: the values of RFC 3261, Table 4. */
  readonly timers?: TimerValues;
}

/** What a client transaction knows. */
export interface ClientTransactionContext {
  /** How long each timer waits when it is started next, in milliseconds; one of 0 is not waited for. */
  readonly waits: TimerWaits;
  /** The longest interval between retransmissions of a request that is no INVITE, in milliseconds. */
  readonly t2: number;
}

export interface TimerParams {
  readonly timer: TimerName;
}

/** The types, guards and actions of both charts. */
export function setUpClientTransaction() {
  return setup({
    types: {
      context: {} as ClientTransactionContext,
      events: {} as ClientTransactionEvent,
      emitted: {} as ClientTransactionEmitted,
      input: {} as ClientTransactionInput | undefined,
      meta: {} as { readonly rfc: string },
      transitionMeta: {} as { readonly rfc: string },
    },
    guards: {
      nothingToAbsorb: ({ context }, { timer }: TimerParams) => context.waits[timer] === 0,
    },
    actions: {
      transmit: emit({ type: 'transmit' }),
      acknowledge: emit({ type: 'acknowledge' }),
      deliver: emit({ type: 'deliver' }),
      tellTimeout: emit((_, { timer }: { readonly timer: 'B' | 'F' }) => ({ type: 'timeout', timer })),
      tellTransportError: emit({ type: 'transportError' }),
      tellTerminated: emit({ type: 'terminated' }),
      startTimer: enqueueActions(({ context, enqueue }, { timer }: TimerParams) => {
        const ms = context.waits[timer];
        if (ms > 0) enqueue.emit({ type: 'startTimer', timer, ms });
      }),
      stopTimer: emit((_, { timer }: TimerParams) => ({ type: 'stopTimer', timer })),
      doubleTimerA: assign(({ context: { waits } }) => ({ waits: { ...waits, A: 2 * waits.A } })),
      doubleTimerE: assign(({ context: { waits, t2 } }) => ({ waits: { ...waits, E: Math.min(2 * waits.E, t2) } })),
      setTimerEToT2: assign(({ context: { waits, t2 } }) => ({ waits: { ...waits, E: t2 } })),
    },
  });
}

/** The context of a new client transaction; without input, that of an unreliable transport. */
export function beginClientTransaction(
  { reliable, timers = defaultTimerValues }: ClientTransactionInput = { reliable: false },
): ClientTransactionContext {
  return { waits: timerWaits(timers, reliable), t2: timers.t2 };
}
