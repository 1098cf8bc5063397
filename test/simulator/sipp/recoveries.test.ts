// Our own SIPp files against the simulated user agent client: the same outcome as against the real SIPp (test/interop).
import { describe, expect, it } from 'vitest';
import { recoveries } from '../../interop/recoveries.js';
import { run } from '../running.js';
import { scenarioOfRecovery } from './recovery-scenario.js';

describe('the SIPp files of the interop suite, in virtual time', () => {
  for (const recovery of recoveries) {
    const { scenario, name = scenario, outcome, reason = null, attempts, calls = 1 } = recovery;
    it(`holds every check of ${name} and ends ${outcome} after ${attempts} attempts`, async () => {
      const { transcript, outcomes } = await run(scenarioOfRecovery(recovery));
      const verdicts = transcript.events.flatMap((event) => (event.type === 'party' ? [event.does] : []));
      expect(verdicts.sort()).toEqual(Array.from({ length: calls }, (_, index) => `call ${index + 1} succeeds`));
      expect(outcomes[0]).toMatchObject({ outcome, reason, attempts });
    });
  }
});
