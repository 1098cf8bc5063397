// The entry tests: every case of a file of the table, one `describe` for each entry.
import { describe, expect, it } from 'vitest';
import { decide } from '../../../src/policy/decide.js';
import { rfcPolicy } from '../../../src/policy/table/index.js';
import { type Cases, factsOfCase } from '../cases/case.js';

/** Tells what every entry does, and compares the whole decision. */
export function describeCases(cases: Cases): void {
  for (const [entry, list] of Object.entries(cases)) {
    describe(`${entry} ${rfcPolicy.entries[entry]?.phrase ?? ''}`.trim(), () => {
      it.each(list.map((one) => [one.says, one] as const))('%s', (_says, one) => {
        const { action, rule, impact, aftermath, learned, cite } = decide(rfcPolicy, factsOfCase(one));
        expect({ action, rule, impact, aftermath, learned }).toEqual({
          action: one.then,
          rule: one.rule,
          impact: one.impact ?? 'transaction',
          aftermath: one.aftermath ?? 'none',
          learned: one.learned,
        });
        expect(cite).not.toEqual([]);
      });
    });
  }
}
