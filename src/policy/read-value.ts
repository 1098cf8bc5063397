// The parts that every reader of untyped data needs: members, texts, and words of a closed list. Defects are collected.
import { type Defect, memberPath, show } from './defect.js';
import { nearestName } from './near-miss.js';

/** Where readers put the defects that they find. */
export type Defects = Defect[];

/** Nobody reads more than this, and a hostile file could hold millions. */
export function isFull(defects: Defects): boolean {
  return defects.length >= MOST_DEFECTS;
}

const MOST_DEFECTS = 100;

/** The members of an object that it has itself; one that is `undefined` counts as absent. */
export function readMembers(value: unknown): ReadonlyMap<string, unknown> | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return new Map(Object.entries(value).filter(([, member]) => member !== undefined));
}

/** One defect for each member that is none of these. */
export function refuseStrangers(
  members: ReadonlyMap<string, unknown>,
  known: readonly string[],
  path: string,
  defects: Defects,
): void {
  for (const name of members.keys()) {
    if (known.includes(name)) continue;
    if (isFull(defects)) return;
    const meant = nearestName(name, known);
    defects.push({
      path: memberPath(path, name),
      found: 'an unknown key',
      allowed: `one of ${known.join(', ')}`,
      ...(meant === undefined ? {} : { meant }),
    });
  }
}

/** A word of a closed list. */
export function readWord<K extends string>(
  value: unknown,
  words: readonly K[],
  path: string,
  defects: Defects,
): K | undefined {
  const word = words.find((one) => one === value);
  if (word !== undefined) return word;
  const meant = typeof value === 'string' ? nearestName(value, words) : undefined;
  const allowed = words.length === 1 ? `"${words.join()}"` : `one of ${words.join(', ')}`;
  defects.push({ path, found: found(value), allowed, ...(meant === undefined ? {} : { meant }) });
  return undefined;
}

/** A text of at least one character that fulfils a condition. */
export function readText<T extends string>(
  value: unknown,
  isAllowed: (text: string) => text is T,
  allowed: string,
  path: string,
  defects: Defects,
): T | undefined {
  if (typeof value === 'string' && isAllowed(value)) return value;
  defects.push({ path, found: found(value), allowed });
  return undefined;
}

/** Any text of one line that is not empty. */
export function isLine(text: string): text is string {
  return /^[^\0\r\n]+$/.test(text);
}

/** What a sentence says of a value: that it is missing, or what it is. */
export function found(value: unknown): string {
  return value === undefined ? 'missing' : show(value);
}
