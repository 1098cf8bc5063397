// What is read of the messages of one cohort, once for all clients that send or receive the same; nothing in it is ever changed.
import { outcomeOf } from '../../machines/outcome.js';
import { judgeChallenges } from '../policy/challenge-choice.js';
import type { Client, Facts, RequestFacts } from '../policy/facts.js';
import { factsOf, type LocalOutcome } from '../policy/facts-of.js';
import { emptyHistory, type History } from '../policy/history.js';
import type { Limits } from '../policy/limits.js';
import { readRequestFacts } from '../policy/request-facts.js';
import { beginRecord, type RequestRecord } from '../request/record.js';
import { readChallenges, type Challenge } from '../sip/challenge.js';
import type { SipRequest, SipResponse } from '../sip/message.js';
import { verdictOn, type RegistrationVerdict } from '../uac/registration-verdict.js';
import { uacOutcomeOf } from '../uac/uac-outcome.js';
import { registerOf, type Reply } from './message-templates.js';

/** An ending, and the challenges in it: what they mean depends on what went before. */
interface ReadEnding {
  readonly facts: Facts;
  readonly offered: readonly Challenge[];
}

/** What differs from client to client besides its messages. */
export type Circumstances = Pick<Facts, 'client' | 'elapsedMs' | 'random' | 'ceilingLeft'>;

/** Facts as `factsOf` gives them, by the same readers, and records as `beginRecord` gives them. */
export class SharedReadings {
  readonly #expires: number;
  readonly #limits: Limits;
  readonly #responses = new WeakMap<SipResponse, ReadEnding>();
  readonly #silences = new Map<LocalOutcome, ReadEnding>();
  readonly #grants = new WeakMap<SipResponse, RegistrationVerdict>();
  readonly #begun = new Map<number, RequestRecord>();
  readonly #bare: SipRequest[] = [];
  readonly #requests: RequestFacts[] = [];

  /** @param expires the interval that is asked for, in seconds. */
  constructor(expires: number, limits: Limits) {
    this.#expires = expires;
    this.#limits = limits;
  }

  /** The record of a REGISTER that was sent first, at this date. @param nonce -1: it carried no credentials. */
  begin(cseq: number, nonce: number, startedAt: number): RequestRecord {
    return { ...this.begunWith(nonce), request: this.#bareOf(cseq), startedAt };
  }

  /** The same apart from the CSeq number and the date, which differ from client to client. */
  begunWith(nonce: number): RequestRecord {
    const known = this.#begun.get(nonce);
    if (known !== undefined) return known;
    if (this.#begun.size >= NONCES_KEPT) this.#begun.clear();
    const record = beginRecord(registerOf(1, this.#expires, nonce), 0);
    this.#begun.set(nonce, record);
    return record;
  }

  /** All that may be looked at for a decision on the answer to a request of this cohort, whose CSeq number this is. */
  factsOf(
    history: History,
    cseq: number,
    ending: Reply | LocalOutcome,
    { client, elapsedMs, random, ceilingLeft }: Circumstances,
  ): Facts {
    const { facts, offered } = this.#read(ending, client);
    const { status, origin, response, limits, budgetBalance } = facts;
    return {
      status,
      origin,
      response:
        offered.length === 0
          ? response
          : { ...response, challenges: judgeChallenges(offered, history, client, this.#limits) },
      request: this.#requestFacts(cseq, client),
      history,
      client,
      limits,
      elapsedMs,
      random,
      budgetBalance,
      ceilingLeft,
    };
  }

  /** What a 2xx grants, once a record has ended with it: the same for all who get it. */
  grantOf({ response }: Reply): RegistrationVerdict | undefined {
    return this.#grants.get(response);
  }

  /** What the end of a request means for its registration. */
  verdictOn(record: RequestRecord, ending: Reply | LocalOutcome, isAhead: boolean): RegistrationVerdict {
    const response = typeof ending === 'string' ? undefined : ending.response;
    const outcome = uacOutcomeOf(outcomeOf(record), { sent: record.history.attempts, response });
    const verdict = verdictOn({ purpose: 'binding', sent: record.request, isAhead }, outcome, {});
    if (response !== undefined && outcome.type === 'accepted') this.#grants.set(response, verdict);
    return verdict;
  }

  #bareOf(cseq: number): SipRequest {
    const known = this.#bare[cseq];
    if (known !== undefined) return known;
    const request = registerOf(cseq, this.#expires, -1);
    if (cseq < CSEQS_KEPT) this.#bare[cseq] = request;
    return request;
  }

  /** A record keeps its request without credentials: those with the same CSeq differ in the branch alone. */
  #requestFacts(cseq: number, client: Client): RequestFacts {
    const known = this.#requests[cseq];
    if (known !== undefined) return known;
    const facts = readRequestFacts(this.#bareOf(cseq), client);
    if (cseq < CSEQS_KEPT) this.#requests[cseq] = facts;
    return facts;
  }

  /** The facts as they are when nothing went before. */
  #read(ending: Reply | LocalOutcome, client: Client): ReadEnding {
    const key = typeof ending === 'string' ? ending : ending.response;
    const known = typeof key === 'string' ? this.#silences.get(key) : this.#responses.get(key);
    if (known !== undefined) return known;
    const facts = factsOf(NOTHING, key, emptyHistory, { client, limits: this.#limits });
    const offered = typeof key === 'string' ? [] : readChallenges(key.headers);
    const read = { facts, offered };
    if (typeof key === 'string') this.#silences.set(key, read);
    else this.#responses.set(key, read);
    return read;
  }
}

const NONCES_KEPT = 65_536;
const CSEQS_KEPT = 65_536;
const NOTHING: SipRequest = { method: 'REGISTER', uri: '', headers: [], body: '' };
