// Entries from untyped data: the short form, a list of rules, and the whole one with phrase, source and impact.
import { isCitation } from './citation.js';
import { memberPath } from './defect.js';
import { keyDefect, type KeyParts, readEntryKey } from './entry-key.js';
import type { EntryTitle } from './entry-title.js';
import { lookUp } from './look-up.js';
import { CITATIONS, readRules } from './read-rules.js';
import { type Defects, found, isFull, isLine, readMembers, readText, readWord, refuseStrangers } from './read-value.js';
import type { RetryPolicy, StatusEntry } from './rule.js';
import { impacts } from './vocabulary.js';

/** Entries by key. */
export type Entries = Readonly<Record<string, StatusEntry>>;

/**
 * The entries that can be used; what is wrong with the others stands in `defects`. A list of rules takes phrase, source
 * and impact from the entry of `base` that speaks for its code: the same key, the code, or the class.
 */
export function readEntries(
  members: ReadonlyMap<string, unknown>,
  path: string,
  base: RetryPolicy,
  defects: Defects,
): Entries {
  const entries: [string, StatusEntry][] = [];
  for (const [key, value] of members) {
    if (isFull(defects)) break;
    const place = memberPath(path, key);
    const parts = readEntryKey(key);
    if (parts === undefined) {
      defects.push(keyDefect(key, place));
      continue;
    }
    const entry = Array.isArray(value)
      ? readShortEntry(value, place, inheritedEntry(base, key, parts), defects)
      : readWholeEntry(value, place, defects);
    if (entry !== undefined) entries.push([key, entry]);
  }
  return Object.fromEntries(entries);
}

function inheritedEntry(base: RetryPolicy, key: string, { method = '', status }: KeyParts): StatusEntry {
  return base.entries[key] ?? lookUp(base, method, status).entry;
}

function readShortEntry(
  value: unknown,
  path: string,
  inherited: StatusEntry,
  defects: Defects,
): StatusEntry | undefined {
  const rules = readRules(value, path, defects);
  return rules === undefined ? undefined : { ...inherited, rules };
}

function readWholeEntry(value: unknown, path: string, defects: Defects): StatusEntry | undefined {
  const members = readMembers(value);
  if (members === undefined) {
    defects.push({ path, found: found(value), allowed: `a list of rules, or an object with ${MEMBERS.join(', ')}` });
    return undefined;
  }
  const before = defects.length;
  refuseStrangers(members, MEMBERS, path, defects);
  const title = readTitle(members, path, defects);
  const impact = readWord(members.get('impact'), impacts, `${path}.impact`, defects);
  const rules = readRules(members.get('rules'), `${path}.rules`, defects);
  if (impact === undefined || rules === undefined) return undefined;
  return defects.length > before ? undefined : { ...title, impact, rules };
}

/** Phrase and source may be left out: they are the registered ones then. */
function readTitle(members: ReadonlyMap<string, unknown>, path: string, defects: Defects): Partial<EntryTitle> {
  const title: { -readonly [K in keyof EntryTitle]?: EntryTitle[K] } = {};
  if (members.has('phrase')) {
    const phrase = readText(members.get('phrase'), isLine, 'a reason phrase on one line', `${path}.phrase`, defects);
    if (phrase !== undefined) title.phrase = phrase;
  }
  if (members.has('definedIn')) {
    const section = readText(members.get('definedIn'), isCitation, CITATIONS, `${path}.definedIn`, defects);
    if (section !== undefined) title.definedIn = section;
  }
  return title;
}

const MEMBERS = ['phrase', 'definedIn', 'impact', 'rules'];
