// Secrets in what is printed: digest responses and the password never leave the program but on the wire.

const MASK = '•••';

/** A function that masks the responses of digest credentials, and this password wherever it stands. */
export function masker(password: string | undefined): (text: string) => string {
  return (text) => {
    const digestless = text.replace(DIGEST, maskParams);
    // A very short password would mask half of the message; it is no secret either.
    return password === undefined || password.length < 3 ? digestless : digestless.split(password).join(MASK);
  };
}

/** Rows with credentials, folded lines included. */
const DIGEST = /^(?:Proxy-)?Authorization[ \t]*:[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*/gim;

function maskParams(row: string): string {
  return row.replace(/\b(response|cnonce)(\s*=\s*)(?:"(?:[^"\\]|\\.)*"|[^\s,]*)/gi, `$1$2"${MASK}"`);
}
