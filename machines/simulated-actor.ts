// The actors of simulated servers and networks: events go in, what is to be done comes out, one after the other.
import { createActor, type AnyActorRef } from 'xstate';
import { createNetworkMachine, type NetworkEmitted, type NetworkEvent } from './network.machine.js';
import {
  inviteServerTransactionMachine,
  nonInviteServerTransactionMachine,
  type ServerTransactionEmitted,
  type ServerTransactionEvent,
} from './server-transaction.machine.js';
import { createUasMachine, type UasEmitted, type UasEvent } from './uas.machine.js';

/** A running chart. */
export interface SimulatedActor<Event> {
  send(event: Event): void;
  stop(): void;
}

/** What an actor is made with. */
export interface SimulatedActorMeans<Emitted> {
  /** Does what the chart asks for. Events that it sends meanwhile wait for their turn. */
  readonly carryOut: (emitted: Emitted) => void;
  readonly inspect?: ((event: { readonly type: string }) => void) | undefined;
}

/** The actor of a network. */
export function startNetworkActor(means: SimulatedActorMeans<NetworkEmitted>): SimulatedActor<NetworkEvent> {
  const actor = createActor(createNetworkMachine(), optionsOf(means));
  const outbox: NetworkEmitted[] = [];
  actor.on('*', (emitted) => void outbox.push(emitted));
  return run(actor, (event: NetworkEvent) => actor.send(event), outbox, means);
}

/** The actor of a server. */
export function startUasActor(means: SimulatedActorMeans<UasEmitted>): SimulatedActor<UasEvent> {
  const actor = createActor(createUasMachine(), optionsOf(means));
  const outbox: UasEmitted[] = [];
  actor.on('*', (emitted) => void outbox.push(emitted));
  return run(actor, (event: UasEvent) => actor.send(event), outbox, means);
}

/** The actor of a server transaction. */
export function startServerTransactionActor(
  { method, reliable }: { readonly method: string; readonly reliable: boolean },
  means: SimulatedActorMeans<ServerTransactionEmitted>,
): SimulatedActor<ServerTransactionEvent> {
  const options = { ...optionsOf(means), input: { reliable } };
  const actor =
    method === 'INVITE'
      ? createActor(inviteServerTransactionMachine, options)
      : createActor(nonInviteServerTransactionMachine, options);
  const outbox: ServerTransactionEmitted[] = [];
  actor.on('*', (emitted) => void outbox.push(emitted));
  return run(actor, (event: ServerTransactionEvent) => actor.send(event), outbox, means);
}

function optionsOf({ inspect }: Pick<SimulatedActorMeans<never>, 'inspect'>) {
  return inspect === undefined ? {} : { inspect };
}

function run<Event, Emitted>(
  actor: AnyActorRef,
  send: (event: Event) => void,
  outbox: Emitted[],
  { carryOut }: SimulatedActorMeans<Emitted>,
): SimulatedActor<Event> {
  const inbox: Event[] = [];
  let isBusy = false;
  const settle = (): void => {
    if (isBusy) return;
    isBusy = true;
    for (;;) {
      const emitted = outbox.shift();
      if (emitted !== undefined) {
        carryOut(emitted);
        continue;
      }
      const event = inbox.shift();
      if (event === undefined) break;
      send(event);
    }
    isBusy = false;
  };
  // Without an observer XState throws in a timer of its own, and the process ends.
  actor.subscribe({ error: () => undefined });
  actor.start();
  settle();
  return {
    send: (event) => {
      inbox.push(event);
      settle();
    },
    stop: () => actor.stop(),
  };
}
