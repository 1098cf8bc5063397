// What an entry of the table is called: its own words, or those that its code is registered with. Deciding needs neither.
import { registeredStatus } from '../sip/status-code.js';
import type { Citation } from './citation.js';
import type { StatusEntry } from './rule.js';

/** The reason phrase, and where it is defined. */
export interface EntryTitle {
  readonly phrase: string;
  readonly definedIn: Citation;
}

/** The title of the entry with this key: `'486'`, `'REGISTER 403'`, `'4xx'`. An unregistered code has that of its x00. */
export function titleOf(key: string, { phrase, definedIn }: StatusEntry): EntryTitle {
  const registered = registeredStatus(Number(key.slice(-3).replace('xx', '00')));
  return {
    phrase: phrase ?? registered?.phrase ?? '',
    definedIn: definedIn ?? registered?.definedIn ?? 'local',
  };
}
