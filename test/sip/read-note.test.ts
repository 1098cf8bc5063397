import { describe, expect, it } from 'vitest';
import { ReadNotes, snippet } from '../../src/sip/read-note.js';

describe('ReadNotes', () => {
  it('lists what was added, up to its limit', () => {
    const notes = new ReadNotes();
    for (let line = 1; line <= ReadNotes.limit + 5; line++) notes.add(line, `note ${line}`);
    expect(notes.list()).toHaveLength(ReadNotes.limit + 1);
    expect(notes.list()[0]).toEqual({ line: 1, text: 'note 1' });
    expect(notes.list().at(-1)).toEqual({ line: ReadNotes.limit + 1, text: 'what follows is not listed' });
  });
});

describe('snippet', () => {
  it('quotes, escapes and shortens', () => {
    expect(snippet('a"\0')).toBe('"a\\"\\u0000"');
    expect(snippet('x'.repeat(41))).toBe(`"${'x'.repeat(40)}…"`);
    expect(snippet('x'.repeat(40))).toBe(`"${'x'.repeat(40)}"`);
  });
});
