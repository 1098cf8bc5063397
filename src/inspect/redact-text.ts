// Secrets in a text: credentials, passwords in addresses and bodies, keys of media, and whatever somebody has named.
import { MASKED, masked, maskedCredentials } from '../sip/masked.js';

/** Masks texts. A named secret is found as it is, and as JSON, an address or a folded header field writes it. */
export class TextMask {
  readonly #named: RegExp | undefined;

  /** @param secrets those under three characters are none. */
  constructor(secrets: readonly string[]) {
    // The longest first: one may begin with another.
    const named = secrets.filter(({ length }) => length >= 3).sort((one, other) => other.length - one.length);
    this.#named = named.length === 0 ? undefined : new RegExp(named.map(patternOf).join('|'), 'g');
  }

  over(text: string): string {
    const isLong = text.length > MOST_TEXT;
    const read = isLong ? text.slice(0, MOST_TEXT + MARGIN) : text;
    const shown = this.#masked(read);
    // The last ones were read for secrets that begin before the cut, and end behind it.
    return isLong ? `${shown.slice(0, Math.max(0, Math.min(MOST_TEXT, shown.length - MARGIN)))}…` : shown;
  }

  #masked(text: string): string {
    const shown = PLAIN.test(text) ? text : withoutCredentials(text);
    return this.#named === undefined ? shown : shown.replace(this.#named, MASKED);
  }
}

function withoutCredentials(text: string): string {
  const shown = replaced(masked(text).replace(DIGEST, maskedCredentials), CREDENTIALS);
  return TELLING.test(shown) ? replaced(shown, NAMED) : shown;
}

function replaced(text: string, patterns: readonly Pattern[]): string {
  return patterns.reduce((shown, [pattern, replacement]) => shown.replace(pattern, replacement), text);
}

type Pattern = readonly [RegExp, string];

const MOST_TEXT = 70_000;
/** A secret that is longer, and stands across the cut, shows its beginning. */
const MARGIN = 4_096;

/** The names of states and events, and the ids of edges, most of all texts: no credentials fit into one. */
const PLAIN = /^[\w.#-]*(?::[\w.#* -]*:\d{1,5})?$/;

/** Credentials that stand in a text without the name of their header field. */
const DIGEST = /\bDigest\s+[^\r\n]*/gi;

const CREDENTIALS: readonly Pattern[] = [
  [/\b(Basic|Bearer)(\s+|%20)[\w.~+/=%-]{8,}/gi, `$1$2${MASKED}`],
  // A digest that is not where RFC 7616 has it, such as in the header part of a URI (RFC 3261 §19.1.1).
  [/(response|rspauth|d-ver)(\s*=\s*|%3D)(["']|%22)?[\da-f]{32,128}/gi, `$1$2$3${MASKED}`],
  // RFC 3986 §3.2.1, and what a sloppy SIP URI holds beyond RFC 3261.
  [/((?:\bsips?:|:\/\/)[^\s:@<>"']{0,256}:)[^\s@<>"']{1,256}@/gi, `$1${MASKED}@`],
  // RFC 4568 §9.2, RFC 4566 §5.12: keys of media.
  [/\b(inline:)\S{16,}/gi, `$1${MASKED}`],
  [/^(k=(?:clear|base64|uri):).*/gim, `$1${MASKED}`],
  [/(-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----)[^]*?(-----END|$)/g, `$1${MASKED}$2`],
];

const NAME = String.raw`(?:password|passwd|passphrase|secret|api[-_]?key|private[-_]?key|pwd|\bpass\b|\bha1\b)`;
const TELLING = new RegExp(NAME, 'i');
/** A telling name before its value, in JSON, a form, an attribute or SDP (`a=ice-pwd:`, RFC 8839 §5.4). */
const BEFORE = String.raw`(${NAME}[\w-]{0,20}\\?["']?\s*[:=]\s*)`;

const NAMED: readonly Pattern[] = [
  // JSON in a text of JSON, JSON, and whatever stands bare.
  [new RegExp(String.raw`${BEFORE}\\"(?:\\\\\\"|[^"\\]|\\[^"])*(?:\\")?`, 'gi'), String.raw`$1\"${MASKED}\"`],
  [new RegExp(String.raw`${BEFORE}"(?:[^"\\]|\\[^])*"?`, 'gi'), `$1"${MASKED}"`],
  [new RegExp(String.raw`${BEFORE}'(?:[^'\\]|\\[^])*'?`, 'gi'), `$1'${MASKED}'`],
  [new RegExp(String.raw`${BEFORE}[^\s&<>"'\\•][^\s&<>"']*`, 'gi'), `$1${MASKED}`],
  [new RegExp(String.raw`(<[\w:.-]{0,40}?${NAME}[^<>]{0,200}>)[^<]*`, 'gi'), `$1${MASKED}`],
];

/** As it is; with `%2F`, `\"` and line folds, too. */
function patternOf(secret: string): string {
  return secret
    .split(/(\s+)/)
    .map((part, place) =>
      place % 2 === 1 ? String.raw`(?:\s|\+|\\[nrtvf]|%[\da-fA-F]{2})+` : Array.from(part, oneOf).join(''),
    )
    .join('');
}

function oneOf(character: string): string {
  if (/^[a-z\d]$/i.test(character)) return character;
  const encoded = [...new TextEncoder().encode(character)]
    .map(
      (octet) =>
        `%${octet
          .toString(16)
          .padStart(2, '0')
          .replace(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`)}`,
    )
    .join('');
  const plain = character.replace(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`);
  return character === '"' || character === '\\' ? `(?:\\\\?${plain}|${encoded})` : `(?:${plain}|${encoded})`;
}
