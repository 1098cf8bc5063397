// Overload control between this client and the servers that take part: RFC 7339 (loss) and RFC 7415 (rate).
import type { SipRequest } from '../sip/message.js';
import type { Environment } from '../timing/environment.js';
import { BoundedMemory } from './bounded-memory.js';
import { agree, type Agreement, type Restriction } from './overload-agreement.js';
import { readOverloadReport } from './overload-report.js';
import { requireAmount, requireWhole } from './require-option.js';
import { urgencyOf } from './request-urgency.js';

/** Whether a request may go now; a refusal tells what the server asked for and until when. */
export type OverloadAdmission =
  | { readonly admitted: true }
  | {
      readonly admitted: false;
      readonly because: 'loss';
      /** The percentage that the server wants left out. */
      readonly oc: number;
      /** When the restriction ends, unless the server renews it; on the scale of the clock's `now()`. */
      readonly until: number;
    }
  | {
      readonly admitted: false;
      readonly because: 'rate';
      /** Requests a second that the server admits. */
      readonly oc: number;
      readonly until: number;
      /** The moment when the request may go, if none goes before it. */
      readonly at: number;
    };

export interface OverloadControlOptions {
  /** Which servers are offered overload control, and heeded; default: all. RFC 7339 §5.2: trusted neighbours, say. */
  readonly offeredTo?: (server: string) => boolean;
  /** The longest validity that is heeded, in milliseconds. Default: 3 600 000. */
  readonly maxValidityMs?: number;
  /** How many servers are remembered. Default: 1024. */
  readonly capacity?: number;
}

const OFFER = ';oc;oc-algo="loss,rate"';
const ADMITTED: OverloadAdmission = { admitted: true };

/**
 * What servers ask for in our Via, and whether a request may go. Without a value for `oc` from the server nothing is
 * restricted. ACK, CANCEL, BYE and emergency calls always go; in-dialog and marked requests go before others.
 */
export class OverloadControl {
  readonly #environment: Pick<Environment, 'clock' | 'random'>;
  readonly #offeredTo: (server: string) => boolean;
  readonly #maxValidityMs: number;
  readonly #agreements: BoundedMemory<Agreement>;

  /** @throws SipRetryError `badOptions` for a number that cannot be used. */
  constructor(environment: Pick<Environment, 'clock' | 'random'>, options: OverloadControlOptions = {}) {
    this.#environment = environment;
    this.#offeredTo = options.offeredTo ?? (() => true);
    this.#maxValidityMs = requireAmount('maxValidityMs', options.maxValidityMs ?? 3_600_000);
    this.#agreements = new BoundedMemory<Agreement>(environment.clock, {
      capacity: requireWhole('capacity', options.capacity ?? 1_024, 1),
      forbidsUntil: ({ restriction }) => restriction?.until ?? -Infinity,
    });
  }

  /**
   * What the topmost Via of every request to this server carries behind its other parameters, with its leading
   * semicolon (RFC 7339 §4.1, §4.2: "MUST add"); '' for a server that is not offered it.
   */
  viaParameters(server: string): string {
    return this.#offeredTo(server) ? OFFER : '';
  }

  /**
   * Takes up what a response says, provisional or final.
   * @param server the address and port that the request was sent to (RFC 7339 §5.4).
   * @param topViaValue the value of the topmost Via of the response, which is our own.
   */
  noteResponse(server: string, topViaValue: string): void {
    const report = this.#offeredTo(server) ? readOverloadReport(topViaValue) : undefined;
    if (report === undefined) return;
    const { clock, random } = this.#environment;
    const now = clock.now();
    const before = this.#agreementOf(server, now);
    const agreement = agree(report, before, { now, random, maxValidityMs: this.#maxValidityMs });
    if (agreement !== undefined) this.#agreements.set(server, agreement);
  }

  /** Asks to send a request to this server now. An admitted request counts as sent. */
  admit(server: string, request: SipRequest): OverloadAdmission {
    const { clock, random } = this.#environment;
    const now = clock.now();
    const agreement = this.#agreementOf(server, now);
    if (agreement === undefined) return ADMITTED;
    const urgency = urgencyOf(request);
    const { loss, restriction } = agreement;
    loss.count(urgency, now);
    if (restriction === undefined || now >= restriction.until) return ADMITTED;
    const { oc, until } = restriction;
    if (restriction.algorithm === 'loss') {
      return loss.leavesOut(urgency, oc, random()) ? { admitted: false, because: 'loss', oc, until } : ADMITTED;
    }
    const at = restriction.throttle.mayGoAt(urgency, now);
    if (at > now) return { admitted: false, because: 'rate', oc, until, at: Math.min(at, until) };
    restriction.throttle.pour(now, random());
    return ADMITTED;
  }

  /** What a server asks for at this moment; undefined when it asks for nothing. */
  restriction(server: string): Pick<Restriction, 'algorithm' | 'oc' | 'until'> | undefined {
    const now = this.#environment.clock.now();
    const restriction = this.#agreementOf(server, now)?.restriction;
    if (restriction === undefined || now >= restriction.until) return undefined;
    return { algorithm: restriction.algorithm, oc: restriction.oc, until: restriction.until };
  }

  /** How many servers are remembered. */
  get size(): number {
    return this.#agreements.size;
  }

  #agreementOf(server: string, now: number): Agreement | undefined {
    const agreement = this.#agreements.get(server);
    if (agreement === undefined || now < agreement.keptUntil) return agreement;
    this.#agreements.delete(server);
    return undefined;
  }
}
