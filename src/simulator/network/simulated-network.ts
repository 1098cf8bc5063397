// The network of a simulation: it carries text between parties, by chance, and notes what becomes of each message.
import { startNetworkActor, type SimulatedActor } from '../../../machines/simulated-actor.js';
import type { NetworkEmitted, NetworkEvent } from '../../../machines/network.machine.js';
import type { Clock } from '../../timing/clock.js';
import { bracketed, type Endpoint, type TransportName } from '../../transport/server-address.js';
import type { TransportFailure } from '../../transport/transport-failure.js';
import type { Inspect } from '../inspector.js';
import type { Noted, Recorder } from '../recorder.js';
import type { WrittenNetwork } from '../scenario.js';
import { fateOf, latencyOf } from './fate.js';

/** Who is at an address. */
export interface Station {
  /** As the transcript calls it. */
  readonly id: string;
  readonly isUp: boolean;
  /** Takes a message; false where nobody is there to take it. */
  receive(text: string, from: Endpoint, transport: TransportName, at: Endpoint): boolean;
}

/** An address in use. */
export interface Place extends Endpoint {
  readonly transport: TransportName;
}

export interface NetworkMeans {
  readonly network: WrittenNetwork;
  readonly clock: Clock;
  readonly random: () => number;
  readonly recorder: Recorder;
  readonly inspect?: Inspect | undefined;
}

interface OnTheWay {
  readonly noted: Noted;
  readonly text: string;
  readonly from: Endpoint;
  readonly to: Place;
}

export class SimulatedNetwork {
  readonly #means: NetworkMeans;
  readonly #actor: SimulatedActor<NetworkEvent>;
  readonly #stations = new Map<string, Station>();
  readonly #onTheWay = new Map<number, OnTheWay>();
  /** Streams deliver in order: when the last message of each direction arrives. */
  readonly #lastArrival = new Map<string, number>();
  readonly #connections = new Set<string>();

  constructor(means: NetworkMeans) {
    this.#means = means;
    this.#actor = startNetworkActor({ carryOut: (emitted) => this.#carryOut(emitted), inspect: means.inspect });
  }

  attach(place: Place, station: Station): void {
    this.#stations.set(keyOf(place), station);
  }

  /** A message leaves. Whether it arrives, its sender does not learn. */
  pass(from: Endpoint & { readonly id: string }, to: Place, text: string): void {
    const { recorder, network, random } = this.#means;
    const { transport } = to;
    const noted = recorder.leaving({ from: from.id, to: this.#partyAt(to), transport, text });
    const drawn = fateOf(network, transport !== 'UDP', random);
    const delays = transport === 'UDP' ? drawn : this.#inOrder(from, to, drawn);
    this.#onTheWay.set(noted.id, { noted, text, from, to });
    this.#actor.send({ type: 'message.sent', id: noted.id, delays });
  }

  /**
   * Opens a connection where there is none: one round trip for TCP, two for TLS.
   * @returns why there is none.
   */
  async connect(from: Endpoint & { readonly id: string }, to: Place): Promise<TransportFailure | undefined> {
    const key = connectionOf(from, to);
    if (this.#connections.has(key) && this.#stations.get(keyOf(to))?.isUp === true) return undefined;
    const { clock, network } = this.#means;
    const roundTrips = to.transport === 'TLS' ? 2 : 1;
    await new Promise<void>((resolve) => {
      clock.at(clock.now() + 2 * roundTrips * latencyOf(network), resolve);
    });
    if (this.#stations.get(keyOf(to))?.isUp === true) {
      this.#connections.add(key);
      return undefined;
    }
    const server = `${to.transport} ${bracketed(to.host)}:${to.port}`;
    return { code: 'refused', why: `${server}: nothing listens on that port.`, system: 'ECONNREFUSED' };
  }

  /** Notes a message that could not leave, because its connection was refused. */
  noteRefused(from: Endpoint & { readonly id: string }, { transport, ...to }: Place, text: string): void {
    const party = this.#partyAt({ transport, ...to });
    this.#means.recorder.leaving({ from: from.id, to: party, transport, text }).lost = 'refused';
  }

  stop(): void {
    this.#actor.stop();
  }

  #inOrder(from: Endpoint, to: Place, delays: readonly number[]): readonly number[] {
    const { clock } = this.#means;
    const key = connectionOf(from, to);
    return delays.map((delay) => {
      const moment = Math.max(clock.now() + delay, this.#lastArrival.get(key) ?? 0);
      this.#lastArrival.set(key, moment);
      return moment - clock.now();
    });
  }

  #partyAt(to: Place): string {
    const station = this.#stations.get(keyOf(to));
    if (station !== undefined) return station.id;
    const known = [...this.#stations].find(([key]) => key.endsWith(` ${addressOf(to)}`));
    if (known !== undefined) return known[1].id;
    const id = addressOf(to);
    this.#means.recorder.addParty({ id, role: 'server', host: to.host, port: to.port });
    return id;
  }

  #carryOut(emitted: NetworkEmitted): void {
    const { clock } = this.#means;
    const passing = this.#onTheWay.get(emitted.id);
    if (passing === undefined) return;
    if (emitted.type === 'drop') {
      passing.noted.lost = 'network';
      return;
    }
    clock.at(clock.now() + emitted.delayMs, () => {
      this.#actor.send({ type: 'message.arrived', id: emitted.id });
      this.#arrive(passing);
    });
  }

  #arrive({ noted, text, from, to }: OnTheWay): void {
    const { recorder } = this.#means;
    recorder.turnTo(noted);
    const { host, port } = to;
    const taken = this.#stations.get(keyOf(to))?.receive(text, from, to.transport, { host, port }) === true;
    if (taken) recorder.arrived(noted);
    else if (noted.arrivals.length === 0) noted.lost = 'down';
  }
}

function addressOf({ host, port }: Endpoint): string {
  return `${bracketed(host)}:${port}`;
}

function keyOf(place: Place): string {
  return `${place.transport} ${addressOf(place)}`;
}

function connectionOf(from: Endpoint, to: Place): string {
  return `${addressOf(from)} ${keyOf(to)}`;
}
