// A secret that can be read in one way only: it prints, logs and serialises as «redacted».
import { SipRetryError } from '../sip/sip-retry-error.js';

const REDACTED = '«redacted»';

/** A password or an HA1. Only `reveal` gives its text. */
export class Secret {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  reveal(): string {
    return this.#text;
  }

  toString(): string {
    return REDACTED;
  }

  toJSON(): string {
    return REDACTED;
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return REDACTED;
  }
}

/**
 * Wraps a password, or an HA1, so that it cannot be printed by accident.
 * @throws SipRetryError `badCredentials` for what is no text: a variable that is not set would be sent as "undefined".
 */
export function secret(text: string): Secret {
  if (typeof text !== 'string') {
    throw new SipRetryError('badCredentials', 'secret() needs a text; is the variable with the password set?');
  }
  return new Secret(text);
}
