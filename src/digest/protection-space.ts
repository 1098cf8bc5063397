// What is remembered of one protection space, a header type and a realm (RFC 3261 §22.1): its latest nonces and who answered last.
import type { Challenge } from '../sip/challenge.js';
import { digestHashOf, type AnswerableChallenge, type DigestHash } from '../sip/digest-algorithm.js';
import { BoundedMap } from './bounded-map.js';
import type { Credentials } from './credentials.js';
import type { DigestSession, Ha2Function } from './digest.js';
import { hexHash, type HashFunctions } from './hash.js';
import { identityOf, type Identity } from './identity.js';

/** A nonce and how often it was used. */
export interface KnownNonce {
  readonly nonce: string;
  cnonce: string;
  count: number;
  session: DigestSession;
  /** What the server named with `nextnonce` since; used in its place. */
  successor: KnownNonce | undefined;
  /** How the last request with it was answered, for checking `rspauth`. */
  answered: { readonly answerable: AnswerableChallenge; readonly ha1: string } | undefined;
}

const NONCES_KEPT = 8;
/** "nc-value = 8LHEX" (RFC 3261 §25.1). */
const LAST_COUNT = 0xffffffff;

export class ProtectionSpace {
  /** The credentials of the last answer. */
  answeredWith: Credentials | undefined;
  readonly #nonces = new BoundedMap<KnownNonce>(NONCES_KEPT);
  #ha2: { readonly name: DigestHash; readonly a2: string; readonly hex: string } | undefined;
  #answeredAs: { readonly of: IdentityInputs; readonly identity: Identity } | undefined;

  /** The nonce to use for a challenge, counted once more: "the count of the number of requests … sent with the nonce" (RFC 7616 §3.4); `undefined` when eight digits hold no more. */
  use(challenged: string, token: string): KnownNonce | undefined {
    const known = this.find(challenged) ?? this.#keep(unusedNonce(challenged));
    const current = known.successor === undefined ? known : this.#keep(known.successor);
    if (current.count >= LAST_COUNT) return undefined;
    if (current.count === 0) {
      current.cnonce = token;
      // "A1 is computed only once" for a challenge, of its nonce and the first cnonce (RFC 7616 §3.4.2).
      if (current === known) current.session = { nonce: current.nonce, cnonce: token };
    }
    current.count += 1;
    return current;
  }

  /** Somebody else used the nonce. A -sess key stays bound to the cnonce that this use had. */
  note({ nonce, cnonce, count }: Pick<KnownNonce, 'nonce' | 'cnonce' | 'count'>): void {
    const known = this.find(nonce) ?? this.#keep(unusedNonce(nonce));
    if (known.count === 0) {
      known.cnonce = cnonce;
      known.session = { nonce, cnonce };
    }
    known.count = Math.max(known.count, count);
  }

  find(nonce: string): KnownNonce | undefined {
    return this.#nonces.get(nonce);
  }

  /** The server named the nonce of the next request (RFC 7616 §3.5). */
  succeed(current: KnownNonce, nextnonce: string): void {
    const next = this.find(nextnonce) ?? { ...unusedNonce(nextnonce), session: current.session };
    for (const known of this.#nonces.values()) {
      if (known === current || known.successor === current) known.successor = next;
    }
    next.successor = undefined;
    this.#keep(next);
  }

  /** Who answers; the hash of the password is computed once for as long as nothing changes. */
  identify(
    challenge: Challenge,
    answerable: AnswerableChallenge,
    credentials: Credentials,
    hash: HashFunctions,
  ): Identity | undefined {
    const inputs = inputsOf(challenge, answerable, credentials);
    if (this.#answeredAs !== undefined && areSame(this.#answeredAs.of, inputs)) return this.#answeredAs.identity;
    const identity = identityOf(challenge, answerable, credentials, hash);
    if (identity !== undefined) this.#answeredAs = { of: inputs, identity };
    return identity;
  }

  /**
   * H(A2) of RFC 7616 §3.4.3: of method and URI, so that it is the same for every REGISTER or OPTIONS to one server. The
   * last one is kept; it is no secret.
   */
  readonly ha2Of: Ha2Function = (hash, name, a2) => {
    if (this.#ha2?.a2 !== a2 || this.#ha2.name !== name) this.#ha2 = { name, a2, hex: hexHash(hash, name, a2) };
    return this.#ha2.hex;
  };

  #keep(known: KnownNonce): KnownNonce {
    this.#nonces.set(known.nonce, known);
    return known;
  }
}

/** All that an identity depends on within one protection space. */
interface IdentityInputs {
  readonly realm: string | undefined;
  readonly username: string;
  readonly password: string | undefined;
  readonly ha1: string | undefined;
  readonly hash: DigestHash;
  readonly charset: boolean;
  readonly userhash: boolean;
}

function inputsOf(challenge: Challenge, { algorithm }: AnswerableChallenge, credentials: Credentials): IdentityInputs {
  const { username, password, ha1 } = credentials;
  return {
    realm: challenge.realm,
    username,
    password: password?.reveal(),
    ha1: ha1?.reveal(),
    hash: digestHashOf(algorithm),
    charset: challenge.charset !== undefined,
    userhash: challenge.userhash,
  };
}

function areSame(one: IdentityInputs, other: IdentityInputs): boolean {
  return (
    one.realm === other.realm &&
    one.username === other.username &&
    one.password === other.password &&
    one.ha1 === other.ha1 &&
    one.hash === other.hash &&
    one.charset === other.charset &&
    one.userhash === other.userhash
  );
}

function unusedNonce(nonce: string): KnownNonce {
  return { nonce, cnonce: '', count: 0, session: { nonce, cnonce: '' }, successor: undefined, answered: undefined };
}
