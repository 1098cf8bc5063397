// The credentials of one UAC and what its requests learn of them: nonces in use, and what was rejected (RFC 3261 §22, RFC 7616 §3).
import type { Challenge } from '../sip/challenge.js';
import { breaksLine, type AnswerableChallenge, type DigestHash } from '../sip/digest-algorithm.js';
import type { Header, SipRequest, SipResponse } from '../sip/message.js';
import { unescape } from '../sip/quoted-string.js';
import { readAuthenticationInfo, type AnsweredAuthorization } from './authentication-info.js';
import { authorizationOf, nonceCount } from './authorization.js';
import { BoundedMap } from './bounded-map.js';
import {
  ha1HashOf,
  readCredentials,
  readCredentialsList,
  type Credentials,
  type CredentialsProvider,
} from './credentials.js';
import { rspauth } from './digest.js';
import { nobleHashes, type HashFunctions } from './hash.js';
import { hasKeyFor, readPermitted } from './identity.js';
import { ProtectionSpace } from './protection-space.js';
import { securityVerifyOf } from './security-verify.js';
import { readSentNonces } from './sent-nonces.js';
import { Verdicts, type CredentialUse } from './verdicts.js';

export interface KeyringOptions {
  /** A list to choose from by realm, or who is asked for each challenge. Default: none. */
  readonly credentials?: readonly Credentials[] | CredentialsProvider;
  /** Default: hash functions that work everywhere; a Node program may pass faster ones. */
  readonly hash?: HashFunctions;
  /** Leave MD5 challenges unanswered (RFC 8760 §3 recommends against MD5). Default: false. */
  readonly refuseMd5?: boolean;
}

/** What a server proved of itself: nothing, that it knows the password, or that it does not. */
export type ServerProof = 'none' | 'verified' | 'wrong';

/** A protection space by the header field that challenges for it and its realm, as received inside the quotes. */
export interface RealmOfKind {
  readonly kind: 'user' | 'proxy';
  readonly realm: string;
}

/** The protection spaces whose credentials earlier requests have tried. */
export interface KeyringVerdicts {
  readonly acceptedRealms: readonly RealmOfKind[];
  readonly rejectedRealms: readonly RealmOfKind[];
}

const REALMS_KEPT = 64;

export class Keyring {
  readonly #credentials: readonly Credentials[] | CredentialsProvider;
  readonly #hash: HashFunctions;
  readonly #refuseMd5: boolean;
  /** The challenge looked at last, with what is needed of it: it is asked for several times in a row. */
  #latest: { readonly challenge: Challenge; readonly answerable: AnswerableChallenge | undefined } | undefined;
  readonly #verdicts = new Verdicts();
  readonly #spaces = {
    user: new BoundedMap<ProtectionSpace>(REALMS_KEPT),
    proxy: new BoundedMap<ProtectionSpace>(REALMS_KEPT),
  };

  /** @throws SipRetryError `badCredentials` */
  constructor(options: KeyringOptions = {}) {
    const { credentials = [], hash = nobleHashes, refuseMd5 = false } = options;
    this.#credentials = typeof credentials === 'function' ? credentials : readCredentialsList(credentials);
    this.#hash = hash;
    this.#refuseMd5 = refuseMd5;
  }

  /** What a decision may know of the credentials: realms, and the hash of an HA1; `undefined` where a provider is asked. */
  knownCredentials(): readonly { readonly realm?: string; readonly hash?: DigestHash }[] | undefined {
    return typeof this.#credentials === 'object' ? this.#credentials.map(knownOf) : undefined;
  }

  /** Whether this challenge may be answered, given credentials for it. */
  permits(challenge: Challenge): boolean {
    return this.#permitted(challenge) !== undefined;
  }

  /**
   * The credentials that answer this challenge; a provider is asked only about challenges that can be answered.
   * @throws SipRetryError `badCredentials` when a provider gives what are no credentials; what it throws itself is passed on.
   */
  find(challenge: Challenge): Credentials | undefined | Promise<Credentials | undefined> {
    if (typeof this.#credentials === 'object') return chooseFrom(this.#credentials, this.#permitted(challenge));
    if (!this.permits(challenge)) return undefined;
    const given = this.#credentials(challenge);
    return isPromise(given) ? given.then(checked) : checked(given);
  }

  /**
   * The header fields that answer these challenges in this request, one each, in order; nonces are counted. A challenge
   * that cannot be answered, or not with the credentials given for it, gets none; nor does one whose nonce was counted
   * to the end. After an agreement on Digest, the request's Security-Verify follows with its `d-ver` (RFC 3329 §2.4).
   * @param token unguessable text of [0-9a-z]; the cnonce of nonces that are used for the first time.
   */
  authorize(
    request: SipRequest,
    challenges: readonly Challenge[],
    answers: (challenge: Challenge) => Credentials | undefined,
    token: string,
  ): readonly Header[] {
    const rows: Header[] = [];
    let verified: Header | undefined;
    for (const challenge of challenges) {
      const answerable = this.#permitted(challenge);
      if (answerable === undefined) continue;
      const credentials = answers(challenge);
      if (credentials === undefined) continue;
      const space = this.#spaceOf(challenge.kind, answerable.realm);
      const identity = space.identify(challenge, answerable, credentials, this.#hash);
      if (identity === undefined) continue;
      const nonce = space.use(answerable.nonce, token);
      if (nonce === undefined) continue;
      space.answeredWith = credentials;
      nonce.answered = { answerable, ha1: identity.ha1 };
      rows.push(authorizationOf(request, challenge, answerable, identity, nonce, this.#hash, space.ha2Of));
      verified ??= securityVerifyOf(request, challenge, answerable, identity.ha1, nonce, this.#hash);
    }
    return verified === undefined ? rows : [...rows, verified];
  }

  /**
   * Notes the Digest credentials of a request that went out without this keyring, so that their counts go on from
   * there: "the count of the number of requests … that the client has sent with the nonce value" (RFC 7616 §3.4).
   */
  noteSent(request: Pick<SipRequest, 'headers'>): void {
    for (const sent of readSentNonces(request)) this.#spaceOf(sent.kind, sent.realm).note(sent);
  }

  /** The use of these credentials for this challenge, without their secret: what `noteRejected` and its kin want. */
  useOf(challenge: Challenge, credentials: Credentials): CredentialUse {
    const { kind, realm = '' } = challenge;
    return { kind, realm, username: credentials.username, version: this.#verdicts.versionOf(credentials) };
  }

  /** A request with these credentials drew a 2xx, a 423, or a challenge from other realms only. */
  noteAccepted(use: CredentialUse): void {
    this.#verdicts.note(use, 'accepted');
  }

  /** These credentials were refused: nobody may send them again until they change. */
  noteRejected(use: CredentialUse): void {
    this.#verdicts.note(use, 'rejected');
  }

  isAccepted(use: CredentialUse): boolean {
    return this.#verdicts.of(use) === 'accepted';
  }

  isRejected(use: CredentialUse): boolean {
    return this.#verdicts.of(use) === 'rejected';
  }

  /**
   * Which of these challenges would be answered with credentials that an earlier request has seen accepted or rejected.
   * A provider may give others than last time, so what it gave counts as rejected only once it gives the same again.
   */
  verdictsOn(challenges: readonly Challenge[]): KeyringVerdicts {
    const acceptedRealms: RealmOfKind[] = [];
    const rejectedRealms: RealmOfKind[] = [];
    for (const challenge of challenges) {
      const { kind, realm = '' } = challenge;
      const list = typeof this.#credentials === 'object' ? this.#credentials : undefined;
      const credentials = list
        ? chooseFrom(list, this.#permitted(challenge))
        : this.#spaces[kind].get(unescape(realm))?.answeredWith;
      const verdict = credentials && this.#verdicts.of(this.useOf(challenge, credentials));
      if (verdict === 'accepted') acceptedRealms.push({ kind, realm });
      if (verdict === 'rejected' && list) rejectedRealms.push({ kind, realm });
    }
    return { acceptedRealms, rejectedRealms };
  }

  /**
   * Learns from the (Proxy-)Authentication-Info of a 2xx: a `nextnonce` is used from the next request on, in place of the
   * nonce of the challenge that this request answered. A server whose `rspauth` is wrong is not believed.
   */
  noteAuthenticationInfo(response: SipResponse, request: SipRequest): ServerProof {
    const proofs = readAuthenticationInfo(response, request).map((answered) =>
      this.#noteInfo(answered, response, request),
    );
    if (proofs.includes('wrong')) return 'wrong';
    return proofs.includes('verified') ? 'verified' : 'none';
  }

  #noteInfo({ kind, info, sent }: AnsweredAuthorization, response: SipResponse, request: SipRequest): ServerProof {
    const proof = info.get('rspauth');
    // "the cnonce-value and nc-value MUST be the ones for the client request to which this message is the response" (RFC 7616 §3.5).
    if (sent === undefined) return proof === undefined ? 'none' : 'wrong';
    const space = this.#spaceOf(kind, sent.get('realm') ?? '');
    const nonce = space.find(sent.get('nonce') ?? '');
    if (nonce?.answered === undefined) return 'none';
    if (proof !== undefined) {
      const { answerable, ha1 } = nonce.answered;
      const { uri, method } = request;
      const { cnonce, session } = nonce;
      const nc = sent.get('nc') ?? nonceCount(nonce.count);
      const question = { ...answerable, hash: this.#hash, ha1, cnonce, nc, session, method, uri, body: response.body };
      if (proof.toLowerCase() !== rspauth(question)) return 'wrong';
    }
    const nextnonce = info.get('nextnonce');
    if (nextnonce && !breaksLine(nextnonce)) space.succeed(nonce, nextnonce);
    return proof === undefined ? 'none' : 'verified';
  }

  #permitted(challenge: Challenge): AnswerableChallenge | undefined {
    if (this.#latest?.challenge !== challenge)
      this.#latest = { challenge, answerable: readPermitted(challenge, this.#refuseMd5) };
    return this.#latest.answerable;
  }

  #spaceOf(kind: Challenge['kind'], realm: string): ProtectionSpace {
    const name = unescape(realm);
    const known = this.#spaces[kind].get(name);
    if (known !== undefined) return known;
    const space = new ProtectionSpace();
    this.#spaces[kind].set(name, space);
    return space;
  }
}

function chooseFrom(
  list: readonly Credentials[],
  answerable: AnswerableChallenge | undefined,
): Credentials | undefined {
  if (answerable === undefined) return undefined;
  const realm = unescape(answerable.realm);
  let general: Credentials | undefined;
  for (const credentials of list) {
    if (!hasKeyFor(answerable, credentials)) continue;
    if (credentials.realm === realm) return credentials;
    if (credentials.realm === undefined) general ??= credentials;
  }
  return general;
}

function isPromise<T>(given: T | Promise<T>): given is Promise<T> {
  return typeof given === 'object' && given !== null && 'then' in given;
}

function checked(given: Credentials | undefined): Credentials | undefined {
  return given === undefined ? undefined : readCredentials(given);
}

function knownOf(credentials: Credentials): { readonly realm?: string; readonly hash?: DigestHash } {
  const { realm, password } = credentials;
  const hash = password === undefined ? ha1HashOf(credentials) : undefined;
  return { ...(realm !== undefined && { realm }), ...(hash !== undefined && { hash }) };
}
