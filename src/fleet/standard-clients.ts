// Clients that keep registered by keepRegistered's rules: the same decisions at the same moments, in a hundred octets each.
import { decide, type Decision } from '../policy/decide.js';
import type { Client } from '../policy/facts.js';
import type { LocalOutcome } from '../policy/facts-of.js';
import type { ActionOf } from '../policy/action.js';
import { noteRefusal } from '../request/note-lifecycle.js';
import { composeNext, isComposable, noteDecision, type RequestRecord } from '../request/record.js';
import { readCSeq } from '../sip/cseq.js';
import { LEAST_GAP_MS, probeAfterMs, refreshAfterMs, spreadMs } from '../uac/registration-timing.js';
import type { Behaviour, FleetHost, Wake } from './behaviour.js';
import { ClientGates } from './client-gates.js';
import { EPOCH } from './epoch.js';
import type { CohortPlan } from './fleet-plan.js';
import { nonceIn, REALM, type Reply } from './message-templates.js';
import { SharedReadings } from './shared-readings.js';
import { ACCEPTED, AHEAD, REGISTERED, StandardStates, STOPPED, WAITS_FOR_CHALLENGE } from './standard-states.js';
import type { SendKind } from './tally.js';

export class StandardClients implements Behaviour {
  readonly #plan: CohortPlan;
  readonly #host: FleetHost;
  readonly #first: number;
  readonly #gates: ClientGates;
  readonly #readings: SharedReadings;
  /** By client, counted from the first of the cohort. */
  readonly #states: StandardStates;
  /** The requests that have been answered and go on; the others are made of what is known of their client. */
  readonly #records: (RequestRecord | undefined)[];
  #stopped = 0;

  constructor(plan: CohortPlan, first: number, host: FleetHost) {
    const { count } = plan;
    this.#plan = plan;
    this.#host = host;
    this.#first = first;
    this.#gates = new ClientGates(plan, first, host);
    this.#readings = new SharedReadings(plan.expires, plan.limits);
    this.#states = new StandardStates(count);
    this.#records = new Array<RequestRecord | undefined>(count).fill(undefined);
  }

  get stopped(): number {
    return this.#stopped;
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
      this.#states.is(at, ACCEPTED) && (this.#states.nonce[at] ?? -1) >= 0 && !this.#states.is(at, WAITS_FOR_CHALLENGE);
    this.#states.set(at, AHEAD, isAhead);
    this.#states.startedAt[at] = this.#host.now;
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
      record === undefined ? (this.#states.cseq[at] ?? 0) + 1 : (readCSeq(record.request.headers)?.number ?? 0);
    const nonce = record === undefined ? this.#nonceAhead(at) : nonceIn(record.challenges.at(-1)?.nonce ?? '');
    this.#states.cseq[at] = cseq;
    this.#states.sentAt[at] = this.#host.now;
    this.#host.send(client, this.#kindOf(at, record), { cseq, nonce, expires: this.#plan.expires });
  }

  #kindOf(at: number, record: RequestRecord | undefined): SendKind {
    if (record?.decision?.action.type === 'authenticate') return 'authenticated';
    if (record !== undefined || (this.#states.failures[at] ?? 0) > 0) return 'retry';
    return this.#states.is(at, REGISTERED) ? 'refresh' : 'first';
  }

  /** The nonce that the request in progress was begun with. */
  #nonceAhead(at: number): number {
    return this.#states.is(at, AHEAD) ? (this.#states.nonce[at] ?? -1) : -1;
  }

  #decide(at: number, ending: Reply | LocalOutcome): void {
    const { now } = this.#host;
    const { policy } = this.#plan;
    const startedAt = this.#states.startedAt[at] ?? 0;
    // Of a request on which nothing was decided yet, everything is known.
    const cseq = this.#states.cseq[at] ?? 0;
    const record = this.#records[at] ?? this.#readings.begin(cseq, this.#nonceAhead(at), EPOCH + startedAt);
    const facts = this.#readings.factsOf(record, cseq, ending, {
      client: this.#states.is(at, ACCEPTED) && record.challenges.length > 0 ? ACCEPTED_BEFORE : NEVER_ACCEPTED,
      elapsedMs: now - startedAt,
      random: this.#host.random(at + this.#first),
      ceilingLeft: this.#gates.leftUnderCeiling(at),
    });
    const noted = noteDecision(record, facts, decide(policy, facts), EPOCH + now);
    const decided = isComposable(noted) ? composeNext(noted, MATERIALS) : noted;
    this.#learn(at, record, decided.decision, ending);
    this.#follow(at, decided, ending);
  }

  /** What the next requests should know: the nonce to use, and whether the credentials are right. */
  #learn(at: number, { challenges }: RequestRecord, decision: Decision | null, ending: Reply | LocalOutcome): void {
    if (decision === null || typeof ending === 'string') return;
    const { action } = decision;
    if ('challenges' in action) this.#states.nonce[at] = nonceIn(action.challenges.at(-1)?.nonce ?? '');
    if (action.type === 'giveUp' && action.reason === 'credentialsRejected') this.#states.nonce[at] = -1;
    if (challenges.length > 0 && (decision.status < 300 || decision.status === 423))
      this.#states.set(at, ACCEPTED, true);
  }

  /** Does what was decided. */
  #follow(at: number, record: RequestRecord, ending: Reply | LocalOutcome): void {
    const { decision, asking } = record;
    const action = decision?.action;
    if (action === undefined || action.type === 'accept' || action.type === 'giveUp') {
      this.#end(at, record, ending);
    } else if (action.type === 'wait') {
      this.#wait(at, record, action);
    } else if (asking === null) {
      this.#goOn(at, record, ending);
    } else {
      // There are credentials, but nobody whom anything else could be asked of.
      this.#goOn(at, asking === 'credentials' ? composeNext(record, MATERIALS) : noteRefusal(record), ending);
    }
  }

  #goOn(at: number, record: RequestRecord, ending: Reply | LocalOutcome): void {
    if (record.decision?.action.type === 'giveUp') {
      this.#end(at, record, ending);
      return;
    }
    this.#records[at] = record;
    this.#gates.open(at);
    this.#pass(at);
  }

  /** As RegistrationCourse: what the registrar asked for belongs to the request, every other wait is a failure. */
  #wait(at: number, record: RequestRecord, { basis, delayMs, nextCSeq }: ActionOf<'wait'>): void {
    const { now } = this.#host;
    if (basis === 'retryAfter' && (this.#states.failures[at] ?? 0) === 0) {
      this.#records[at] = record;
      const date = EPOCH + now;
      this.#host.wakeAt(at + this.#first, now + Math.max(0, (record.deadline?.at ?? date) - date), 'resend');
      return;
    }
    if (nextCSeq !== undefined) this.#states.cseq[at] = Math.max(this.#states.cseq[at] ?? 0, nextCSeq - 1);
    this.#probe(at, delayMs);
  }

  #end(at: number, record: RequestRecord, ending: Reply | LocalOutcome): void {
    const client = at + this.#first;
    const verdict = this.#readings.verdictOn(record, ending, this.#states.is(at, AHEAD));
    this.#records[at] = undefined;
    switch (verdict.type) {
      case 'bound': {
        this.#states.failures[at] = 0;
        this.#states.set(at, REGISTERED, true);
        const moment =
          (this.#states.sentAt[at] ?? 0) + refreshAfterMs(verdict.grant.seconds, this.#host.random(client));
        this.#host.wakeAt(client, Math.max(moment, this.#host.now + LEAST_GAP_MS), 'begin');
        break;
      }
      case 'tryAgain':
        if (verdict.isNonceReuseRefused) this.#states.set(at, WAITS_FOR_CHALLENGE, true);
        this.#probe(at, spreadMs(verdict.notBeforeMs, this.#host.random(client)));
        break;
      case 'over':
        this.#states.set(at, STOPPED, true);
        this.#stopped += 1;
    }
  }

  /** RFC 5626 §4.5. */
  #probe(at: number, leastMs: number): void {
    const client = at + this.#first;
    const failures = (this.#states.failures[at] ?? 0) + 1;
    this.#records[at] = undefined;
    this.#states.failures[at] = failures;
    this.#host.wakeAt(client, this.#host.now + probeAfterMs(failures, leastMs, this.#host.random(client)), 'begin');
  }
}

/** Branches tell transactions apart on the wire; here nothing goes over one. */
const MATERIALS = { token: 'fleet00000000000' } as const;
const NEVER_ACCEPTED: Client = { credentials: [{}] };
const ACCEPTED_BEFORE: Client = { ...NEVER_ACCEPTED, acceptedRealms: [{ kind: 'user', realm: REALM }] };
