// A server that asks for digest credentials and verifies them (RFC 3261 §22, RFC 7616 §3.4, RFC 8760).
import { digestResponse } from '../../digest/digest.js';
import { nobleHashes } from '../../digest/hash.js';
import { Secret } from '../../digest/secret.js';
import { readAlgorithm } from '../../sip/digest-algorithm.js';
import { readChallengeRow } from '../../sip/challenge-row.js';
import { allHeaders } from '../../sip/header-list.js';
import type { Header, SipRequest } from '../../sip/message.js';
import type { WrittenChallenge } from '../scenario.js';
import { answerWith, type Moment, type Service } from './service.js';

/** Who is let in. */
export interface DigestUser {
  readonly username: string;
  readonly password: string;
}

interface Nonce {
  readonly issuedAt: number;
  uses: number;
  /** The highest nonce count that was seen. */
  count: number;
}

type Params = Pick<ReturnType<typeof readChallengeRow>[number]['params'], 'get'>;

export class DigestGate {
  readonly #options: WrittenChallenge;
  readonly #users: readonly DigestUser[];
  readonly #isProxy: boolean;
  readonly #nonces = new Map<string, Nonce>();

  constructor(options: WrittenChallenge, users: readonly DigestUser[], isProxy: boolean) {
    this.#options = options;
    this.#users = options.users ?? users;
    this.#isProxy = (options.as ?? (isProxy ? 'proxy' : 'server')) === 'proxy';
  }

  /** The refusal of a request that is not let through; `undefined` for one that is. */
  refusalOf(request: SipRequest, moment: Moment): Service | undefined {
    const given = this.#credentialsOf(request);
    if (given === undefined) return this.#challenge(moment, false);
    const { realm } = this.#options;
    if (given.get('realm') !== realm || !this.#isRight(given, request)) return this.#challenge(moment, false);
    return this.#useUp(given, moment.now) ? undefined : this.#challenge(moment, true);
  }

  /** Every nonce that was given out is unknown from now on. */
  forget(): void {
    this.#nonces.clear();
  }

  #credentialsOf({ headers }: SipRequest): Params | undefined {
    const rows = allHeaders(headers, this.#isProxy ? 'Proxy-Authorization' : 'Authorization');
    const all = rows.flatMap((row) => readChallengeRow(row));
    const { realm } = this.#options;
    const found = all.find(({ params }) => params.get('realm') === realm) ?? all[0];
    return found?.params;
  }

  #isRight(given: Params, request: SipRequest): boolean {
    const algorithm = readAlgorithm(given.get('algorithm'));
    const user = this.#users.find(({ username }) => username === given.get('username'));
    const offered: readonly string[] = this.#options.algorithms ?? ['MD5'];
    if (algorithm === undefined || user === undefined || !offered.includes(algorithm)) return false;
    const { qop = 'auth' } = this.#options;
    // RFC 7616 §3.4: "uri" is the Request-URI; a proxy on the way may have changed that, none does here.
    if (given.get('uri') !== request.uri || given.get('qop') !== (qop === 'none' ? undefined : qop)) return false;
    const expected = digestResponse({
      hash: nobleHashes,
      algorithm,
      nonce: given.get('nonce') ?? '',
      ...(qop === 'none' ? {} : { qop, nc: given.get('nc'), cnonce: given.get('cnonce') }),
      method: request.method,
      uri: request.uri,
      body: request.body,
      username: user.username,
      realm: this.#options.realm,
      password: new Secret(user.password),
    });
    return given.get('response') === expected;
  }

  /** Whether the nonce is good: known, not too old, not used up, and its count is a new one. */
  #useUp(given: Params, now: number): boolean {
    const { nonceUses = Infinity, nonceLifetime = Infinity } = this.#options;
    const nonce = this.#nonces.get(given.get('nonce') ?? '');
    if (nonce === undefined || now - nonce.issuedAt > nonceLifetime || nonce.uses >= nonceUses) return false;
    const count = Number.parseInt(given.get('nc') ?? '', 16);
    // "The nc value is the hexadecimal count of the number of requests … sent with the nonce" (RFC 7616 §3.4).
    if (!Number.isNaN(count) && count <= nonce.count) return false;
    nonce.uses += 1;
    nonce.count = Number.isNaN(count) ? nonce.count : count;
    return true;
  }

  #challenge({ now, token }: Moment, isStale: boolean): Service {
    const { algorithms = ['MD5'], realm, qop = 'auth', opaque } = this.#options;
    const rows = algorithms.map((algorithm): Header => {
      const nonce = token();
      this.#nonces.set(nonce, { issuedAt: now, uses: 0, count: 0 });
      const params = [
        `realm="${realm.replace(/["\\]/g, '\\$&')}"`,
        `nonce="${nonce}"`,
        ...(opaque === undefined ? [] : [`opaque="${opaque}"`]),
        ...(isStale ? ['stale=true'] : []),
        `algorithm=${algorithm}`,
        ...(qop === 'none' ? [] : [`qop="${qop}"`]),
      ];
      return [this.#isProxy ? 'Proxy-Authenticate' : 'WWW-Authenticate', `Digest ${params.join(', ')}`];
    });
    return answerWith(this.#isProxy ? 407 : 401, rows);
  }
}
