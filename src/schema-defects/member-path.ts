// Where a member stands in a value that somebody wrote, and how that place is told.
import { show } from '../policy/defect.js';

/** The steps from the top of a value to a member of it. */
export type MemberPath = readonly (string | number)[];

/**
 * A path as it is written: `servers[0].script[1].status`.
 * @param whole what the value itself is called: `the scenario`.
 */
export function pathText(path: MemberPath, whole: string): string {
  const text = path
    .map((step) => (typeof step === 'number' ? `[${step}]` : /^[\w$-]+$/.test(step) ? `.${step}` : `[${show(step)}]`))
    .join('');
  return text === '' ? whole : text.replace(/^\./, '');
}

/** The steps of a path as the readers of policies and limits write it: `entries.486.rules[0].do`. */
export function stepsOf(written: string): MemberPath {
  return [...written.matchAll(/\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\]|([^.[\]]+)/g)].map(([, index, quoted, name = '']) => {
    if (index !== undefined) return Number(index);
    return quoted === undefined ? name : String(JSON.parse(quoted));
  });
}

/** A member of the value's own; `undefined` where there is none. */
export function memberOf(value: unknown, step: string | number): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  const found: unknown = Object.getOwnPropertyDescriptor(value, step)?.value;
  return found;
}

/** What stands at a path. */
export function memberAt(value: unknown, path: MemberPath): unknown {
  return path.reduce(memberOf, value);
}
