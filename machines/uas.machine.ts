// The statechart of a simulated server: serving, overloaded or down.
import { assign, emit, setup } from 'xstate';

/** What a server hears. No message enters it, so no credentials do. */
export type UasEvent =
  /** A message reached its address. */
  | { readonly type: 'message.arrived'; readonly id: number }
  /** A new request was taken, and this is what came of it. */
  | { readonly type: 'request.answered' | 'request.refused' | 'request.ignored' | 'request.forwarded' }
  | { readonly type: 'load.exceeded' | 'load.relieved' }
  | { readonly type: 'server.stopped' | 'server.started' };

/** What its host must do. */
export type UasEmitted =
  /** Read the message: it is for a transaction, or a new request. */
  | { readonly type: 'take'; readonly id: number }
  /** Nobody is there to take it. */
  | { readonly type: 'miss'; readonly id: number };

/** How many requests the server has taken, by what came of them. */
export interface UasContext {
  readonly answered: number;
  readonly refused: number;
  readonly ignored: number;
  readonly forwarded: number;
  readonly missed: number;
}

/** The statechart of a simulated server. */
export type UasMachine = ReturnType<typeof buildMachine>;

/** The statechart of a simulated server; built once. It is closed: messages, time and behaviour are its host's. */
export function createUasMachine(): UasMachine {
  machine ??= buildMachine();
  return machine;
}

let machine: UasMachine | undefined;

const counted = {
  'request.answered': { actions: { type: 'count', params: { what: 'answered' } }, description: 'it was let through' },
  'request.refused': { actions: { type: 'count', params: { what: 'refused' } }, description: 'it was refused' },
  'request.ignored': { actions: { type: 'count', params: { what: 'ignored' } }, description: 'it gets no answer' },
  'request.forwarded': { actions: { type: 'count', params: { what: 'forwarded' } }, description: 'it was passed on' },
} as const;

const taken = { actions: 'take', description: 'for a transaction, or the beginning of one' } as const;

const stopped = { target: '#uas.down', description: 'nothing listens any more' } as const;

function buildMachine() {
  return setup({
    types: { context: {} as UasContext, events: {} as UasEvent, emitted: {} as UasEmitted },
    actions: {
      take: emit(({ event }) => ({ type: 'take', id: 'id' in event ? event.id : 0 })),
      miss: emit(({ event }) => ({ type: 'miss', id: 'id' in event ? event.id : 0 })),
      count: assign(({ context }, { what }: { readonly what: keyof UasContext }) => ({ [what]: context[what] + 1 })),
    },
  }).createMachine({
    id: 'uas',
    description: 'A server that the user agent client meets',
    initial: 'up',
    context: { answered: 0, refused: 0, ignored: 0, forwarded: 0, missed: 0 },
    options: { maxIterations: 100 },
    states: {
      up: {
        description: 'it listens',
        initial: 'serving',
        on: { 'message.arrived': taken, ...counted, 'server.stopped': stopped },
        states: {
          serving: {
            description: 'it keeps up',
            on: { 'load.exceeded': { target: 'overloaded', description: 'more comes than it can serve' } },
          },
          overloaded: {
            description: 'it refuses what it cannot serve',
            on: { 'load.relieved': { target: 'serving', description: 'it keeps up again' } },
          },
        },
      },
      down: {
        description: 'nothing that is sent to it is heard',
        on: {
          'message.arrived': {
            actions: ['miss', { type: 'count', params: { what: 'missed' } }],
            description: 'nobody is there to take it',
          },
          'server.started': { target: 'up', description: 'it listens again' },
        },
      },
    },
  });
}
