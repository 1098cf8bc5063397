// A secret that can be read in one way only: it prints, logs and serialises as «redacted».

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

/** Wraps a password, or an HA1, so that it cannot be printed by accident. */
export function secret(text: string): Secret {
  return new Secret(text);
}
