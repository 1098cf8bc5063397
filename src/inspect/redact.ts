// Nothing secret is kept or sent: every value goes through here first, whatever it is and wherever it came from.
import { MASKED, maskedCredentials } from '../sip/masked.js';
import { isCredentialsField, isSecret } from './secret-names.js';
import { TextMask } from './redact-text.js';

export interface RedactOptions {
  /** Texts that are masked wherever they stand, such as a password; those under three characters are none. */
  readonly secrets?: readonly string[];
  /** How deep values are kept. Default: 30, since a chart is deep. */
  readonly depth?: number;
}

/** Copies values as plain JSON without secrets. Total: cycles, functions, getters that throw and depths end in a word. */
export class Redaction {
  readonly #mask: TextMask;
  readonly #depth: number;

  constructor({ secrets = [], depth = 30 }: RedactOptions = {}) {
    this.#mask = new TextMask(secrets);
    this.#depth = depth;
  }

  text(text: string): string {
    return this.#mask.over(text);
  }

  /** A value of which nothing is known: members with a telling name are masked whole. */
  value(value: unknown): unknown {
    return new Copying(this.#mask, this.#depth, MOST_VALUES).value(value, []);
  }

  /** The configuration of a machine: its states, events and guards stay, whatever their names; its data is masked. */
  definition(config: unknown): unknown {
    return new Copying(this.#mask, this.#depth, MOST_OF_CHART).chart(config, [], false);
  }

  /** As JSON: what this library has made has no telling names, but its texts may come from anywhere. */
  json(value: unknown): string {
    return JSON.stringify(value, (_name, member: unknown) =>
      typeof member === 'string' ? this.#mask.over(member) : member,
    );
  }
}

/** One copy. What is linked with itself in many ways is endless when it is written out: so much is copied, and no more. */
class Copying {
  readonly #mask: TextMask;
  readonly #depth: number;
  #left: number;

  constructor(mask: TextMask, depth: number, most: number) {
    this.#mask = mask;
    this.#depth = depth;
    this.#left = most;
  }

  value(value: unknown, around: readonly object[]): unknown {
    if (this.#isSpent(value)) return DEEPER;
    switch (typeof value) {
      case 'string':
        return this.#mask.over(value);
      case 'number':
        return Number.isFinite(value) ? value : String(value);
      case 'bigint':
      case 'symbol':
        return String(value);
      case 'function':
        return { type: nameOf(value) };
      case 'object':
        return value === null ? null : this.#readable(value, around, () => this.#object(value, around));
      default:
        return value;
    }
  }

  chart(value: unknown, around: readonly object[], areNames: boolean): unknown {
    if (typeof value !== 'object' || value === null) return this.value(value, around);
    if (this.#isSpent(value)) return DEEPER;
    return this.#readable(value, around, () => {
      const inside = [...around, value];
      if (Array.isArray(value)) return value.slice(0, MOST_MEMBERS).map((one) => this.chart(one, inside, false));
      return this.#members(value, (name, member) => {
        if (areNames) return this.chart(member, inside, false);
        if (DATA.has(name)) return this.value(member, inside);
        if (typeof member === 'string' && isSecret(name, member)) return MASKED;
        return this.chart(member, inside, NAMES.has(name));
      });
    });
  }

  /** A proxy, and whatever else throws when it is looked at, is a word. */
  #readable(value: object, around: readonly object[], copy: () => unknown): unknown {
    if (around.includes(value)) return '[circular]';
    if (around.length > this.#depth) return DEEPER;
    try {
      return copy();
    } catch {
      return UNREADABLE;
    }
  }

  #isSpent(value: unknown): boolean {
    this.#left -= 1 + (typeof value === 'string' ? Math.floor(value.length / CHARACTERS_OF_A_VALUE) : 0);
    return this.#left < 0;
  }

  #object(value: object, around: readonly object[]): unknown {
    if (value instanceof Error) return { type: value.name, message: this.#mask.over(value.message) };
    if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString();
    if (ArrayBuffer.isView(value)) return `[${value.byteLength} octets]`;
    // An actor holds its whole system.
    if ('sessionId' in value && 'logic' in value) return { sessionId: String(value.sessionId) };
    const inside = [...around, value];
    if (!Array.isArray(value)) {
      return this.#members(value, (name, member) => (isSecret(name, member) ? MASKED : this.value(member, inside)));
    }
    const [name, row] = value as readonly unknown[];
    // A header field, as a pair of its name and its value.
    if (value.length === 2 && typeof name === 'string' && typeof row === 'string' && isCredentialsField(name)) {
      return [name, this.#mask.over(maskedCredentials(row))];
    }
    return value.slice(0, MOST_MEMBERS).map((one) => this.value(one, inside));
  }

  #members(value: object, shown: (name: string, member: unknown) => unknown): unknown {
    const names = Object.keys(value).slice(0, MOST_MEMBERS);
    return Object.fromEntries(names.map((name) => [this.#mask.over(name), this.#member(value, name, shown)]));
  }

  #member(value: object, name: string, shown: (name: string, member: unknown) => unknown): unknown {
    try {
      return shown(name, Reflect.get(value, name));
    } catch {
      return UNREADABLE;
    }
  }
}

function nameOf(value: object): string {
  return 'name' in value && typeof value.name === 'string' ? value.name : '';
}

const DEEPER = '[…]';
const UNREADABLE = '[unreadable]';
const MOST_MEMBERS = 5_000;
/** A text of so many characters counts as one value more. */
const CHARACTERS_OF_A_VALUE = 64;
/** A context is told again with each step. */
const MOST_VALUES = 20_000;
const MOST_OF_CHART = 200_000;

/** Members of a configuration whose members are named by the program. */
const NAMES: ReadonlySet<string> = new Set(['states', 'on', 'after']);
/** What of a configuration is data, and no part of the chart. */
const DATA: ReadonlySet<string> = new Set(['context', 'input', 'output', 'params', 'meta', 'snapshot']);
