// A server that does what a SIPp scenario says, at its place in the simulated network.
import { startUasActor, type SimulatedActor } from '../../../machines/simulated-actor.js';
import type { UasEmitted, UasEvent } from '../../../machines/uas.machine.js';
import type { Environment } from '../../timing/environment.js';
import type { Endpoint, TransportName } from '../../transport/server-address.js';
import type { ChartWatch } from '../chart-watch.js';
import type { SimulatedNetwork, Station } from '../network/simulated-network.js';
import type { Recorder } from '../recorder.js';
import type { Way } from './call-means.js';
import type { SippProgram } from './program.js';
import { callIdOf, receivedOf } from './received.js';
import { SippCall } from './sipp-call.js';
import type { Value } from './variables.js';

export interface SippServerMeans {
  /** As the transcript calls it. */
  readonly id: string;
  readonly program: SippProgram;
  readonly environment: Environment;
  readonly network: SimulatedNetwork;
  readonly recorder: Recorder;
  readonly watch: ChartWatch;
}

export class SippServer implements Station {
  readonly #means: SippServerMeans;
  readonly #actor: SimulatedActor<UasEvent>;
  readonly #calls = new Map<string, SippCall>();
  readonly #globals = new Map<string, Value>();
  readonly #arriving = new Map<number, () => void>();
  #arrivals = 0;
  #taken = false;
  #isUp = true;
  #count = 0;

  constructor(means: SippServerMeans) {
    this.#means = means;
    this.#actor = startUasActor({
      carryOut: (emitted) => this.#carryOut(emitted),
      inspect: means.watch.as(`server ${means.id}`, means.id),
    });
  }

  get id(): string {
    return this.#means.id;
  }

  get isUp(): boolean {
    return this.#isUp;
  }

  receive(text: string, remote: Endpoint, transport: TransportName, local: Endpoint): boolean {
    this.#arrivals += 1;
    this.#taken = false;
    this.#arriving.set(this.#arrivals, () => {
      this.#taken = true;
      this.#take(text, { transport, local, remote });
    });
    this.#actor.send({ type: 'message.arrived', id: this.#arrivals });
    return this.#taken;
  }

  goDown(): void {
    this.#isUp = false;
    this.#means.recorder.tell({ type: 'party', party: this.id, does: 'goes down' });
    for (const call of this.#calls.values()) call.stop();
    this.#calls.clear();
    this.#actor.send({ type: 'server.stopped' });
  }

  comeBack(): void {
    this.#isUp = true;
    this.#means.recorder.tell({ type: 'party', party: this.id, does: 'is back' });
    this.#actor.send({ type: 'server.started' });
  }

  /** At the end of a simulation: tells of the calls that wait for something that has not come. */
  tellAwaited(): void {
    for (const [index, call] of [...this.#calls.values()].entries()) {
      if (call.awaited !== undefined) this.#tell(index + 1, `${call.awaited} when the simulation ends`);
    }
  }

  #carryOut({ type, id }: UasEmitted): void {
    const take = this.#arriving.get(id);
    this.#arriving.delete(id);
    if (type === 'take') take?.();
  }

  #take(text: string, way: Way): void {
    const message = receivedOf(text);
    if (message === undefined) return;
    const callId = callIdOf(message);
    const call = this.#calls.get(callId) ?? this.#begin(callId, message.method, way);
    call?.receive(message, way);
  }

  /** SIPp begins a call with any request but an ACK, and drops a response that belongs to none. */
  #begin(callId: string, method: string | undefined, way: Way): SippCall | undefined {
    if (method === undefined || method === 'ACK') return undefined;
    const { program, environment, recorder } = this.#means;
    this.#count += 1;
    const number = this.#count;
    const call = new SippCall(
      {
        program,
        callId,
        number,
        globals: this.#globals,
        environment,
        now: () => recorder.now,
        send: (text, back) => this.#send(text, back),
        tell: (words) => this.#tell(number, words),
      },
      way,
    );
    this.#calls.set(callId, call);
    return call;
  }

  #tell(number: number, words: string): void {
    this.#means.recorder.tell({ type: 'party', party: this.id, does: `call ${number} ${words}` });
  }

  #send(text: string, { transport, local, remote }: Way): void {
    const [, status = ''] = /^SIP\/2\.0 (\d)/.exec(text) ?? [];
    if (status === '2') this.#actor.send({ type: 'request.answered' });
    else if (status >= '3') this.#actor.send({ type: 'request.refused' });
    this.#means.network.pass({ id: this.id, ...local }, { ...remote, transport }, text);
  }
}
