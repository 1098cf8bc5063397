// The rows of one code as JSON: changed here, they change the trial and the edges of the chart.
import { useState } from 'preact/hooks';
import { compareKeys } from '../../../policy/entry-key.js';
import { titleOf } from '../../../policy/entry-title.js';
import type { RetryPolicy } from '../../../policy/rule.js';
import { vary } from '../chart/vary.js';
import type { Inspection } from '../inspection.js';
import { readRows } from './edited-policy.js';

export function EntriesForm({ inspection }: { readonly inspection: Inspection }) {
  const { policy, base, edits } = inspection;
  const [key, setKey] = useState('486');
  const [text, setText] = useState<string>();
  const [defects, setDefects] = useState<readonly string[]>([]);
  const written = text ?? rowsAsText(policy, key);
  const keys = Object.keys(base.entries).toSorted(compareKeys);
  const choose = (next: string): void => {
    setKey(next);
    setText(undefined);
    setDefects([]);
  };
  const apply = async (entries: Readonly<Record<string, unknown>>): Promise<void> => {
    const refused = await vary(inspection, { entries });
    setDefects(refused);
    if (refused.length === 0) setText(undefined);
  };
  return (
    <>
      <label>
        Entry
        <select id="entry-key" value={key} onChange={(event) => choose(event.currentTarget.value)}>
          {keys.map((one) => (
            <option key={one} value={one}>
              {one} {phraseIn(base, one)}
              {Object.hasOwn(edits.entries, one) ? ' (changed)' : ''}
            </option>
          ))}
        </select>
      </label>
      <label>
        Its rows as JSON, in the order in which they are tried
        <textarea
          id="entry-rows"
          rows={10}
          spellcheck={false}
          aria-invalid={defects.length > 0}
          aria-describedby="entry-defects"
          value={written}
          onInput={(event) => {
            const next = event.currentTarget.value;
            setText(next);
            const read = readRows(key, next);
            setDefects('defects' in read ? read.defects : []);
          }}
        />
      </label>
      <ul class="defects" id="entry-defects" aria-live="polite">
        {defects.map((defect, index) => (
          <li key={index} class="defect">
            {defect}
          </li>
        ))}
      </ul>
      <p class="links">
        <button
          type="button"
          class="main"
          disabled={text === undefined || defects.length > 0}
          onClick={() => {
            const read = readRows(key, written);
            if ('rows' in read) void apply({ ...edits.entries, [key]: read.rows });
          }}
        >
          Use these rows
        </button>
        <button
          type="button"
          disabled={!Object.hasOwn(edits.entries, key)}
          onClick={() => void apply(Object.fromEntries(Object.entries(edits.entries).filter(([one]) => one !== key)))}
        >
          Undo
        </button>
        <button type="button" disabled={Object.keys(edits.entries).length === 0} onClick={() => void apply({})}>
          Undo all
        </button>
      </p>
    </>
  );
}

function rowsAsText(policy: RetryPolicy, key: string): string {
  return JSON.stringify(entryOf(policy, key)?.rules ?? [], null, 2);
}

function phraseIn(policy: RetryPolicy, key: string): string {
  const entry = entryOf(policy, key);
  return entry === undefined ? '' : titleOf(key, entry).phrase;
}

function entryOf({ entries }: RetryPolicy, key: string) {
  return Object.entries(entries).find(([one]) => one === key)?.[1];
}
