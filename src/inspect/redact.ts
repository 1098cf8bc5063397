// Nothing secret is kept or sent: every value goes through here first, whatever it is and wherever it came from.
import { MASKED, masked, maskedCredentials } from '../sip/masked.js';

export interface RedactOptions {
  /** Texts that are masked wherever they stand, such as a password; those under three characters are none. */
  readonly secrets?: readonly string[];
  /** How deep values are kept. Default: 30, since a chart is deep. */
  readonly depth?: number;
}

/** Copies values as plain JSON without secrets. Total: cycles, functions, getters that throw and depths end in a word. */
export class Redaction {
  readonly #secrets: readonly string[];
  readonly #depth: number;

  constructor({ secrets = [], depth = 30 }: RedactOptions = {}) {
    this.#secrets = secrets.filter((secret) => secret.length >= 3);
    this.#depth = depth;
  }

  text(text: string): string {
    const bounded = text.length > MOST_TEXT ? `${text.slice(0, MOST_TEXT)}…` : text;
    let shown = masked(bounded).replace(LOOSE_CREDENTIALS, maskedCredentials);
    for (const secret of this.#secrets) shown = shown.split(secret).join(MASKED);
    return shown;
  }

  /** A value of which nothing is known: members with a telling name are masked whole. */
  value(value: unknown): unknown {
    return this.#copy(value, 0, []);
  }

  /** The configuration of a machine: its states, events and guards stay, whatever their names; its data is masked. */
  definition(config: unknown): unknown {
    return this.#chart(config, 0, false);
  }

  #chart(value: unknown, depth: number, areNames: boolean): unknown {
    if (depth > this.#depth) return DEEPER;
    if (Array.isArray(value)) return value.slice(0, MOST_MEMBERS).map((one) => this.#chart(one, depth + 1, false));
    if (typeof value !== 'object' || value === null) return this.#copy(value, depth, []);
    return this.#members(value, (name, member) =>
      !areNames && DATA.has(name)
        ? this.#copy(member, depth + 1, [])
        : this.#chart(member, depth + 1, !areNames && NAMES.has(name)),
    );
  }

  #copy(value: unknown, depth: number, around: readonly object[]): unknown {
    switch (typeof value) {
      case 'string':
        return this.text(value);
      case 'number':
        return Number.isFinite(value) ? value : String(value);
      case 'bigint':
      case 'symbol':
        return String(value);
      case 'function':
        return { type: value.name };
      case 'object':
        return value === null ? null : this.#object(value, depth, around);
      default:
        return value;
    }
  }

  #object(value: object, depth: number, around: readonly object[]): unknown {
    if (around.includes(value)) return '[circular]';
    if (depth > this.#depth) return DEEPER;
    if (value instanceof Error) return { type: value.name, message: this.text(value.message) };
    // An actor holds its whole system.
    if ('sessionId' in value && 'logic' in value) return { sessionId: String(value.sessionId) };
    const inside = [...around, value];
    if (!Array.isArray(value)) {
      return this.#members(value, (name, member) =>
        isSecret(name, member) ? MASKED : this.#copy(member, depth + 1, inside),
      );
    }
    const [name, row] = value as readonly unknown[];
    // A header field, as a pair of its name and its value.
    if (value.length === 2 && typeof name === 'string' && typeof row === 'string' && CREDENTIALS.test(name)) {
      return [name, this.text(maskedCredentials(row))];
    }
    return value.slice(0, MOST_MEMBERS).map((one) => this.#copy(one, depth + 1, inside));
  }

  #members(value: object, shown: (name: string, member: unknown) => unknown): unknown {
    return Object.fromEntries(entriesOf(value).map(([name, member]) => [this.text(name), shown(name, member)]));
  }
}

function entriesOf(value: object): readonly (readonly [string, unknown])[] {
  try {
    return Object.entries(value).slice(0, MOST_MEMBERS);
  } catch {
    return [];
  }
}

const DEEPER = '[…]';
const MOST_TEXT = 70_000;
const MOST_MEMBERS = 5_000;

/** Members of a configuration whose members are named by the program. */
const NAMES: ReadonlySet<string> = new Set(['states', 'on', 'after']);
/** What of a configuration is data, and no part of the chart. */
const DATA: ReadonlySet<string> = new Set(['context', 'input', 'output', 'params', 'meta', 'snapshot']);

const CREDENTIALS = /^(?:(?:proxy-)?authorization|(?:proxy-)?authentication-info|cookie|set-cookie)$/i;

/** Credentials that stand in a text without the name of their header field. */
const LOOSE_CREDENTIALS = /\bDigest\s+[^\r\n]*|\b(?:Basic|Bearer)\s+[\w.~+/=-]{8,}/gi;

const TELLING =
  /pass(?:word|wd|phrase)?s?$|^pwd$|secret|credential|authorization|^ha1$|^a1$|api[-_]?key|private[-_]?key|token$|cookie/i;

/** Members of digest credentials. */
const DIGEST = /^(?:response|rspauth|c?nonce|nextnonce|opaque)$/i;

function isSecret(name: string, value: unknown): boolean {
  if (DIGEST.test(name)) return typeof value === 'string';
  return TELLING.test(name) && value !== undefined && value !== null && typeof value !== 'boolean';
}
