// The keys of the table: a status code, a method with a status code, or a class (RFC 3261 §7.2, §8.1.3.2).
import { isToken } from '../sip/token.js';
import type { Defect } from './defect.js';
import type { FallbackKey } from './rule.js';

/** What a key of the table names. */
export interface KeyParts {
  readonly method?: string;
  /** The code; for a class its x00. */
  readonly status: number;
  readonly isClass: boolean;
}

/** The classes that a policy must speak for. A provisional response asks for no decision, so 1xx is none of them. */
export const fallbackKeys = ['2xx', '3xx', '4xx', '5xx', '6xx'] as const satisfies readonly FallbackKey[];

/** What a key names; `undefined` when it is no key of a table. */
export function readEntryKey(key: string): KeyParts | undefined {
  const [, method, digit = '', rest = ''] = /^(?:(\S+) )?([2-6])(xx|[0-9]{2})$/.exec(key) ?? [];
  if (digit === '') return undefined;
  const isClass = rest === 'xx';
  const status = Number(digit) * 100 + (isClass ? 0 : Number(rest));
  if (method === undefined) return { status, isClass };
  return isClass || !isMethod(method) ? undefined : { method, status, isClass };
}

/** The defect of a key that is none. */
export function keyDefect(key: string, path: string): Defect {
  const tidy = key.trim().replace(/\s+/g, ' ').toUpperCase().replace(/XX$/, 'xx');
  return {
    path,
    found: 'an unknown key',
    allowed:
      'a status code from 200 to 699 such as "486", a method and a code such as "REGISTER 403", or one of the classes ' +
      fallbackKeys.join(', '),
    ...(readEntryKey(tidy) === undefined ? {} : { meant: tidy }),
  };
}

/** The order in which a table is read: by code, the entries of a method after their code, the classes last. */
export function compareKeys(one: string, other: string): number {
  const [first, second] = [readEntryKey(one), readEntryKey(other)];
  if (first === undefined || second === undefined) return Number(first === undefined) - Number(second === undefined);
  return (
    Number(first.isClass) - Number(second.isClass) ||
    first.status - second.status ||
    (first.method ?? '').localeCompare(second.method ?? '', 'en')
  );
}

// RFC 3261 §7.1: the method is case-sensitive. A `register` is no REGISTER, and nobody means it.
function isMethod(name: string): boolean {
  return isToken(name) && (name === name.toUpperCase() || !METHODS.has(name.toUpperCase()));
}

const METHODS: ReadonlySet<string> = new Set([
  'ACK',
  'BYE',
  'CANCEL',
  'INFO',
  'INVITE',
  'MESSAGE',
  'NOTIFY',
  'OPTIONS',
  'PRACK',
  'PUBLISH',
  'REFER',
  'REGISTER',
  'SUBSCRIBE',
  'UPDATE',
]);
