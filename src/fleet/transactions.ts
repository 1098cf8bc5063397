// The REGISTER transactions in flight: what becomes of each is known when a registrar sees it; timer E is a formula.
import type { Bindings } from './bindings.js';
import type { SentRegister } from './behaviour.js';
import type { FleetPlan } from './fleet-plan.js';
import type { Reply } from './message-templates.js';
import type { Registrar } from './registrar.js';
import { TIMER_F_MS, transmissionFrom, transmissionMs } from './retransmissions.js';
import type { Rows } from './rows.js';
import type { Tally } from './tally.js';

/** What comes next of a transaction, and when. */
export type NextInFlight = 'answer' | 'timeout' | 'transportError' | 'transmission';

/** Who waits for it. */
export interface InFlightHost {
  cohortOf(client: number): number;
  registrarOf(client: number): Registrar;
  hasPassword(client: number): boolean;
  comesAt(client: number, moment: number, what: NextInFlight): void;
}

/** Columns: when the transaction began, the transmission that goes out next, and what it shows. */
const BEGUN_AT = 0;
const TRANSMISSION = 1;
const NONCE = 2;
const EXPIRES = 3;

export class Transactions {
  readonly #host: InFlightHost;
  readonly #tally: Tally;
  readonly #bindings: Bindings;
  readonly #latency: number;
  readonly #isReliable: boolean;
  readonly #rows: Rows;
  readonly #replies: (Reply | undefined)[];

  constructor(plan: FleetPlan, clients: number, rows: Rows, host: InFlightHost, tally: Tally, bindings: Bindings) {
    this.#host = host;
    this.#tally = tally;
    this.#bindings = bindings;
    this.#latency = plan.network.latencyMs;
    this.#isReliable = plan.network.transport === 'TCP';
    this.#rows = rows.of('transactions');
    this.#replies = new Array<Reply | undefined>(clients).fill(undefined);
  }

  begin(client: number, now: number, { nonce, expires }: SentRegister): void {
    this.#rows.set(client, BEGUN_AT, now);
    this.#rows.set(client, NONCE, nonce);
    this.#rows.set(client, EXPIRES, expires);
    this.#transmit(client, 0);
  }

  /** The next transmission goes out. */
  transmit(client: number): void {
    this.#tally.count(
      'retransmission',
      this.#host.cohortOf(client),
      this.#momentOf(client, this.#rows.get(client, TRANSMISSION)),
    );
    this.#transmit(client, this.#rows.get(client, TRANSMISSION));
  }

  /** The answer that has come. */
  take(client: number): Reply | undefined {
    const reply = this.#replies[client];
    this.#replies[client] = undefined;
    return reply;
  }

  #transmit(client: number, transmission: number): void {
    const sentAt = this.#momentOf(client, transmission);
    const registrar = this.#host.registrarOf(client);
    const isRight = this.#host.hasPassword(client);
    const shown = { nonce: this.#rows.get(client, NONCE), isRight };
    const arrival = registrar.arrive(sentAt + this.#latency, shown, this.#rows.get(client, EXPIRES));
    if (arrival === 'silence') this.#onSilence(client, transmission, registrar.moment);
    else if (arrival === 'refusal') this.#onRefusal(client, transmission, sentAt);
    else this.#onReply(client, transmission, arrival, registrar.moment);
  }

  #onReply(client: number, transmission: number, reply: Reply, leaves: number): void {
    const begunAt = this.#rows.get(client, BEGUN_AT);
    const comes = leaves + this.#latency;
    const isLate = comes >= begunAt + TIMER_F_MS;
    // The registrar does not know whether its answer is still waited for.
    if (reply.kind === 'accepted') this.#bindings.grant(client, leaves, reply.seconds);
    if (isLate || !isOfUse(reply, this.#rows.get(client, NONCE), this.#host.hasPassword(client))) {
      this.#waste(client, transmission);
    }
    this.#repeat(client, transmission + 1, Math.min(comes, begunAt + TIMER_F_MS));
    if (isLate) {
      this.#host.comesAt(client, begunAt + TIMER_F_MS, 'timeout');
      return;
    }
    this.#replies[client] = reply;
    this.#host.comesAt(client, comes, 'answer');
  }

  #onRefusal(client: number, transmission: number, sentAt: number): void {
    const comes = sentAt + 2 * this.#latency;
    const endsAt = this.#rows.get(client, BEGUN_AT) + TIMER_F_MS;
    this.#waste(client, transmission);
    this.#repeat(client, transmission + 1, Math.min(comes, endsAt));
    // The refusal of the last retransmission may come when timer F has ended the transaction.
    if (comes >= endsAt) this.#host.comesAt(client, endsAt, 'timeout');
    else this.#host.comesAt(client, comes, 'transportError');
  }

  /** @param from when the same request could fare better. */
  #onSilence(client: number, transmission: number, from: number): void {
    const begunAt = this.#rows.get(client, BEGUN_AT);
    this.#waste(client, transmission);
    const next = Math.max(transmission + 1, transmissionFrom(from - this.#latency - begunAt));
    if (this.#isReliable || next >= transmissionMs.length) {
      this.#repeat(client, transmission + 1, begunAt + TIMER_F_MS);
      this.#host.comesAt(client, begunAt + TIMER_F_MS, 'timeout');
      return;
    }
    const moment = this.#momentOf(client, next);
    this.#repeat(client, transmission + 1, moment);
    this.#rows.set(client, TRANSMISSION, next);
    this.#host.comesAt(client, moment, 'transmission');
  }

  /** Counts the transmissions from this one on that go out before a moment; none of them helps. */
  #repeat(client: number, transmission: number, before: number): void {
    if (this.#isReliable) return;
    for (let each = transmission; each < transmissionMs.length; each += 1) {
      const moment = this.#momentOf(client, each);
      if (moment >= before) return;
      this.#tally.count('retransmission', this.#host.cohortOf(client), moment);
      this.#waste(client, each);
    }
  }

  #waste(client: number, transmission: number): void {
    this.#tally.count('wasted', this.#host.cohortOf(client), this.#momentOf(client, transmission));
  }

  #momentOf(client: number, transmission = 0): number {
    return this.#rows.get(client, BEGUN_AT) + (transmissionMs[transmission] ?? TIMER_F_MS);
  }
}

/** A challenge leads on, unless the right nonce was answered with the wrong password. */
function isOfUse({ kind }: Reply, nonce: number, hasPassword: boolean): boolean {
  return kind === 'accepted' || (kind === 'challenged' && (nonce < 0 || hasPassword));
}
