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
  const drawn = drawnGroups(kept, actor, groups.current, performance.now());
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
  readonly ids: ReadonlySet<string>;
}

/** There may be a thousand actors, and more come with every frame. */
const AGAIN_MS = 500;

/** Drawn anew at once where the actor that is shown would be none of the options: the choice would stand blank. */
function drawnGroups(
  { actors, actorsRevision: revision }: EntryWindow,
  actor: string | undefined,
  drawn: DrawnGroups | undefined,
  now: number,
): DrawnGroups {
  if (drawn !== undefined && (actor === undefined || drawn.ids.has(actor))) {
    if (drawn.revision === revision || now - drawn.at < AGAIN_MS) return drawn;
  }
  return { revision, at: now, options: groupsOf(actors).map(groupAsOptions), ids: new Set(actors.keys()) };
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
