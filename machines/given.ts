// What the application gives at a door: a mistake in it is told there and then, not later from deep inside.
import { complaintOf, memberPath } from '../src/policy/defect.js';
import { nearestName } from '../src/policy/near-miss.js';
import { SipRetryError } from '../src/sip/sip-retry-error.js';

/** What a member is: of one of these kinds, or an object with at least such members. */
export type Kind = keyof typeof kinds | { readonly [name: string]: Kind };

/** The members that options may have, all of them, and what each is; `undefined` counts as absent. */
export type Shape<T> = { readonly [K in keyof T]-?: Kind };

/** @throws SipRetryError `badOptions` for a member that is not in the shape, or is not what the shape says. */
export function requireOptions<T extends object>(options: T, shape: Shape<T>, place = 'options'): void {
  requireKind(options, 'object', place);
  for (const [name, value] of Object.entries(options))
    requireMember(name, value, new Map(Object.entries(shape)), place);
}

/** @throws SipRetryError `badOptions` when the value is not of this kind. */
export function requireKind(value: unknown, kind: Kind, place: string): void {
  if (typeof kind === 'string') {
    const { words, admits } = kinds[kind];
    if (!admits(value)) throw new SipRetryError('badOptions', `${place} must be ${words}.`);
    return;
  }
  if (!isObject(value)) {
    throw new SipRetryError('badOptions', `${place} must be an object with ${Object.keys(kind).join(', ')}.`);
  }
  for (const [name, part] of Object.entries(kind)) requireKind(Reflect.get(value, name), part, `${place}.${name}`);
}

/** @throws SipRetryError `badOptions` for a name that is none of these; the one that was probably meant is told. */
export function requireName(name: string, names: readonly string[], path: string, what: string): void {
  if (names.includes(name)) return;
  const meant = nearestName(name, names);
  const complaint = complaintOf({
    path,
    found: `an unknown ${what}`,
    allowed: `one of ${names.join(', ')}`,
    ...(meant !== undefined && { meant }),
  });
  throw new SipRetryError('badOptions', `${path} ${complaint}.`);
}

function requireMember(name: string, value: unknown, shape: ReadonlyMap<string, Kind>, place: string): void {
  const kind = shape.get(name);
  if (kind === undefined) requireName(name, [...shape.keys()], memberPath(place, name), 'key');
  else if (value !== undefined) requireKind(value, kind, `${place}.${name}`);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function isRow(value: unknown): boolean {
  return Array.isArray(value) && value.length === 2 && value.every((part) => typeof part === 'string');
}

function isAmount(value: unknown): value is number {
  return typeof value === 'number' && value >= 0;
}

const kinds = {
  /** What is looked at elsewhere, with an error of its own. */
  any: { words: 'anything', admits: () => true },
  object: { words: 'an object', admits: isObject },
  function: { words: 'a function', admits: (value: unknown) => typeof value === 'function' },
  boolean: { words: 'true or false', admits: (value: unknown) => typeof value === 'boolean' },
  text: { words: 'a text', admits: (value: unknown) => typeof value === 'string' },
  texts: {
    words: 'a list of texts',
    admits: (value: unknown) => Array.isArray(value) && value.every((one) => typeof one === 'string'),
  },
  rows: {
    words: 'a list of [name, value], each a text',
    admits: (value: unknown) => Array.isArray(value) && value.every(isRow),
  },
  amount: { words: 'a number from 0', admits: isAmount },
  port: {
    words: 'a whole number from 0 to 65535',
    admits: (value: unknown) => isAmount(value) && Number.isInteger(value) && value <= 65_535,
  },
  milliseconds: {
    words: 'a number of milliseconds from 0',
    admits: isAmount,
  },
} as const;
