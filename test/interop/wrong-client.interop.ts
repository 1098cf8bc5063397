// Every scenario can pass, and fails for each habit that it names: a check that nobody can fail checks nothing.
import { describe, expect, it } from 'vitest';
import { startSipp, type SippVerdict } from './peers/sipp.js';
import { recoveries, type Recovery } from './recoveries.js';
import { whyPeersAreMissing } from './setup.js';
import { strayCalls } from './stray-calls.js';
import { startWrongClient } from './wrong-client.js';
import type { Habit } from './wrong-client/habit.js';

async function play(recovery: Recovery, habits: readonly Habit[]): Promise<SippVerdict> {
  const sipp = await startSipp(recovery.scenario, { ...recovery, withinSeconds: 8 });
  const args = recovery.args.map((word) => word.replace('SERVER', `127.0.0.1:${sipp.port}`));
  const client = startWrongClient(args, habits);
  const verdict = await sipp.ended;
  client.stop();
  await client.ended;
  return verdict;
}

describe.skipIf(whyPeersAreMissing() !== undefined)('the wrong client', () => {
  for (const recovery of recoveries) {
    const name = recovery.name ?? recovery.scenario;
    it.concurrent(`passes ${name} without a habit`, async () => {
      const verdict = await play(recovery, []);
      expect(verdict.code, verdict.why).toBe(0);
      expect(strayCalls(verdict, recovery.calls)).toBe('');
    });
    for (const habit of recovery.habits) {
      it.concurrent(`fails ${name} with ${habit}`, async ({ task }) => {
        const verdict = await play(recovery, [habit]);
        const why = verdict.code === 0 ? strayCalls(verdict, recovery.calls) : verdict.why;
        task.meta.seen = why.slice(0, 110);
        expect(why).not.toBe('');
      });
    }
  }
});
