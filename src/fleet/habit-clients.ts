// Clients with a habit instead of rules: after whatever went wrong they try again after the same time, whatever was asked of them.
import type { Behaviour, FleetHost, Wake } from './behaviour.js';
import type { CohortPlan } from './fleet-plan.js';
import type { Reply } from './message-templates.js';
import type { SendKind } from './tally.js';

/**
 * As measured of clients in use: a challenge is answered once, a granted interval is refreshed at the same part of it,
 * and everything else is followed by the same wait. No Retry-After is heeded, no client gives up, and none decides by a
 * policy: that is what makes it a habit.
 */
export class HabitClients implements Behaviour {
  readonly stopped = 0;
  readonly #plan: CohortPlan;
  readonly #host: FleetHost;
  readonly #first: number;
  readonly #cseq: Uint32Array;
  readonly #nonce: Int32Array;
  readonly #isRegistered: Uint8Array;
  /** Why the request in flight was sent. */
  readonly #kinds: Uint8Array;

  constructor(plan: CohortPlan, first: number, host: FleetHost) {
    this.#plan = plan;
    this.#host = host;
    this.#first = first;
    this.#cseq = new Uint32Array(plan.count);
    this.#nonce = new Int32Array(plan.count).fill(-1);
    this.#isRegistered = new Uint8Array(plan.count);
    this.#kinds = new Uint8Array(plan.count);
  }

  wake(client: number, why: Wake): void {
    const isRetry = why === 'resend';
    const isRegistered = this.#isRegistered[client - this.#first] === 1;
    this.#send(client, isRetry ? 'retry' : isRegistered ? 'refresh' : 'first');
  }

  answered(client: number, { kind, nonce, seconds }: Reply): void {
    const at = client - this.#first;
    if (kind === 'accepted') {
      this.#isRegistered[at] = 1;
      this.#host.wakeAt(client, this.#host.now + Math.max(1_000, 1_000 * seconds * this.#plan.refreshAt), 'begin');
      return;
    }
    if (kind === 'challenged' && this.#kinds[at] !== AUTHENTICATED) {
      this.#nonce[at] = nonce;
      this.#send(client, 'authenticated');
      return;
    }
    if (kind === 'challenged') this.#nonce[at] = -1;
    this.#again(client);
  }

  failed(client: number): void {
    this.#again(client);
  }

  #again(client: number): void {
    this.#host.wakeAt(client, this.#host.now + this.#plan.retryMs, 'resend');
  }

  #send(client: number, kind: SendKind): void {
    const at = client - this.#first;
    const cseq = (this.#cseq[at] ?? 0) + 1;
    this.#cseq[at] = cseq;
    this.#kinds[at] = kind === 'authenticated' ? AUTHENTICATED : 0;
    this.#host.send(client, kind, { cseq, nonce: this.#nonce[at] ?? -1, expires: this.#plan.expires });
  }
}

const AUTHENTICATED = 1;
