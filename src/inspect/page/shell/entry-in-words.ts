// One entry of a flow in one line.
import { eventInShort } from '../../chart/event-label.js';
import { durationInWords } from '../../../policy/in-words.js';
import { laneName } from '../ladder/lanes.js';
import type { FlowEntry } from '../flow/sorted-entries.js';

export function entryInWords(entry: FlowEntry, names: ReadonlyMap<string, string>): string {
  const nameOf = (actor: string): string => names.get(actor) ?? actor;
  switch (entry.type) {
    case 'actor':
      return `${entry.name} begins in ${entry.states.at(-1) ?? 'no state'}`;
    case 'step':
      return `${nameOf(entry.actor)}: ${eventInShort(entry.event)} → ${entry.states.at(-1) ?? 'no state'}`;
    case 'timer':
      return `${nameOf(entry.actor)} waits: ${entry.name}, ${durationInWords(Math.max(0, Math.round(entry.until - entry.at)))}`;
    case 'message':
      return `${laneName(entry.from)} → ${laneName(entry.to)}: ${entry.summary}`;
    case 'decision':
      return `${nameOf(entry.actor)}: ${entry.status} → ${entry.action}`;
    case 'outcome':
      return `${nameOf(entry.actor)}: ${entry.outcome === 'gaveUp' ? 'gave up' : entry.outcome}`;
    case 'note':
      return entry.text;
  }
}
