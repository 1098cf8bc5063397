// Secrets in what is printed: digest responses and the password never leave the program but on the wire.
import { MASKED, masked } from '../../sip/masked.js';

/** Masks the responses of digest credentials, and each secret that it is told of, wherever it stands. */
export class Mask {
  readonly #secrets = new Set<string>();

  /** From now on this text is masked, too. A very short one would mask half of each message; it is no secret either. */
  wipe(secret: string): void {
    if (secret.length >= 3) this.#secrets.add(secret);
  }

  over(text: string): string {
    let wiped = masked(text);
    for (const secret of this.#secrets) wiped = wiped.split(secret).join(MASKED);
    return wiped;
  }
}
