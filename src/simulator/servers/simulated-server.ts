// A server of a simulation: its chart, its transactions, and the answers of its behaviour.
import { startUasActor, type SimulatedActor } from '../../../machines/simulated-actor.js';
import type { UasEmitted, UasEvent } from '../../../machines/uas.machine.js';
import { firstHeader } from '../../sip/header-list.js';
import type { SipRequest, SipResponse } from '../../sip/message.js';
import type { Environment } from '../../timing/environment.js';
import type { Source } from '../../transport/inbox.js';
import type { Endpoint, TransportName } from '../../transport/server-address.js';
import { Wire } from '../../transport/wire.js';
import type { ChartWatch } from '../chart-watch.js';
import type { SimulatedNetwork, Station } from '../network/simulated-network.js';
import { SimulatedTransports, type Residence } from '../network/simulated-transports.js';
import { ViasBelow } from '../network/vias-below.js';
import type { Recorder } from '../recorder.js';
import { AcceptedCalls } from './accepted-calls.js';
import { Forwarding, type FindServer } from './forwarding.js';
import type { ServerTransaction } from './server-transaction.js';
import { ServerTransactions } from './server-transactions.js';
import { answerWith, eventOf, type Answer, type Service, type Serving } from './service.js';
import { writtenResponse } from './written-response.js';

export interface ServerMeans {
  readonly environment: Environment;
  readonly network: SimulatedNetwork;
  readonly recorder: Recorder;
  readonly watch: ChartWatch;
  readonly residence: Residence;
  readonly serving: Serving;
  /** The servers of a URI, or of another server's name, as a proxy finds them. */
  readonly find: FindServer;
  /** Calls a behaviour; what it throws, where the scenario does not say how to go on, ends the simulation. */
  readonly attempt: <T>(act: () => T) => T | undefined;
}

/** RFC 3261 §17.2.1: an INVITE that is not answered by then gets a 100. */
const TRYING_MS = 200;
const TRYING: Answer = { status: 100, headers: [], afterMs: 0 };

export class SimulatedServer implements Station {
  readonly id: string;
  readonly #means: ServerMeans;
  readonly #transports: SimulatedTransports;
  readonly #wire: Wire;
  readonly #actor: SimulatedActor<UasEvent>;
  readonly #transactions: ServerTransactions;
  readonly #arriving = new Map<number, () => void>();
  readonly #calls: AcceptedCalls;
  readonly #forwarding: Forwarding;
  #arrivals = 0;
  #taken = false;
  #isUp = true;
  #isOverloaded = false;

  constructor(means: ServerMeans) {
    const { environment, network, residence, recorder, watch } = means;
    this.id = residence.id;
    this.#means = means;
    const inspect = watch.transactionsOf(residence.id);
    const below = new ViasBelow();
    this.#transports = new SimulatedTransports(network, residence, { below, isUp: () => this.#isUp });
    this.#wire = new Wire({ transports: this.#transports, environment, inspect });
    this.#actor = startUasActor({
      carryOut: (emitted) => this.#carryOut(emitted),
      inspect: watch.as(`server ${residence.id}`, residence.id),
    });
    const unacknowledged = () => recorder.tell({ type: 'party', party: this.id, does: 'gives up waiting for an ACK' });
    this.#transactions = new ServerTransactions({
      environment,
      inspect,
      respond: (response, source) => void this.#transports.respond(response, source),
      unacknowledged,
    });
    this.#calls = new AcceptedCalls(environment, this.#wire, unacknowledged);
    this.#forwarding = new Forwarding({ ...means, wire: this.#wire, below });
    this.#wire.on('request', ({ request, source }) => this.#take(request, source));
  }

  get isUp(): boolean {
    return this.#isUp;
  }

  receive(text: string, from: Endpoint, transport: TransportName, at: Endpoint): boolean {
    this.#arrivals += 1;
    this.#taken = false;
    this.#arriving.set(this.#arrivals, () => {
      this.#taken = true;
      this.#transports.receive(text, from, transport, at);
    });
    this.#actor.send({ type: 'message.arrived', id: this.#arrivals });
    return this.#taken;
  }

  goDown(): void {
    this.#isUp = false;
    this.#means.recorder.tell({ type: 'party', party: this.id, does: 'goes down' });
    this.#transactions.stop();
    this.#calls.stop();
    this.#means.serving.restart?.();
    this.#actor.send({ type: 'server.stopped' });
  }

  comeBack(): void {
    this.#isUp = true;
    this.#means.recorder.tell({ type: 'party', party: this.id, does: 'is back' });
    this.#actor.send({ type: 'server.started' });
  }

  #carryOut({ type, id }: UasEmitted): void {
    const take = this.#arriving.get(id);
    this.#arriving.delete(id);
    if (type === 'take') take?.();
  }

  #take(request: SipRequest, source: Source): void {
    const known = this.#transactions.find(request);
    switch (request.method) {
      case 'ACK':
        this.#takeAck(request);
        return;
      case 'CANCEL':
        if (known === undefined) this.#cancel(request, source);
        else known.again();
        return;
      default:
        if (known === undefined) this.#begin(request, source);
        else known.again();
    }
  }

  #takeAck(ack: SipRequest): void {
    const refused = this.#transactions.find(ack, 'INVITE');
    if (refused !== undefined) refused.acknowledge();
    else if (!this.#calls.acknowledge(ack) && this.#means.serving.isProxy === true) this.#forwarding.acknowledge(ack);
  }

  /** RFC 3261 §9.2: a 200 for the CANCEL, and a 487 for the INVITE that has no final response. */
  #cancel(request: SipRequest, source: Source): void {
    const invite = this.#transactions.find(request, 'INVITE');
    const transaction = this.#transactions.create(request, source);
    this.#answer(transaction, { status: invite === undefined ? 481 : 200, headers: [], afterMs: 0 }, source);
    if (invite === undefined || invite.isAnswered) return;
    invite.clear();
    if (!this.#forwarding.cancel(invite)) this.#answer(invite, { status: 487, headers: [], afterMs: 0 }, source);
  }

  #begin(request: SipRequest, source: Source): void {
    const transaction = this.#transactions.create(request, source);
    const isEnd = this.#calls.end(request) && this.#means.serving.answersBye?.(request) !== true;
    const service = isEnd ? answerWith(200) : this.#serve(request);
    if (service === undefined) return;
    this.#actor.send({ type: eventOf(service) });
    this.#follow(service, transaction, source);
    this.#tellLoad();
  }

  #serve(request: SipRequest): Service | undefined {
    const { serving, recorder, environment, attempt } = this.#means;
    // RFC 3261 §16.3, step 3: a proxy passes on nothing that may go no further.
    if (serving.isProxy === true && firstHeader(request.headers, 'Max-Forwards') === '0') return answerWith(483);
    return attempt(() => serving.serve(request, { ...environment, now: recorder.now }));
  }

  #tellLoad(): void {
    const { serving, recorder } = this.#means;
    const isOverloaded = serving.isOverloaded?.(recorder.now) === true;
    if (isOverloaded === this.#isOverloaded) return;
    this.#isOverloaded = isOverloaded;
    recorder.tell({ type: 'party', party: this.id, does: isOverloaded ? 'is overloaded' : 'keeps up again' });
    this.#actor.send({ type: isOverloaded ? 'load.exceeded' : 'load.relieved' });
  }

  #follow(service: Service, transaction: ServerTransaction, source: Source): void {
    switch (service.kind) {
      case 'silence':
        return;
      case 'noise':
        transaction.later(service.afterMs, () => this.#transports.utter(service.text, source));
        return;
      case 'forward':
        transaction.later(service.afterMs, () =>
          this.#forwarding.forward(transaction, service, (response) => transaction.answer(response)),
        );
        return;
      case 'answers':
        this.#answerInOrder(service, transaction, source);
    }
  }

  #answerInOrder(
    { answers, then = [] }: Extract<Service, { kind: 'answers' }>,
    transaction: ServerTransaction,
    source: Source,
  ): void {
    const { request } = transaction;
    const [first] = answers;
    let after = 0;
    if (request.method === 'INVITE' && first !== undefined && first.afterMs > TRYING_MS) {
      transaction.later(TRYING_MS, () => this.#answer(transaction, TRYING, source));
    }
    for (const answer of answers) {
      after += answer.afterMs;
      transaction.later(after, () => {
        const response = this.#answer(transaction, answer, source);
        if (answer.status < 200 || answer.status > 299) return;
        if (request.method === 'INVITE') this.#calls.accept(request, response, transaction, source, then);
        else this.#calls.follow(request, response, source, then);
      });
    }
  }

  #answer(transaction: ServerTransaction, answer: Answer, source: Source): SipResponse {
    const { host, port, tlsPort } = this.#means.residence;
    const contact = { host, port: source.transport === 'TLS' ? tlsPort : port };
    const writer = { name: this.id, contact, transport: source.transport };
    const response = writtenResponse(transaction.request, answer, transaction.tag, writer);
    transaction.answer(response);
    return response;
  }
}
