// An edge of the chart: from where to where, on which codes, and the entries of the table that it was made from.
import { useState } from 'preact/hooks';
import { eventInShort } from '../../chart/event-label.js';
import { guardInWords, pathInWords } from '../chart/in-words.js';
import type { Inspection } from '../inspection.js';
import { Value, sentenceOfCondition } from './conditions-view.js';
import { EdgesOfLine, isOverview } from './edges-of-line.js';
import { EntryView } from './entry-view.js';
import { keyOfRule } from './rule-key.js';

export function RowView({ inspection, id }: { readonly inspection: Inspection; readonly id: string }) {
  const { shown } = inspection;
  const placed = shown?.layout.bundles.find(({ rows }) => rows.some(({ row }) => row.id === id));
  const row = placed?.rows.find((one) => one.row.id === id)?.row;
  const [chosen, setChosen] = useState<string>();
  if (shown === undefined || placed === undefined || row === undefined)
    return <p class="faint">The chart that is shown has no such edge.</p>;
  const { source, target } = placed.bundle;
  const { guard, edges } = row;
  const [first] = edges;
  const rules = new Set(edges.flatMap(({ rule }) => rule ?? []));
  const keys = [...new Set([...rules].map(keyOfRule))];
  const latest = inspection.moment?.decision?.rule;
  const key = [chosen, latest === undefined ? undefined : keyOfRule(latest), keys[0]].find(
    (one) => one !== undefined && keys.includes(one),
  );
  return (
    <>
      <h2>
        {pathInWords(source)} → {pathInWords(target)}
      </h2>
      {isOverview(row) ? (
        <EdgesOfLine row={row} source={source} model={shown.model} onChosen={(rule) => setChosen(keyOfRule(rule))} />
      ) : rules.size > 0 ? null : (
        <p>{row.events === '' ? 'At once' : `On ${edges.map(({ event }) => eventInShort(event)).join(', ')}`}</p>
      )}
      {guard === undefined ? null : <Guard guard={guard} inspection={inspection} />}
      {rules.size > 0 || first?.description === undefined ? null : <p>{first.description}</p>}
      {rules.size > 0 || first?.rfc === undefined ? null : <p class="cite">{first.rfc}</p>}
      {keys.length < 2 ? null : (
        <div class="chips" role="group" aria-label="Entries of the table">
          {keys.map((one) => (
            <button key={one} type="button" aria-pressed={one === key} onClick={() => setChosen(one)}>
              {one}
            </button>
          ))}
        </div>
      )}
      {key === undefined ? null : <EntryView inspection={inspection} entryKey={key} used={rules} isBelow />}
    </>
  );
}

function Guard({ guard, inspection }: { readonly guard: string; readonly inspection: Inspection }) {
  const trace = inspection.moment?.decision?.trace ?? [];
  const names = guard.split(' & ');
  if (names.every((name) => sentenceOfCondition(name) === '')) return <p>if {guardInWords(guard)}</p>;
  return (
    <ul class="conditions">
      {names.map((name) => (
        <li key={name}>
          <Value held={trace.findLast(({ condition }) => condition === name)?.held} />
          <span>
            {sentenceOfCondition(name)} <code>{name}</code>
          </span>
        </li>
      ))}
    </ul>
  );
}
