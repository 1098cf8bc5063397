// One keyring for the same credentials, whoever gives them: what was rejected stays so until the credentials change.
import { BoundedMap } from '../digest/bounded-map.js';
import { readCredentialsList } from '../digest/credentials.js';
import { Keyring, type KeyringOptions } from '../digest/keyring.js';
import { SipRetryError } from '../sip/sip-retry-error.js';

type CredentialsGiven = NonNullable<KeyringOptions['credentials']>;

export interface KeyringChoice {
  readonly keyring?: Keyring;
  readonly credentials?: CredentialsGiven;
}

/** So many different lists of credentials are kept apart; with one more, what was learned of the oldest is forgotten. */
const LISTS_KEPT = 65_536;

export class Keyrings {
  readonly #ofLists = new BoundedMap<Keyring>(LISTS_KEPT);
  readonly #ofProviders = new WeakMap<object, Keyring>();

  /**
   * The keyring itself, or the one of these credentials, or an empty one.
   * @throws SipRetryError `badOptions` for both, `badCredentials`
   */
  choose({ keyring, credentials }: KeyringChoice): Keyring {
    if (keyring === undefined) return credentials === undefined ? new Keyring() : this.of(credentials);
    if (credentials === undefined) return keyring;
    throw new SipRetryError('badOptions', 'Give a keyring or credentials, not both: a keyring holds its credentials.');
  }

  /** @throws SipRetryError `badCredentials` */
  of(credentials: CredentialsGiven): Keyring {
    if (typeof credentials === 'function') {
      const known = this.#ofProviders.get(credentials) ?? new Keyring({ credentials });
      this.#ofProviders.set(credentials, known);
      return known;
    }
    const text = textOf(credentials);
    const known = this.#ofLists.get(text) ?? new Keyring({ credentials });
    this.#ofLists.set(text, known);
    return known;
  }
}

/** Secrets are compared by their text; it stays in here. */
function textOf(credentials: Exclude<CredentialsGiven, (...args: never) => unknown>): string {
  return JSON.stringify(
    readCredentialsList(credentials).map(({ realm, username, password, ha1, ha1Algorithm }) => [
      realm,
      username,
      password?.reveal(),
      ha1?.reveal(),
      ha1Algorithm,
    ]),
  );
}
