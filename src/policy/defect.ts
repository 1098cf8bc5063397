// What is wrong in data that the programmer or an operator wrote: policies, limits, configuration.

/** One thing that is wrong. */
export interface Defect {
  /** Where, as a path from the top: `entries.486.rules[0].do`; empty for the whole. */
  readonly path: string;
  /** What stands there, shortened: `"giveup"`, `missing`, `an unknown key`. */
  readonly found: string;
  /** What may stand there. */
  readonly allowed: string;
  /** The word that was probably meant. */
  readonly meant?: string;
}

/** The defect as one sentence: where, what was found, what is allowed. */
export function sentenceOf(defect: Defect, whole = 'the policy'): string {
  return `${defect.path === '' ? whole : defect.path} ${complaintOf(defect)}.`;
}

/** The sentence without its subject. */
export function complaintOf({ found, allowed, meant }: Defect): string {
  const guess = meant === undefined ? '' : ` (did you mean "${meant}"?)`;
  return `is ${found}${guess}; use ${allowed}`;
}

/** The path of a member: `entries.486`, `entries["REGISTER 403"]`. */
export function memberPath(path: string, name: string): string {
  const shown = name.length > MOST_SHOWN ? `${name.slice(0, MOST_SHOWN)}…` : name;
  if (!/^[\w$-]+$/.test(shown)) return `${path}[${JSON.stringify(shown)}]`;
  return path === '' ? shown : `${path}.${shown}`;
}

/** A value as it is shown in a sentence: on one line, and short, however large or deep the value is. */
export function show(value: unknown): string {
  const text = render(value, MOST_SHOWN);
  return text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN - 3)}…` : text;
}

const MOST_SHOWN = 60;

/** Like JSON, but it stops where there is no more room; every level takes a character of it, so depth is bounded too. */
function render(value: unknown, room: number): string {
  switch (typeof value) {
    case 'undefined':
      return 'nothing';
    case 'function':
      return 'a function';
    case 'string':
      return JSON.stringify(value.slice(0, MOST_SHOWN + 1));
    case 'object':
      return value === null ? 'null' : renderObject(value, room);
    case 'number':
    case 'bigint':
    case 'boolean':
    case 'symbol':
      return String(value);
  }
}

function renderObject(value: object, room: number): string {
  if (room <= 0) return '…';
  return Array.isArray(value)
    ? renderParts('[', ']', value.slice(0, room), room, (item: unknown, left) => render(item, left))
    : renderParts('{', '}', Object.entries(value), room, ([name, member], left) => {
        const key = `${render(name, left)}:`;
        return key + render(member, left - key.length);
      });
}

function renderParts<T>(
  open: string,
  close: string,
  parts: readonly T[],
  room: number,
  renderPart: (part: T, room: number) => string,
): string {
  let text = open;
  for (const part of parts) {
    if (text.length > room) break;
    text += (text === open ? '' : ',') + renderPart(part, room - text.length - 1);
  }
  return text + close;
}
