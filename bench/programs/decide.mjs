// decide(): facts given, trace included, over twelve outcomes, against a hand-written switch.
import { deepStrictEqual } from 'node:assert';
import { decide } from '../../src/policy/decide.ts';
import { rfcPolicy } from '../../src/policy/table/index.ts';
import { race, report } from '../measure.mjs';
import { outcomes } from '../outcomes.mjs';
import { decideByHand } from '../switch.mjs';

for (const facts of outcomes) {
  const { action, impact, trace } = decide(rfcPolicy, facts);
  deepStrictEqual(decideByHand(facts), { action, impact });
  if (!Array.isArray(trace)) throw new Error('There is no trace.');
}
const actions = new Set(outcomes.map((facts) => decide(rfcPolicy, facts).action.type));
if (actions.size < 7) throw new Error(`The mix has too few actions: ${[...actions].join(', ')}`);

const next = (call) => outcomes[call % outcomes.length];
const rows = race({
  'decide()': (call) => decide(rfcPolicy, next(call)).trace.length,
  'a switch written by hand': (call) => decideByHand(next(call)).action.type.length,
});
const each = process.env.BENCH_EACH
  ? race(
      Object.fromEntries(
        outcomes.map((facts) => {
          const { rule, action } = decide(rfcPolicy, facts);
          return [`${rule} ${action.type}`, () => decide(rfcPolicy, facts).trace.length];
        }),
      ),
    )
  : {};
report({ unit: 'ns', rows: { ...rows, ...each } });
