import { describe, expect, it } from 'vitest';
import { memberPath, sentenceOf, show } from '../../src/policy/defect.js';

describe('sentenceOf', () => {
  it('says where, what was found and what is allowed', () => {
    expect(sentenceOf({ path: 'entries.486.impact', found: '3', allowed: 'one of a, b' })).toBe(
      'entries.486.impact is 3; use one of a, b.',
    );
  });

  it('names the word that was probably meant', () => {
    expect(sentenceOf({ path: 'x', found: '"busi"', allowed: 'busy', meant: 'busy' })).toBe(
      'x is "busi" (did you mean "busy"?); use busy.',
    );
  });

  it('calls the whole by its name where there is no path', () => {
    expect(sentenceOf({ path: '', found: '3', allowed: 'an object' })).toBe('the policy is 3; use an object.');
    expect(sentenceOf({ path: '', found: '3', allowed: 'an object' }, 'the file')).toBe(
      'the file is 3; use an object.',
    );
  });
});

describe('memberPath', () => {
  it('writes plain names behind a dot and others in brackets', () => {
    expect(memberPath('', 'entries')).toBe('entries');
    expect(memberPath('entries', '486')).toBe('entries.486');
    expect(memberPath('entries', 'REGISTER 403')).toBe('entries["REGISTER 403"]');
    expect(memberPath('entries', 'a"b\n')).toBe('entries["a\\"b\\n"]');
  });

  it('shortens a name that fills a page', () => {
    expect(memberPath('entries', 'a'.repeat(60))).toBe(`entries.${'a'.repeat(60)}`);
    expect(memberPath('entries', 'a'.repeat(61))).toBe(`entries["${'a'.repeat(60)}…"]`);
  });
});

describe('show', () => {
  it.each([
    [undefined, 'nothing'],
    [null, 'null'],
    [true, 'true'],
    [1.5, '1.5'],
    [NaN, 'NaN'],
    [10n, '10'],
    [Symbol('x'), 'Symbol(x)'],
    ['a\n"', '"a\\n\\""'],
    [() => 1, 'a function'],
    [[], '[]'],
    [[1, 'a', null], '[1,"a",null]'],
    [{}, '{}'],
    [{ a: 1, b: { c: ['d'] } }, '{"a":1,"b":{"c":["d"]}}'],
  ])('shows %o on one line', (value, text) => {
    expect(show(value)).toBe(text);
  });

  it('cuts at 60 characters and says so', () => {
    expect(show('a'.repeat(58))).toBe(`"${'a'.repeat(58)}"`);
    expect(show('a'.repeat(59))).toBe(`"${'a'.repeat(56)}…`);
    expect(show(Array.from({ length: 1_000_000 }, () => 'x'))).toBe(`[${'"x",'.repeat(14)}…`);
  });

  it('stops in a value of any depth, and in one that contains itself', () => {
    let deep: unknown = 1;
    for (let level = 0; level < 100_000; level += 1) deep = [deep];
    expect(show(deep)).toBe(`${'['.repeat(30)}…${']'.repeat(26)}…`);
    const circle: Record<string, unknown> = {};
    circle['me'] = circle;
    expect(show(circle)).toBe(`${'{"me":'.repeat(9)}…}}…`);
  });

  it('does not hang on an array that is mostly holes', () => {
    const holes: unknown[] = [];
    holes.length = 2 ** 32 - 1;
    expect(show(holes).length).toBeLessThanOrEqual(60);
  });
});
