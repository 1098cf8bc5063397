// A run of a fleet, some thousand events at a time: whoever calls can show how far it is, or stop.
import type { Behaviour, FleetHost, SentRegister, Wake } from './behaviour.js';
import { Bindings } from './bindings.js';
import { Chance, seedFor } from './chance.js';
import { EventQueue } from './event-queue.js';
import type { CohortPlan, FleetPlan } from './fleet-plan.js';
import { HabitClients } from './habit-clients.js';
import { Registrar } from './registrar.js';
import { Rows } from './rows.js';
import { StandardClients } from './standard-clients.js';
import { Tally, type SendKind } from './tally.js';
import { Transactions, type InFlightHost, type NextInFlight } from './transactions.js';

/** What a client waits for. */
const COMING: readonly (Wake | NextInFlight)[] = [
  'begin',
  'gate',
  'resend',
  'answer',
  'timeout',
  'transportError',
  'transmission',
];

/** One REGISTER as a client sends it. */
export interface SentMessage extends SentRegister {
  readonly at: number;
  readonly client: number;
  readonly kind: SendKind;
}

export class FleetRun implements FleetHost, InFlightHost {
  readonly plan: FleetPlan;
  readonly tally: Tally;
  readonly bindings: Bindings;
  /** Told of each REGISTER that is sent, without retransmissions; slows a large fleet down. */
  onSend: ((message: SentMessage) => void) | undefined;
  readonly #queue: EventQueue;
  readonly #chance: Chance;
  readonly #behaviours: readonly Behaviour[];
  readonly #registrars: readonly Registrar[];
  readonly #transactions: Transactions;
  readonly #cohorts: Uint8Array;
  /** Restarts that forget bindings, the next one first. */
  readonly #losses: { readonly moment: number; readonly registrar: number }[];
  #now = 0;
  #events = 0;
  #isOver = false;

  constructor(plan: FleetPlan) {
    const { cohorts, seed, untilMs } = plan;
    const clients = cohorts.reduce((sum, { count }) => sum + count, 0);
    const rows = Rows.forClients(clients);
    this.plan = plan;
    this.#cohorts = new Uint8Array(clients);
    this.#chance = new Chance(seed, clients);
    this.#queue = new EventQueue(rows, untilMs);
    this.tally = new Tally(cohorts.length, untilMs);
    const { buckets, bucketMs } = this.tally;
    this.bindings = new Bindings(clients, cohorts.length, buckets, bucketMs, (client) => this.cohortOf(client));
    const circumstances = new Chance(seedFor('registrars', seed), Math.max(clients, plan.registrars.length));
    this.#registrars = plan.registrars.map(
      (registrar, index) => new Registrar(registrar, () => circumstances.draw(index)),
    );
    this.#transactions = new Transactions(plan, clients, rows, this, this.tally, this.bindings);
    const starts = new Chance(seedFor('starts', seed), clients);
    let first = 0;
    this.#behaviours = cohorts.map((cohort, index) => {
      const behaviour = behaviourOf(cohort, first, this, rows);
      this.#cohorts.fill(index, first, first + cohort.count);
      for (let client = first; client < first + cohort.count; client += 1) {
        this.wakeAt(client, cohort.start.atMs + Math.floor(cohort.start.overMs * starts.draw(client)), 'begin');
      }
      first += cohort.count;
      return behaviour;
    });
    this.#losses = lossesOf(plan);
  }

  get now(): number {
    return this.#now;
  }

  /** Events so far. */
  get events(): number {
    return this.#events;
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  /** Clients of each cohort that send nothing more. */
  get stopped(): readonly number[] {
    return this.#behaviours.map(({ stopped }) => stopped);
  }

  /** Goes on for so many events at most; false when the run is over. */
  advance(most: number): boolean {
    for (let events = 0; events < most && !this.#isOver; events += 1) {
      const client = this.#queue.take();
      this.#isOver = client < 0;
      this.#turnTo(this.#isOver ? this.plan.untilMs : this.#queue.momentOf(client));
      if (!this.#isOver) this.#dispatch(client);
    }
    return !this.#isOver;
  }

  cohortOf(client: number): number {
    return this.#cohorts[client] ?? 0;
  }

  registrarOf(client: number): Registrar {
    const registrar = this.#registrars[client % this.#registrars.length];
    if (registrar === undefined) throw new RangeError('A fleet needs a registrar.');
    return registrar;
  }

  hasPassword(client: number): boolean {
    return this.plan.cohorts[this.cohortOf(client)]?.hasPassword ?? true;
  }

  random(client: number): number {
    return this.#chance.draw(client);
  }

  wakeAt(client: number, moment: number, why: Wake): void {
    this.#schedule(client, moment, why);
  }

  comesAt(client: number, moment: number, what: NextInFlight): void {
    this.#schedule(client, moment, what);
  }

  send(client: number, kind: SendKind, register: SentRegister): void {
    this.tally.count(kind, this.cohortOf(client), this.#now);
    this.onSend?.({ ...register, at: this.#now, client, kind });
    this.#transactions.begin(client, this.#now, register);
  }

  #schedule(client: number, moment: number, what: Wake | NextInFlight): void {
    this.#queue.schedule(client, moment, COMING.indexOf(what));
  }

  #dispatch(client: number): void {
    const cohort = this.cohortOf(client);
    const behaviour = this.#behaviours[cohort];
    const what = COMING[this.#queue.whatOf(client)] ?? 'begin';
    this.#events += 1;
    switch (what) {
      case 'begin':
      case 'gate':
      case 'resend':
        behaviour?.wake(client, what);
        break;
      case 'transmission':
        this.#transactions.transmit(client);
        break;
      case 'answer': {
        const reply = this.#transactions.take(client);
        if (reply === undefined) break;
        this.tally.count(reply.kind, cohort, this.#now);
        behaviour?.answered(client, reply);
        break;
      }
      case 'timeout':
      case 'transportError':
        this.tally.count('unanswered', cohort, this.#now);
        behaviour?.failed(client, what);
    }
  }

  #turnTo(moment: number): void {
    for (let loss = this.#losses[0]; loss !== undefined && loss.moment <= moment; loss = this.#losses[0]) {
      this.#losses.shift();
      for (let client = loss.registrar; client < this.#cohorts.length; client += this.#registrars.length) {
        this.bindings.forget(client, loss.moment);
      }
    }
    this.#now = Math.max(this.#now, moment);
  }
}

function behaviourOf(cohort: CohortPlan, first: number, host: FleetHost, rows: Rows): Behaviour {
  return cohort.behaviour === 'standard'
    ? new StandardClients(cohort, first, host, rows)
    : new HabitClients(cohort, first, host);
}

/** A registrar that restarts has forgotten its bindings from the moment on at which it stops. */
function lossesOf({ registrars, untilMs }: FleetPlan): { readonly moment: number; readonly registrar: number }[] {
  return registrars
    .flatMap(({ outages }, registrar) =>
      outages.filter(({ forgets }) => forgets.bindings).map(({ fromMs }) => ({ moment: fromMs, registrar })),
    )
    .filter(({ moment }) => moment < untilMs)
    .sort((one, other) => one.moment - other.moment);
}
