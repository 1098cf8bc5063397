// Which request, transaction or server is looked at.
import type { ComponentChild } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { visible } from '../../../sip/visible.js';
import { pathInWords } from '../chart/in-words.js';
import type { EntryWindow } from '../flow/entry-window.js';
import type { Inspection } from '../inspection.js';
import { groupsOf, type ActorGroup } from './actor-groups.js';

export function ActorChoice({ inspection }: { readonly inspection: Inspection }) {
  const { actor, moment, window: kept } = inspection;
  const groups = useRef<DrawnGroups | undefined>(undefined);
  const drawn = drawnGroups(kept, groups.current, performance.now());
  groups.current = drawn;
  const isLate = drawn.revision !== kept.actorsRevision;
  useEffect(() => {
    if (!isLate) return undefined;
    const timer = setTimeout(() => inspection.changed(), AGAIN_MS);
    return () => clearTimeout(timer);
  }, [isLate, inspection]);
  if (actor === undefined) return null;
  const leaf = moment?.states.at(-1);
  return (
    <div class="actor">
      <label>
        <span class="visually-hidden">Actor</span>
        <select value={actor} onChange={(event) => inspection.choose(event.currentTarget.value)}>
          {drawn.options}
        </select>
      </label>
      {leaf === undefined ? null : (
        <span class={`state ${leaf}`} role="status" aria-label={`State: ${pathInWords(leaf)}`}>
          {leaf}
        </span>
      )}
    </div>
  );
}

interface DrawnGroups {
  readonly revision: number;
  readonly at: number;
  readonly options: ComponentChild;
}

/** There may be a thousand actors, and more come with every frame. */
const AGAIN_MS = 500;

function drawnGroups(kept: EntryWindow, drawn: DrawnGroups | undefined, now: number): DrawnGroups {
  const revision = kept.actorsRevision;
  if (drawn !== undefined && (drawn.revision === revision || now - drawn.at < AGAIN_MS)) return drawn;
  return { revision, at: now, options: groupsOf(kept.actors).map(groupAsOptions) };
}

function groupAsOptions({ title, actors }: ActorGroup) {
  return (
    <optgroup key={title} label={title}>
      {actors.map(([id, name]) => (
        <option key={id} value={id}>
          {visible(name)}
        </option>
      ))}
    </optgroup>
  );
}
