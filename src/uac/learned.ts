// What responses taught this UAC beyond the request that drew them: in bounded memory, without secrets, and it can be forgotten.
import { BoundedMap } from '../digest/bounded-map.js';
import { sameRealm } from '../policy/challenge-choice.js';
import type { Decision } from '../policy/decide.js';
import type { Learned } from '../policy/learned.js';
import type { Challenge } from '../sip/challenge.js';
import { allHeaders } from '../sip/header-list.js';
import type { SipRequest, SipResponse } from '../sip/message.js';
import { readTokenList } from '../sip/token-list.js';
import { callKey, destinationKey, entityTagKey, intervalKey, isPlaceFor, uriKey } from './learned-key.js';

/** What is known of a request before it is sent. */
export interface LearnedFor extends Omit<Learned, 'proxyRealms'> {
  /** What was challenged before, by the proxies of this call and by this destination; answered without being asked. */
  readonly challenges: readonly Challenge[];
  /** Option-tags without which this address has accepted a request, in the order in which they were dropped. */
  readonly unsupported?: readonly string[];
}

/**
 * What the requests of one UAC have learned. Of each kind the entries used last are kept, so that no peer can make it
 * grow; forgetting one costs a refusal, never more.
 */
export class LearnedStore {
  readonly #minExpires: BoundedMap<number>;
  readonly #minSe: BoundedMap<number>;
  readonly #challenges: BoundedMap<readonly Challenge[]>;
  readonly #allow: BoundedMap<readonly string[]>;
  readonly #allowEvents: BoundedMap<readonly string[]>;
  readonly #movedTo: BoundedMap<string>;
  readonly #deadEntityTags: BoundedMap<true>;
  readonly #unsupported: BoundedMap<readonly string[]>;

  /** @param capacity how many entries of each kind are kept. */
  constructor(capacity = 256) {
    this.#minExpires = new BoundedMap(capacity);
    this.#minSe = new BoundedMap(capacity);
    this.#challenges = new BoundedMap(capacity);
    this.#allow = new BoundedMap(capacity);
    this.#allowEvents = new BoundedMap(capacity);
    this.#movedTo = new BoundedMap(capacity);
    this.#deadEntityTags = new BoundedMap(capacity);
    this.#unsupported = new BoundedMap(capacity);
  }

  /** What applies to this request, and after a 301 to its new address. */
  for(request: SipRequest): LearnedFor {
    const movedTo = this.#moved(request);
    const sent = movedTo === undefined ? request : { ...request, uri: movedTo };
    const minExpires = this.#minExpires.get(intervalKey(sent));
    const minSe = this.#minSe.get(callKey(sent));
    const allow = this.#allow.get(uriKey(sent.uri));
    const allowEvents = this.#allowEvents.get(uriKey(sent.uri));
    const unsupported = this.#unsupported.get(uriKey(request.uri));
    return {
      challenges: [
        ...(this.#challenges.get(callKey(sent)) ?? []),
        ...(this.#challenges.get(destinationKey(sent)) ?? []),
      ],
      ...(minExpires !== undefined && { minExpires }),
      ...(minSe !== undefined && { minSe }),
      ...(allow !== undefined && { allow }),
      ...(allowEvents !== undefined && { allowEvents }),
      ...(movedTo !== undefined && { movedTo }),
      ...(unsupported !== undefined && { unsupported }),
      ...(this.#deadEntityTags.get(entityTagKey(sent)) && { entityTagDead: true }),
    };
  }

  /** Notes what was decided on an answer to this request. */
  noteDecision(request: SipRequest, { action, learned }: Pick<Decision, 'action' | 'learned'>): void {
    if (learned !== undefined) this.note(request, learned);
    if ('challenges' in action) this.#noteChallenges(request, action.challenges);
    // Some servers answer 403 to a nonce that is used a second time: the next request waits until it is asked.
    if (action.type === 'giveUp' && (action.reason === 'credentialsRejected' || action.reason === 'forbidden')) {
      this.#forgetChallenges(request);
    }
  }

  /** Notes what a response to this request taught. */
  note(request: SipRequest, learned: Omit<Learned, 'proxyRealms'>): void {
    const { minExpires, minSe, allow, allowEvents, movedTo, entityTagDead } = learned;
    const uri = uriKey(request.uri);
    // A registrar that names another minimum now has changed its mind: the last word counts.
    if (minExpires !== undefined) this.#minExpires.set(intervalKey(request), minExpires);
    // RFC 4028 §7.4: the largest of all Min-SE values returned in all 422 responses of the call.
    if (minSe !== undefined) {
      this.#minSe.set(callKey(request), Math.max(minSe, this.#minSe.get(callKey(request)) ?? 0));
    }
    if (allow !== undefined) this.#allow.set(uri, allow);
    if (allowEvents !== undefined) this.#allowEvents.set(uri, allowEvents);
    if (movedTo !== undefined && isPlaceFor(request, movedTo)) this.#movedTo.set(uri, movedTo);
    if (entityTagDead) this.#deadEntityTags.set(entityTagKey(request), true);
  }

  /** Notes what an accepted request proved: what the peer allows (RFC 3261 §20.5), and that it does allow this. */
  noteAccepted(request: SipRequest, response: SipResponse): void {
    const uri = uriKey(request.uri);
    const allow = readTokenList(allHeaders(response.headers, 'Allow'));
    if (allow.length > 0) this.#allow.set(uri, allow);
    if (this.#allow.get(uri)?.includes(request.method) === false) this.#allow.delete(uri);
    if (request.method === 'SUBSCRIBE') this.#allowEvents.delete(uri);
  }

  /**
   * Notes the option-tags without which this request was accepted (RFC 3261 §8.1.3.5); those that the peer says it
   * supports by now (§20.37) are named again.
   */
  noteUnsupported({ uri }: SipRequest, dropped: readonly string[], response: SipResponse): void {
    const supported = readTokenList(allHeaders(response.headers, 'Supported')).map((tag) => tag.toLowerCase());
    const tags = [...(this.#unsupported.get(uriKey(uri)) ?? []), ...dropped];
    const left = tags.filter((tag) => !supported.includes(tag.toLowerCase())).slice(-MOST_TAGS);
    if (left.length > 0) this.#unsupported.set(uriKey(uri), left);
    else if (tags.length > 0) this.#unsupported.delete(uriKey(uri));
  }

  /** Forgets what an address did not support: another time, another server may. */
  forgetUnsupported(uri: string): void {
    this.#unsupported.delete(uriKey(uri));
  }

  /** Forgets that an address has moved: what it moved to was a dead end. */
  forgetMove(uri: string): void {
    this.#movedTo.delete(uriKey(uri));
  }

  /** Forgets all that would apply to this request. */
  forget(request: SipRequest): void {
    this.#minExpires.delete(intervalKey(request));
    this.#minSe.delete(callKey(request));
    this.#allow.delete(uriKey(request.uri));
    this.#allowEvents.delete(uriKey(request.uri));
    this.#deadEntityTags.delete(entityTagKey(request));
    this.forgetUnsupported(request.uri);
    this.#forgetChallenges(request);
    this.forgetMove(request.uri);
  }

  /**
   * RFC 3261 §22.3: credentials for a proxy go into all later requests with the same Call-ID and into no other dialog.
   * §22.2: those for a user agent server are for the next request to that destination.
   */
  #noteChallenges(request: SipRequest, challenges: readonly Challenge[]): void {
    this.#remember(
      callKey(request),
      challenges.filter(({ kind }) => kind === 'proxy'),
    );
    this.#remember(
      destinationKey(request),
      challenges.filter(({ kind }) => kind === 'user'),
    );
  }

  /** The latest challenge of each protection space stays. */
  #remember(key: string, latest: readonly Challenge[]): void {
    if (latest.length === 0) return;
    const before = this.#challenges.get(key) ?? [];
    const kept = before.filter((old) => !latest.some((challenge) => sameRealm(old, challenge)));
    this.#challenges.set(key, [...kept, ...latest].slice(-MOST_CHALLENGES));
  }

  #forgetChallenges(request: SipRequest): void {
    this.#challenges.delete(callKey(request));
    this.#challenges.delete(destinationKey(request));
  }

  /** Where the address has moved to, over several moves; a circle leads nowhere. */
  #moved(request: SipRequest): string | undefined {
    if (!isPlaceFor(request, request.uri)) return undefined;
    let uri: string | undefined;
    let next = this.#movedTo.get(uriKey(request.uri));
    for (let moves = 0; next !== undefined; moves += 1) {
      if (moves === MOST_MOVES || uriKey(next) === uriKey(request.uri)) return undefined;
      uri = next;
      next = this.#movedTo.get(uriKey(uri));
    }
    return uri;
  }
}

/** More realms on one path are an attack. */
const MOST_CHALLENGES = 8;
/** More extensions than any request names. */
const MOST_TAGS = 16;
/** More moves one after another are a circle. */
const MOST_MOVES = 5;
