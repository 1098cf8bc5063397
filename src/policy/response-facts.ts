// What a response says: every header field that a rule of the table looks at.
import { type AcceptRange, readAcceptList } from '../sip/accept.js';
import { type Challenge, readChallenges } from '../sip/challenge.js';
import { readDeltaSeconds } from '../sip/delta-seconds.js';
import { allHeaders, firstHeader } from '../sip/header-list.js';
import type { SipResponse } from '../sip/message.js';
import { readRetryAfter, type RetryAfter } from '../sip/retry-after.js';
import { readSecurityMechanisms } from '../sip/security.js';
import { readMinExpires, readMinSe } from '../sip/session-interval.js';
import { readTokenList } from '../sip/token-list.js';
import { readWarnings } from '../sip/warning.js';
import { agreeable, judgeChallenges } from './challenge-choice.js';
import { addressesOf, untriedOf } from './choices.js';
import type { ChallengeFact, Client, ResponseFacts } from './facts.js';
import { readIfPresent, rowCollector } from './header-rows.js';
import type { History } from './history.js';
import type { Limits } from './limits.js';

/** What is known besides the response when it is read. */
export interface ReadingContext {
  readonly history: History;
  readonly client: Client;
  readonly limits: Limits;
  /** Epoch milliseconds, for a Retry-After that is a date (RFC 2543 §6.32). */
  readonly now: number | undefined;
  /** The Request-URI of the request that was answered. */
  readonly uri: string;
}

/** What a timeout, a transport error or a restart says: nothing. */
export const silence: ResponseFacts = {
  challengesOffered: 0,
  challenges: [],
  unsupported: [],
  require: [],
  warnings: [],
  contacts: [],
  choices: [],
  securityServer: [],
  certificate: false,
};

/** All that the rules look at, read. Header fields that are absent or malformed are absent here. */
export function readResponseFacts(response: SipResponse, context: ReadingContext): ResponseFacts {
  const facts = new ResponseReader(response, context, collectRows(response.headers));
  return {
    retryAfter: facts.retryAfter,
    challengesOffered: facts.challengesOffered,
    challenges: facts.challenges,
    minExpires: facts.minExpires,
    minSe: facts.minSe,
    unsupported: facts.unsupported,
    require: facts.require,
    accept: facts.accept,
    acceptEncoding: facts.acceptEncoding,
    acceptLanguage: facts.acceptLanguage,
    allow: facts.allow,
    allowEvents: facts.allowEvents,
    acceptResourcePriority: facts.acceptResourcePriority,
    warnings: facts.warnings,
    contacts: facts.contacts,
    choices: facts.choices,
    securityServer: facts.securityServer,
    certificate: facts.certificate,
    geolocationError: facts.geolocationError,
  };
}

/** The same, each read when it is asked for: hardly any rule looks at more than three of them. */
export class ResponseReader implements ResponseFacts {
  readonly #response: SipResponse;
  readonly #context: ReadingContext;
  readonly #collected: Rows | undefined;
  /** Several rules look at them one after the other. */
  #offered: readonly Challenge[] | undefined;
  #challenges: readonly ChallengeFact[] | undefined;
  #contacts: readonly string[] | undefined;
  #choices: readonly string[] | undefined;

  constructor(response: SipResponse, context: ReadingContext, collected?: Rows) {
    this.#response = response;
    this.#context = context;
    this.#collected = collected;
  }

  get retryAfter(): RetryAfter | undefined {
    const values = this.#rows('retry-after');
    if (values.length === 0) return undefined;
    return readRetryAfter(values, { date: firstHeader(this.#response.headers, 'Date'), now: this.#context.now });
  }

  get challengesOffered(): number {
    return this.#readOffered().length;
  }

  get challenges(): readonly ChallengeFact[] {
    const { history, client, limits } = this.#context;
    return (this.#challenges ??= judgeChallenges(this.#readOffered(), history, client, limits));
  }

  get minExpires(): number | undefined {
    return readIfPresent(this.#rows('min-expires'), readMinExpires);
  }

  get minSe(): number | undefined {
    return readIfPresent(this.#rows('min-se'), readMinSe);
  }

  get unsupported(): readonly string[] {
    return readTokenList(this.#rows('unsupported'));
  }

  get require(): readonly string[] {
    return readTokenList(this.#rows('require'));
  }

  get accept(): readonly AcceptRange[] | undefined {
    return readIfPresent(this.#rows('accept'), readAcceptList);
  }

  get acceptEncoding(): readonly AcceptRange[] | undefined {
    return readIfPresent(this.#rows('accept-encoding'), readAcceptList);
  }

  get acceptLanguage(): readonly AcceptRange[] | undefined {
    return readIfPresent(this.#rows('accept-language'), readAcceptList);
  }

  /** In other responses Allow is a courtesy (RFC 3261 §20.5); in a 405 it is the answer (§21.4.6). */
  get allow(): readonly string[] | undefined {
    return this.#response.status === 405 ? readIfPresent(this.#rows('allow'), readTokenList) : undefined;
  }

  get allowEvents(): readonly string[] | undefined {
    return readIfPresent(this.#rows('allow-events'), readTokenList);
  }

  get acceptResourcePriority(): readonly string[] | undefined {
    return readIfPresent(this.#rows('accept-resource-priority'), readTokenList);
  }

  get warnings(): readonly number[] {
    return readWarnings(this.#rows('warning')).map(({ code }) => code);
  }

  get contacts(): readonly string[] {
    return (this.#contacts ??= addressesOf(this.#rows('contact')));
  }

  get choices(): readonly string[] {
    const { uri, history } = this.#context;
    return (this.#choices ??= offersTargets(this.#response.status) ? untriedOf(this.contacts, uri, history) : NONE);
  }

  get securityServer(): ResponseFacts['securityServer'] {
    const { client } = this.#context;
    return readSecurityMechanisms(this.#rows('security-server')).map(({ mechanism, q, raw }) => {
      const challenges = mechanism === 'digest' ? agreeable(this.challenges, raw, client) : undefined;
      return challenges === undefined ? { mechanism, q, raw } : { mechanism, q, raw, challenges };
    });
  }

  get certificate(): boolean {
    return firstHeader(this.#response.headers, 'Content-Type')?.toLowerCase().includes('pkcs7-mime') === true;
  }

  get geolocationError(): number | undefined {
    return readIfPresent(this.#rows('geolocation-error'), errorCodeOf);
  }

  #rows(key: keyof Rows): readonly string[] {
    return this.#collected === undefined ? allHeaders(this.#response.headers, key) : (this.#collected[key] ?? NONE);
  }

  #readOffered(): readonly Challenge[] {
    return (this.#offered ??= readChallenges(this.#response.headers));
  }
}

/** Collects what all facts are made of in one pass, which is faster once more than a few are asked for. */
const collectRows = /* @__PURE__ */ rowCollector({
  accept: undefined,
  'accept-encoding': undefined,
  'accept-language': undefined,
  'accept-resource-priority': undefined,
  allow: undefined,
  'allow-events': undefined,
  contact: undefined,
  'geolocation-error': undefined,
  'min-expires': undefined,
  'min-se': undefined,
  require: undefined,
  'retry-after': undefined,
  'security-server': undefined,
  unsupported: undefined,
  warning: undefined,
});

type Rows = ReturnType<typeof collectRows>;

const NONE: readonly string[] = [];

/** A 2xx has reached somebody, and the services of a 380 are in its body (RFC 3261 §21.3.5): their Contacts are no targets. */
function offersTargets(status: number): boolean {
  return status >= 300 && status !== 380;
}

/** The code, without what people may read behind it (RFC 6442 §4.3). */
function errorCodeOf([value = '']: readonly string[]): number | undefined {
  return readDeltaSeconds(value.replace(/;.*$/s, ''));
}
