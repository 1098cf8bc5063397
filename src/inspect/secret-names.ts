// Names that tell that a secret stands behind them.

/** Whether the value of a member with this name is kept secret whole. */
export function isSecret(name: string, value: unknown): boolean {
  if (DIGEST.test(name)) return typeof value === 'string';
  return TELLING.test(name) && value !== undefined && value !== null && typeof value !== 'boolean';
}

/** Whether a header field holds credentials, or what is computed from a password. */
export function isCredentialsField(name: string): boolean {
  return CREDENTIALS.test(name);
}

const CREDENTIALS = /^(?:(?:proxy-)?authorization|(?:proxy-)?authentication-info|security-verify|cookie|set-cookie)$/i;

const TELLING =
  /pass(?:word|wd|phrase|code)|pass(?:es)?$|pwd$|secret|credential|authorization|^h?a1$|^pin$|^otp$|jwt|(?:api|private|access|session|master)[-_]?key|tokens?$|cookie/i;

/** Members of digest credentials. */
const DIGEST = /^(?:response|rspauth|c?nonce|nextnonce|opaque)$/i;
