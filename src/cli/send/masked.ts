// Secrets in what is printed: digest responses and the password never leave the program but on the wire.

const MASKED = '•••';

/** Masks the responses of digest credentials, and each secret that it is told of, wherever it stands. */
export class Mask {
  readonly #secrets = new Set<string>();

  /** From now on this text is masked, too. A very short one would mask half of each message; it is no secret either. */
  wipe(secret: string): void {
    if (secret.length >= 3) this.#secrets.add(secret);
  }

  over(text: string): string {
    let masked = text.replace(DIGEST, maskParams);
    for (const secret of this.#secrets) masked = masked.split(secret).join(MASKED);
    return masked;
  }
}

/** Rows with credentials, or with what is computed from the password (`rspauth`); folded lines included. */
const DIGEST = /^(?:(?:Proxy-)?Authorization|(?:Proxy-)?Authentication-Info)[ \t]*:[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*/gim;

function maskParams(row: string): string {
  return row.replace(/\b(response|rspauth|cnonce)(\s*=\s*)(?:"(?:[^"\\]|\\.)*"|[^\s,]*)/gi, `$1$2"${MASKED}"`);
}
