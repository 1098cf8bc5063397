// Everything a condition may look at: what came back, what was sent, what went before, what this UAC can do. Plain data.
import type { AcceptRange } from '../sip/accept.js';
import type { Challenge } from '../sip/challenge.js';
import type { DigestHash } from '../sip/digest-algorithm.js';
import type { RetryAfter } from '../sip/retry-after.js';
import type { History } from './history.js';
import type { Limits } from './limits.js';

/** Where the outcome came from: a response, timer B or F, the transport, or a restart with the request in flight. */
export type Origin = 'wire' | 'timer' | 'transport' | 'restart';

/** What a challenge means after what went before (RFC 3261 §22.1, RFC 7616 §3.3). */
export type ChallengeVerdict =
  /** Not answered yet within this request, or a round is left. */
  | 'new'
  /** `stale=true`: the credentials are right, the nonce has expired. */
  | 'stale'
  /** `stale=true` once too often. */
  | 'staleTooOften'
  /** A new nonce without `stale` for credentials that had been accepted: answered once. */
  | 'renewed'
  /** The credentials sent for this realm were refused. */
  | 'rejected';

/** One challenge that this UAC understands, chosen among the alternatives of its realm (RFC 8760 §2.3). */
export interface ChallengeFact {
  readonly challenge: Challenge;
  readonly verdict: ChallengeVerdict;
  /** Whether there are credentials for the realm; `unknown` when the application must be asked. */
  readonly credentials: 'known' | 'unknown' | 'none';
}

/** One entry of Security-Server. */
export interface SecurityOffer {
  readonly mechanism: string;
  readonly q: number;
  readonly raw: string;
  /**
   * Of `digest`: the challenges of the response that can be answered as this entry wants it (RFC 3329 §2.4). Absent for
   * an entry with an algorithm or a qop that cannot be computed here.
   */
  readonly challenges?: readonly Challenge[];
}

/** What the response says; absent members mean that the header is absent or malformed. */
export interface ResponseFacts {
  readonly retryAfter?: RetryAfter | undefined;
  /** How many challenges the response carries, understood or not. */
  readonly challengesOffered: number;
  readonly challenges: readonly ChallengeFact[];
  readonly minExpires?: number | undefined;
  readonly minSe?: number | undefined;
  readonly unsupported: readonly string[];
  readonly require: readonly string[];
  readonly accept?: readonly AcceptRange[] | undefined;
  readonly acceptEncoding?: readonly AcceptRange[] | undefined;
  readonly acceptLanguage?: readonly AcceptRange[] | undefined;
  /** Allow of a 405 (RFC 3261 §21.4.6). */
  readonly allow?: readonly string[] | undefined;
  readonly allowEvents?: readonly string[] | undefined;
  readonly acceptResourcePriority?: readonly string[] | undefined;
  readonly warnings: readonly number[];
  /** URIs of the Contact header fields, best q first, `method` and `headers` parts removed (RFC 3261 §8.1.3.4, §19.1.5). */
  readonly contacts: readonly string[];
  /** Those of them that may be tried: none was before, and none leaves SIPS; a 2xx and a 380 offer none (RFC 3261 §8.1.3.4, §19.1.4). */
  readonly choices: readonly string[];
  /** Security-Server values in their order: the list is mirrored as it came (RFC 3329 §2.2, §2.3.1). */
  readonly securityServer: readonly SecurityOffer[];
  /** Whether the body is a certificate (RFC 3261 §23.2). */
  readonly certificate: boolean;
  /** The code of Geolocation-Error (RFC 6442 §4.3). */
  readonly geolocationError?: number | undefined;
}

/** What the request that was answered says. */
export interface RequestFacts {
  readonly method: string;
  readonly uri: string;
  readonly scheme: string;
  readonly inDialog: boolean;
  readonly cseq: number;
  /** The shortest non-zero interval that was asked for, in seconds; absent: none was given. */
  readonly expires?: number | undefined;
  /** Whether the request only removes (every interval 0, or `Contact: *`). */
  readonly removal: boolean;
  /** Whether it is a REGISTER without Contact and Expires, which asks for the bindings alone (RFC 3261 §10.2.3). */
  readonly query: boolean;
  readonly sessionExpires?: number | undefined;
  readonly minSe?: number | undefined;
  readonly require: readonly string[];
  readonly proxyRequire: readonly string[];
  readonly supported: readonly string[];
  readonly accept?: readonly string[] | undefined;
  /** Octets. */
  readonly bodyLength: number;
  readonly contentType?: string | undefined;
  readonly contentEncoding?: string | undefined;
  /** Media types of the parts of a multipart body. */
  readonly parts: readonly string[];
  readonly maxForwards?: number | undefined;
  /** The digits of the Request-URI when it is a telephone number. */
  readonly dialled?: string | undefined;
  /** Whether SIP-If-Match, Geolocation, Identity, Authorization or Proxy-Authorization is there. */
  readonly conditional: boolean;
  readonly located: boolean;
  readonly signed: boolean;
  readonly anonymous: boolean;
  readonly resourcePriority: readonly string[];
  /** Whether a Contact carries `reg-id` (RFC 5626) or a `pn-` parameter (RFC 8599). */
  readonly regId: boolean;
  readonly push: boolean;
  /** What a tel Request-URI is as a SIP URI of this UAC's domain, the host of From (RFC 3261 §19.1.6). */
  readonly sipUri?: string | undefined;
}

/** What this UAC can and wants to do; set by the application, the same for all responses. */
export interface Client {
  /** Overrides what the To tag says. */
  readonly inDialog?: boolean;
  /** Who generated the dialog's Call-ID (RFC 3261 §14.1). */
  readonly ownsCallId?: boolean;
  /** The option-tags that this UAC implements; absent: those that the request names. */
  readonly supported?: readonly string[];
  /** The server set as SIP URIs, the first one in use (RFC 3263 §4). */
  readonly servers?: readonly string[];
  /** The credentials that exist; absent: the application is asked. */
  readonly credentials?: readonly KnownCredentials[];
  /** Realms whose credentials were refused by an earlier request and have not changed since. */
  readonly rejectedRealms?: readonly RealmOf[];
  /** Realms whose credentials were accepted by an earlier request. */
  readonly acceptedRealms?: readonly RealmOf[];
  /** Leave MD5 challenges unanswered (RFC 8760 §3). */
  readonly refuseMd5?: boolean;
  /** Call again by itself someone who is busy everywhere, declined, or was not found, when Retry-After says when. */
  readonly redial?: boolean | 'sameCallId';
  /** Bodies that the application can send instead, best first; absent: it is asked. */
  readonly bodies?: readonly { readonly type: string; readonly length: number }[];
  /** How many more times the application can add digits; absent: it is asked. */
  readonly digitsLeft?: number;
  /** A shorter URI for the same resource. */
  readonly shorterUri?: string;
  /** Content types that this UAC could accept beyond the Accept header sent. */
  readonly acceptable?: readonly string[];
  /** Whether this UAC is its own authentication service (RFC 8224 §6). */
  readonly canSign?: boolean;
  /** Security mechanisms of RFC 3329 that this UAC implements. */
  readonly securityMechanisms?: readonly string[];
}

/** What a decision knows of credentials: everything but the credentials. */
export interface KnownCredentials {
  /** As it reads without escapes; absent: any realm. */
  readonly realm?: string;
  /** The only hash function that they can answer with, where no more than an HA1 is known. */
  readonly hash?: DigestHash;
}

/** The header type and realm that credentials belong to. */
export interface RealmOf {
  readonly kind: 'user' | 'proxy';
  readonly realm: string;
}

/** Everything a condition may look at. Plain data: a bug report can paste it, and the decision can be replayed. */
export interface Facts {
  /** 408 for a timeout, 503 for a transport error (RFC 3261 §8.1.3.1). */
  readonly status: number;
  readonly origin: Origin;
  readonly response: ResponseFacts;
  readonly request: RequestFacts;
  readonly history: History;
  readonly client: Client;
  readonly limits: Limits;
  /** Milliseconds since the first attempt of this request. */
  readonly elapsedMs: number;
  /** A number from 0 up to 1, drawn by the host: chance is a fact, so that decisions replay. */
  readonly random: number;
  /** What is left of the retry budget that requests share; absent: there is none. */
  readonly budgetBalance?: number | undefined;
  /** How many transactions the ceiling still allows in this minute for the server in use; absent: not counted. */
  readonly ceilingLeft?: number | undefined;
}
