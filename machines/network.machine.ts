// The statechart of a simulated network: quiet, or with messages on their way.
import { assign, emit, enqueueActions, setup } from 'xstate';

/** What the network hears. No message enters it, so no credentials do. */
export type NetworkEvent =
  /** A party has sent; chance has decided when each copy arrives, in milliseconds. None: the message is lost. */
  | { readonly type: 'message.sent'; readonly id: number; readonly delays: readonly number[] }
  | { readonly type: 'message.arrived'; readonly id: number };

/** What its host must do. */
export type NetworkEmitted =
  /** Send `message.arrived` after so many milliseconds, and hand the message over. */
  | { readonly type: 'carry'; readonly id: number; readonly delayMs: number }
  | { readonly type: 'drop'; readonly id: number };

/** What the network has done so far. */
export interface NetworkContext {
  readonly onTheWay: number;
  readonly carried: number;
  readonly lost: number;
  readonly duplicated: number;
}

/** The statechart of a simulated network. */
export type NetworkMachine = ReturnType<typeof buildMachine>;

/** The statechart of a simulated network; built once. It is closed: chance and time are its host's. */
export function createNetworkMachine(): NetworkMachine {
  machine ??= buildMachine();
  return machine;
}

let machine: NetworkMachine | undefined;

function buildMachine() {
  return setup({
    types: {
      context: {} as NetworkContext,
      events: {} as NetworkEvent,
      emitted: {} as NetworkEmitted,
    },
    guards: {
      isLost: ({ event }) => event.type === 'message.sent' && event.delays.length === 0,
      isLast: ({ context }) => context.onTheWay <= 1,
    },
    actions: {
      drop: emit(({ event }) => ({ type: 'drop', id: event.id })),
      countLost: assign(({ context }) => ({ lost: context.lost + 1 })),
      carry: enqueueActions(({ event, enqueue }) => {
        if (event.type !== 'message.sent') return;
        for (const delayMs of event.delays) enqueue.emit({ type: 'carry', id: event.id, delayMs });
      }),
      countSent: assign(({ context, event }) => {
        const copies = event.type === 'message.sent' ? event.delays.length : 0;
        return {
          onTheWay: context.onTheWay + copies,
          duplicated: context.duplicated + Math.max(0, copies - 1),
        };
      }),
      countArrived: assign(({ context }) => ({ onTheWay: context.onTheWay - 1, carried: context.carried + 1 })),
    },
  }).createMachine({
    id: 'network',
    description: 'What lies between the user agent client and its servers',
    initial: 'quiet',
    context: { onTheWay: 0, carried: 0, lost: 0, duplicated: 0 },
    options: { maxIterations: 100 },
    states: {
      quiet: {
        description: 'no message is on its way',
        on: {
          'message.sent': [
            { guard: 'isLost', actions: ['drop', 'countLost'], description: 'the only copy is lost' },
            {
              target: 'carrying',
              actions: ['carry', 'countSent'],
              description: 'one copy or several are on their way',
            },
          ],
        },
      },
      carrying: {
        description: 'messages are on their way',
        on: {
          'message.sent': [
            { guard: 'isLost', actions: ['drop', 'countLost'], description: 'the only copy is lost' },
            { actions: ['carry', 'countSent'], description: 'one copy or several are on their way' },
          ],
          'message.arrived': [
            { guard: 'isLast', target: 'quiet', actions: 'countArrived', description: 'the last one is there' },
            { actions: 'countArrived', description: 'others are still on their way' },
          ],
        },
      },
    },
  });
}
