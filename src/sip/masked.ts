// Secrets in a message that is shown: whatever is computed from a password is masked.

/** Stands where a secret stood. */
export const MASKED = '•••';

/** The message with the responses of digest credentials, the servers' proofs and the passwords of URIs masked; other credentials whole. */
export function masked(text: string): string {
  return text
    .replace(ROWS, (_row, name: string, value: string) => name + maskedCredentials(value))
    .replace(URI_PASSWORD, `$1${MASKED}@`);
}

/** The value of one row with credentials, or with what is computed from the password. */
export function maskedCredentials(value: string): string {
  // RFC 7617, RFC 6750: what stands behind these names is the secret itself.
  if (/^[ \t]*(?:Basic|Bearer)\b/i.test(value)) return value.replace(/^([ \t]*\S+).*$/s, `$1 ${MASKED}`);
  return value.replace(/\b(response|rspauth|cnonce|d-ver)(\s*=\s*)(?:"(?:[^"\\]|\\.)*"?|[^\s,]*)/gi, `$1$2"${MASKED}"`);
}

/** Rows with credentials, or with what is computed from the password; folded lines included. */
const ROWS =
  /^((?:(?:Proxy-)?Authorization|(?:Proxy-)?Authentication-Info|Security-Verify)[ \t]*:)([^\r\n]*(?:\r?\n[ \t][^\r\n]*)*)/gim;

// RFC 3261 §19.1.1: "the use of the password is NOT RECOMMENDED"; whoever uses it all the same does not want it shown.
const URI_PASSWORD = /(\bsips?:[^\s:@<>"']{0,256}:)[\w\-.!~*'()%&=+$,]{1,256}@/gi;
