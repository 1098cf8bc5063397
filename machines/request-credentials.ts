// The credentials of one request: found when a challenge asks for them, computed at the moment of sending (RFC 3261 §22).
import { sameRealm } from '../src/policy/challenge-choice.js';
import type { Decision } from '../src/policy/decide.js';
import type { Client, Facts, RealmOf } from '../src/policy/facts.js';
import type { Credentials } from '../src/digest/credentials.js';
import type { Keyring } from '../src/digest/keyring.js';
import { unescape, type Challenge } from '../src/sip/challenge.js';
import { withMoreCredentials } from '../src/request/credential-rows.js';
import type { SipRequest } from '../src/sip/message.js';

/** Whether some challenge can be answered; `rejected`: only with credentials that a server has refused already. */
export type Finding = 'found' | 'rejected' | 'none';

export class RequestCredentials {
  readonly #keyring: Keyring;
  readonly #failed: (cause: unknown) => void;
  /** What the keyring said, by protection space and algorithm, so that a person is asked once in a request. */
  #known: Map<string, Credentials | undefined> | undefined;

  /** @param failed a provider has thrown, or rejected, or given what are no credentials. */
  constructor(keyring: Keyring, failed: (cause: unknown) => void) {
    this.#keyring = keyring;
    this.#failed = failed;
  }

  /** Looks for the credentials of these challenges; at once where the keyring has them at hand. Who fails has none. */
  find(challenges: readonly Challenge[]): Finding | Promise<Finding> {
    const known = (this.#known ??= new Map());
    const awaited: Promise<void>[] = [];
    for (const challenge of challenges) {
      const space = spaceOf(challenge);
      if (known.has(space)) continue;
      try {
        const found = this.#keyring.find(challenge);
        if (found === undefined || !('then' in found)) known.set(space, found);
        else awaited.push(found.then((credentials) => void known.set(space, credentials), this.#failed));
      } catch (cause) {
        this.#failed(cause);
      }
    }
    return awaited.length === 0 ? this.#judge(challenges) : Promise.all(awaited).then(() => this.#judge(challenges));
  }

  /** The request with the credentials for these challenges; nonces are counted (RFC 7616 §3.4). */
  authorize(request: SipRequest, challenges: readonly Challenge[], token: string): SipRequest {
    if (challenges.length === 0) return request;
    const rows = this.#keyring.authorize(request, challenges, (challenge) => this.#usable(challenge), token);
    return rows.length === 0 ? request : withMoreCredentials(request, rows);
  }

  /** The client with what earlier requests have learned of these credentials. */
  enrich(client: Client, challenges: readonly Challenge[]): Client {
    const accepted = challenges.filter((challenge) => this.#is('accepted', challenge)).map(realmOf);
    return accepted.length === 0
      ? client
      : { ...client, acceptedRealms: [...(client.acceptedRealms ?? []), ...accepted] };
  }

  /** Remembers beyond the request what a final response says of the credentials that were sent with it. */
  note(sent: readonly Challenge[], { origin, status, response }: Facts, { action }: Decision): void {
    if (origin !== 'wire') return;
    const refused = action.type === 'giveUp' && action.reason === 'credentialsRejected';
    const asked = response.challenges.map(({ challenge }) => challenge);
    for (const challenge of sent) {
      const credentials = this.#known?.get(spaceOf(challenge));
      if (credentials === undefined) continue;
      const use = this.#keyring.useOf(challenge, credentials);
      const again = asked.some((other) => sameRealm(other, challenge));
      if (refused && (again || asked.length === 0)) this.#keyring.noteRejected(use);
      else if (status < 300 || status === 423 || (asked.length > 0 && !again)) this.#keyring.noteAccepted(use);
    }
  }

  #judge(challenges: readonly Challenge[]): Finding {
    if (challenges.some((challenge) => this.#usable(challenge) !== undefined)) return 'found';
    return challenges.some((challenge) => this.#is('rejected', challenge)) ? 'rejected' : 'none';
  }

  #usable(challenge: Challenge): Credentials | undefined {
    return this.#is('rejected', challenge) ? undefined : this.#known?.get(spaceOf(challenge));
  }

  #is(verdict: 'accepted' | 'rejected', challenge: Challenge): boolean {
    const credentials = this.#known?.get(spaceOf(challenge));
    if (credentials === undefined) return false;
    const use = this.#keyring.useOf(challenge, credentials);
    return verdict === 'accepted' ? this.#keyring.isAccepted(use) : this.#keyring.isRejected(use);
  }
}

function spaceOf({ kind, realm = '', algorithm = '' }: Challenge): string {
  return `${kind} ${algorithm.toUpperCase()} ${unescape(realm)}`;
}

function realmOf({ kind, realm = '' }: Challenge): RealmOf {
  return { kind, realm };
}
