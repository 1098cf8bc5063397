// The parameters of a challenge, of credentials or of an Authentication-Info, as they were written.

/** The parameters that mean something in a challenge (RFC 7616 §3.3). No two begin with the same letter. */
interface UsualParams {
  realm: string | undefined;
  nonce: string | undefined;
  opaque: string | undefined;
  algorithm: string | undefined;
  qop: string | undefined;
  stale: string | undefined;
  userhash: string | undefined;
  charset: string | undefined;
  domain: string | undefined;
}

/**
 * Parameters by name in lower case; quotes taken off, escapes kept. The usual ones are members of an object,
 * without which, and without looking for them by their first letter, a challenge takes half as long again to read.
 */
export class WrittenParams {
  readonly #usual: UsualParams = {
    realm: undefined,
    nonce: undefined,
    opaque: undefined,
    algorithm: undefined,
    qop: undefined,
    stale: undefined,
    userhash: undefined,
    charset: undefined,
    domain: undefined,
  };
  #others: Map<string, string> | undefined;

  get usual(): Readonly<UsualParams> {
    return this.#usual;
  }

  get(name: string): string | undefined {
    return isUsual(name) ? this.#usual[name] : this.#others?.get(name);
  }

  /** Adds a parameter unless there is one of that name; returns the value that stands then. */
  add(name: string, value: string): string {
    if (isUsual(name)) return (this.#usual[name] ??= value);
    this.#others ??= new Map<string, string>();
    const earlier = this.#others.get(name);
    if (earlier === undefined) this.#others.set(name, value);
    return earlier ?? value;
  }
}

/** The usual name that stands here with a `=` behind it, as nearly all are written. */
export function usualNameAt(row: string, at: number): UsualName | undefined {
  const name = BY_FIRST_LETTER[row.charCodeAt(at)];
  return name !== undefined && row.startsWith(name, at) && row.charCodeAt(at + name.length) === EQUALS
    ? name
    : undefined;
}

type UsualName = keyof UsualParams;

function isUsual(name: string): name is UsualName {
  return USUAL_NAMES.has(name);
}

const EQUALS = 0x3d;
const NAMES: readonly UsualName[] = [
  'realm',
  'nonce',
  'opaque',
  'algorithm',
  'qop',
  'stale',
  'userhash',
  'charset',
  'domain',
];
const USUAL_NAMES: ReadonlySet<string> = new Set(NAMES);
const BY_FIRST_LETTER: readonly (UsualName | undefined)[] = Array.from({ length: 128 }, (_, code) =>
  NAMES.find((name) => name.charCodeAt(0) === code),
);
