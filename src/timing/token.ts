// Tokens for branches, tags, Call-IDs and client nonces: 16 characters of [0-9a-v], 80 bits (RFC 3261 §19.3 asks for 32).

const DIGITS = '0123456789abcdefghijklmnopqrstuv';
const PAIRS_IN_TOKEN = 8;
/** Octets, one for each character of 256 tokens. */
const POOL = 4096;

/** A token of eight draws, of which the lowest ten bits are used. */
export function tokenFrom(draw: () => number): string {
  let token = '';
  for (let pair = 0; pair < PAIRS_IN_TOKEN; pair += 1) {
    const bits = draw();
    token += DIGITS.charAt((bits >> 5) & 31) + DIGITS.charAt(bits & 31);
  }
  return token;
}

/** Unguessable tokens: cryptographic octets are asked for once for 256 of them. */
export function cryptoToken(): () => string {
  const pool = new Uint8Array(POOL);
  let used = POOL;
  const unit = (): number => {
    const octet = Number(pool[used]);
    used += 1;
    return DIGITS.charCodeAt(octet & 31);
  };
  return () => {
    if (used === POOL) {
      crypto.getRandomValues(pool);
      used = 0;
    }
    // All at once: a text that grows character by character takes twice the time.
    // prettier-ignore
    return String.fromCharCode(
      unit(), unit(), unit(), unit(), unit(), unit(), unit(), unit(),
      unit(), unit(), unit(), unit(), unit(), unit(), unit(), unit(),
    );
  };
}
