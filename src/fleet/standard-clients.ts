// Clients that keep registered by keepRegistered's rules: the same decisions at the same moments, in a hundred octets each.
import { decide, type Decision } from '../policy/decide.js';
import type { Client } from '../policy/facts.js';
import type { LocalOutcome } from '../policy/facts-of.js';
import type { ActionOf } from '../policy/action.js';
import { noteRefusal } from '../request/note-lifecycle.js';
import { composeNext, isComposable, noteDecision, type RequestRecord } from '../request/record.js';
import { readCSeq } from '../sip/cseq.js';
import type { RegistrationVerdict } from '../uac/registration-verdict.js';
import type { Behaviour, FleetHost, Wake } from './behaviour.js';
import { ClientGates } from './client-gates.js';
import { EPOCH } from './epoch.js';
import type { CohortPlan } from './fleet-plan.js';
import { nonceIn, REALM, type Reply } from './message-templates.js';
import type { Rows } from './rows.js';
import { SharedReadings } from './shared-readings.js';
import { StandardPace } from './standard-pace.js';
import {
  ACCEPTED,
  AHEAD,
  CSEQ,
  FAILURES,
  REGISTERED,
  SENT_AT,
  StandardStates,
  STARTED_AT,
  WAITS_FOR_CHALLENGE,
} from './standard-states.js';
import type { SendKind } from './tally.js';

export class StandardClients implements Behaviour {
  readonly #plan: CohortPlan;
  readonly #host: FleetHost;
  readonly #first: number;
  readonly #gates: ClientGates;
  readonly #readings: SharedReadings;
  /** By client, counted from the first of the cohort. */
  readonly #states: StandardStates;
  readonly #pace: StandardPace;
  /** The requests that have been answered and go on; the others are made of what is known of their client. */
  readonly #records: (RequestRecord | undefined)[];

  constructor(plan: CohortPlan, first: number, host: FleetHost, rows: Rows) {
    const { count } = plan;
    this.#plan = plan;
    this.#host = host;
    this.#first = first;
    this.#gates = new ClientGates(plan, first, host, rows);
    this.#readings = new SharedReadings(plan.expires, plan.limits);
    this.#states = new StandardStates(rows.of('states', first));
    this.#pace = new StandardPace(first, host, this.#states);
    this.#records = new Array<RequestRecord | undefined>(count).fill(undefined);
  }

  get stopped(): number {
    return this.#pace.stopped;
  }

  wake(client: number, why: Wake): void {
    const at = client - this.#first;
    if (why === 'begin') this.#begin(at);
    else if (why === 'resend') this.#resend(at);
    this.#pass(at);
  }

  answered(client: number, reply: Reply): void {
    const at = client - this.#first;
    this.#gates.noteReply(at, reply);
    this.#decide(at, reply);
  }

  failed(client: number, how: 'timeout' | 'transportError'): void {
    const at = client - this.#first;
    this.#gates.noteFailure(at, how);
    this.#decide(at, how);
  }

  /** A logical REGISTER: with credentials that were accepted before, if a nonce is known. */
  #begin(at: number): void {
    const isAhead =
      this.#states.is(at, ACCEPTED) && this.#states.nonceOf(at) >= 0 && !this.#states.is(at, WAITS_FOR_CHALLENGE);
    this.#states.mark(at, AHEAD, isAhead);
    this.#states.set(at, STARTED_AT, this.#host.now);
    this.#gates.open(at);
  }

  /** The wait that the registrar asked for is over, and the same logical request goes on. */
  #resend(at: number): void {
    const record = this.#records[at];
    if (record !== undefined) this.#records[at] = composeNext(record, MATERIALS);
    this.#gates.open(at);
  }

  /** Sends the attempt, or holds it. */
  #pass(at: number): void {
    const client = at + this.#first;
    const until = this.#gates.pass(at);
    if (until !== undefined) {
      this.#host.wakeAt(client, until, 'gate');
      return;
    }
    const record = this.#records[at];
    const cseq =
      record === undefined ? this.#states.get(at, CSEQ) + 1 : (readCSeq(record.request.headers)?.number ?? 0);
    const nonce = record === undefined ? this.#nonceAhead(at) : nonceIn(record.challenges.at(-1)?.nonce ?? '');
    this.#states.set(at, CSEQ, cseq);
    this.#states.set(at, SENT_AT, this.#host.now);
    this.#host.send(client, this.#kindOf(at, record), { cseq, nonce, expires: this.#plan.expires });
  }

  #kindOf(at: number, record: RequestRecord | undefined): SendKind {
    if (record?.decision?.action.type === 'authenticate') return 'authenticated';
    if (record !== undefined || this.#states.get(at, FAILURES) > 0) return 'retry';
    return this.#states.is(at, REGISTERED) ? 'refresh' : 'first';
  }

  /** The nonce that the request in progress was begun with. */
  #nonceAhead(at: number): number {
    return this.#states.is(at, AHEAD) ? this.#states.nonceOf(at) : -1;
  }

  /**
   * Decides, and does it. What was decided is noted in a record only where something looks at the record again: not
   * before the registration waits by its own rules, and not for a 2xx that others have got before.
   */
  #decide(at: number, ending: Reply | LocalOutcome): void {
    const { now } = this.#host;
    const { policy } = this.#plan;
    const startedAt = this.#states.get(at, STARTED_AT);
    const cseq = this.#states.get(at, CSEQ);
    const nonce = this.#nonceAhead(at);
    const known = this.#records[at];
    const { history, challenges } = known ?? this.#readings.begunWith(nonce);
    const facts = this.#readings.factsOf(history, cseq, ending, {
      client: challenges.length > 0 && this.#states.is(at, ACCEPTED) ? ACCEPTED_BEFORE : NEVER_ACCEPTED,
      elapsedMs: now - startedAt,
      random: this.#host.random(at + this.#first),
      ceilingLeft: this.#gates.leftUnderCeiling(at),
    });
    const decision = decide(policy, facts);
    const { action, status } = decision;
    if (challenges.length > 0 && typeof ending !== 'string' && (status < 300 || status === 423)) {
      this.#states.mark(at, ACCEPTED, true);
    }
    if (action.type === 'wait' && !this.#isForRequest(at, action)) {
      this.#leaveToRegistration(at, action);
      return;
    }
    const granted = action.type === 'accept' && typeof ending !== 'string' ? this.#readings.grantOf(ending) : undefined;
    if (granted !== undefined) {
      this.#end(at, granted);
      return;
    }
    // Of a request on which nothing was decided yet, everything is known.
    const record = known ?? this.#readings.begin(cseq, nonce, EPOCH + startedAt);
    const noted = noteDecision(record, facts, decision, EPOCH + now);
    const decided = isComposable(noted) ? composeNext(noted, MATERIALS) : noted;
    this.#learn(at, decided.decision, ending);
    this.#follow(at, decided, ending);
  }

  /** What the next requests should know: the nonce to use, and whether the credentials are right. */
  #learn(at: number, decision: Decision | null, ending: Reply | LocalOutcome): void {
    if (decision === null || typeof ending === 'string') return;
    const { action } = decision;
    if ('challenges' in action) this.#states.setNonce(at, nonceIn(action.challenges.at(-1)?.nonce ?? ''));
    if (action.type === 'giveUp' && action.reason === 'credentialsRejected') this.#states.setNonce(at, -1);
  }

  /** Does what was decided. */
  #follow(at: number, record: RequestRecord, ending: Reply | LocalOutcome): void {
    const { decision, asking } = record;
    const action = decision?.action;
    if (action === undefined || action.type === 'accept' || action.type === 'giveUp') {
      this.#end(at, this.#readings.verdictOn(record, ending, this.#states.is(at, AHEAD)));
    } else if (action.type === 'wait') {
      this.#records[at] = record;
      const { now } = this.#host;
      const date = EPOCH + now;
      this.#host.wakeAt(at + this.#first, now + Math.max(0, (record.deadline?.at ?? date) - date), 'resend');
    } else if (asking === null) {
      this.#goOn(at, record, ending);
    } else {
      // There are credentials, but nobody whom anything else could be asked of.
      this.#goOn(at, asking === 'credentials' ? composeNext(record, MATERIALS) : noteRefusal(record), ending);
    }
  }

  #goOn(at: number, record: RequestRecord, ending: Reply | LocalOutcome): void {
    if (record.decision?.action.type === 'giveUp') {
      this.#end(at, this.#readings.verdictOn(record, ending, this.#states.is(at, AHEAD)));
      return;
    }
    this.#records[at] = record;
    this.#gates.open(at);
    this.#pass(at);
  }

  /** As RegistrationCourse: what the registrar asked for belongs to the request, every other wait is a failure. */
  #isForRequest(at: number, { basis }: ActionOf<'wait'>): boolean {
    return basis === 'retryAfter' && this.#states.get(at, FAILURES) === 0;
  }

  #leaveToRegistration(at: number, { basis, delayMs, nextCSeq }: ActionOf<'wait'>): void {
    if (nextCSeq !== undefined) this.#states.set(at, CSEQ, Math.max(this.#states.get(at, CSEQ), nextCSeq - 1));
    this.#records[at] = undefined;
    this.#pace.probe(at, delayMs, basis === 'backoff');
  }

  #end(at: number, verdict: RegistrationVerdict): void {
    this.#records[at] = undefined;
    this.#pace.noteEnd(at, verdict);
  }
}

/** Branches tell transactions apart on the wire; here nothing goes over one. */
const MATERIALS = { token: 'fleet00000000000' } as const;
const NEVER_ACCEPTED: Client = { credentials: [{}] };
const ACCEPTED_BEFORE: Client = { ...NEVER_ACCEPTED, acceptedRealms: [{ kind: 'user', realm: REALM }] };
