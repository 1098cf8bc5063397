// What is kept stays within its bounds, and what has left is summarised.
import { describe, expect, it } from 'vitest';
import type { InspectorEntry } from '../../../src/inspect/inspector-entry.js';
import { memoryInUse } from '../memory-in-use.js';
import { entriesIn, EntryStore, type Unnumbered } from '../../../src/inspect/recorder/entry-store.js';

const note = (text: string): Unnumbered => ({ type: 'note', at: 1, text });
const actor = (name: string): Unnumbered => ({
  type: 'actor',
  at: 1,
  actor: name,
  name,
  chart: 'c',
  states: ['first'],
});
const step = (name: string, state: string): Unnumbered => ({
  type: 'step',
  at: 2,
  actor: name,
  event: 'e',
  edges: [],
  states: [state],
});
const chart = (id: string): Unnumbered => ({
  type: 'chart',
  id,
  model: { name: id, states: [], edges: [] },
  layout: { width: 0, height: 0, states: [], bundles: [], initials: [] },
});

describe('EntryStore', () => {
  it('numbers entries, and gives those after a number', () => {
    const store = new EntryStore();
    for (const text of ['a', 'b', 'c']) store.add(note(text));
    expect(store.next(0, 10).map(({ seq }) => seq)).toEqual([1, 2]);
    expect(store.next(-1, 2).map(({ seq }) => seq)).toEqual([0, 1]);
    expect(store.next(2, 10)).toEqual([]);
  });

  it('drops the oldest beyond its count, and says so', () => {
    const store = new EntryStore({ entries: 3 });
    for (let number = 0; number < 10; number += 1) store.add(note(String(number)));
    const entries = entriesIn(store);
    expect(entries.map((entry) => entry.type === 'note' && entry.text)).toEqual([
      '7 earlier entries were dropped to keep memory bounded.',
      '7',
      '8',
      '9',
    ]);
    expect(store.isBehind(5)).toBe(true);
    expect(store.isBehind(6)).toBe(false);
  });

  it('drops the oldest beyond its size, but not the last one', () => {
    const store = new EntryStore({ characters: 1_000 });
    store.add(note('x'.repeat(400)));
    store.add(note('y'.repeat(700)));
    expect(store.next(-1, 10)).toHaveLength(1);
    store.add(note('z'.repeat(5_000)));
    expect(store.next(-1, 10)).toHaveLength(1);
  });

  it('keeps charts, and where each actor was when its last entry left', () => {
    const store = new EntryStore({ entries: 2 });
    store.add(chart('c'));
    store.add(actor('one'));
    store.add(step('one', 'second'));
    for (let number = 0; number < 5; number += 1) store.add(note('later'));
    const [kept, pinned] = entriesIn(store) as readonly [InspectorEntry, InspectorEntry];
    expect(kept).toMatchObject({ type: 'chart', id: 'c' });
    expect(pinned).toMatchObject({ type: 'actor', actor: 'one', states: ['second'], seq: 2 });
  });

  it('remembers about as many actors as it is told to', () => {
    const store = new EntryStore({ entries: 1, actors: 3 });
    for (let number = 0; number < 20; number += 1) store.add(actor(`actor ${number}`));
    expect(store.summary.filter(({ json }) => json.includes('"actor"')).length).toBeLessThan(5);
  });

  it('stays alive through a million entries: memory grows by less than 16 MiB', () => {
    const store = new EntryStore();
    const fill = (count: number): void => {
      for (let number = 0; number < count; number += 1) {
        if (number % 4 === 0) store.add(actor(`actor ${number}`));
        else store.add(step(`actor ${number - (number % 4)}`, `state ${number}`));
      }
    };
    fill(30_000);
    const before = memoryInUse();
    fill(1_000_000);
    const grown = memoryInUse() - before;
    expect(store.next(-1, Infinity).length).toBe(20_000);
    expect(grown).toBeLessThan(16 * 2 ** 20);
  });
});
