// The overview of a chart: a line for each pair of states.
import { describe, expect, it } from 'vitest';
import { createRetryMachine } from '../../../machines/retry.machine.js';
import { chartOf, familyBundlesOf, smallCompounds, withoutUnreachable } from '../../../src/inspect/chart/index.js';
import { eventInShort } from '../../../src/inspect/chart/event-label.js';
import { rfcPolicy } from '../../../src/policy/table/index.js';

const model = withoutUnreachable(chartOf(createRetryMachine(rfcPolicy).config));
const bundles = familyBundlesOf(model);

describe('an overview', () => {
  it('tells every edge of the chart once, in one row of one line', () => {
    const edges = bundles.flatMap(({ rows }) => rows.flatMap((row) => row.edges));
    expect(edges.map(({ id }) => id).sort()).toEqual(model.edges.map(({ id }) => id).sort());
    expect(bundles.every(({ rows }) => rows.length === 1)).toBe(true);
    expect(new Set(bundles.map(({ source, target }) => `${source} ${target}`)).size).toBe(bundles.length);
  });

  it('counts the codes of each family that lead to a state', () => {
    const gaveUp = bundles.find(({ id }) => id === 'pending → gaveUp');
    const codes = new Set(
      model.edges
        .filter(({ source, target }) => source === 'pending' && target === 'gaveUp')
        .map(({ event }) => eventInShort(event))
        .filter((code) => /^4\d\d$/.test(code)),
    );
    expect(codes.size).toBeGreaterThan(30);
    expect(gaveUp?.rows[0]?.events).toContain(`4xx (${codes.size})`);
  });

  it('starts a line at the border of the compound state that it leaves, and keeps those that stay inside', () => {
    expect(bundles.find(({ target, source }) => target === 'gaveUp' && source === 'recovering')).toBeDefined();
    expect(bundles.some(({ source, target }) => source.startsWith('recovering.') && target === 'pending')).toBe(false);
    expect(bundles.find(({ id }) => id === 'recovering.waiting → recovering.waiting')).toBeDefined();
  });

  it('closes compound states of few states', () => {
    expect(smallCompounds(model)).toEqual(['cancelling']);
  });
});
