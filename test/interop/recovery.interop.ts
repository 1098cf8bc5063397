// Every recovery of the command against SIPp, which checks on the wire what the next request must show.
import { describe, expect, it } from 'vitest';
import { runSend } from './peers/command.js';
import { startSipp } from './peers/sipp.js';
import { recoveries } from './recoveries.js';
import { whyPeersAreMissing } from './setup.js';
import { strayCalls } from './stray-calls.js';

describe.skipIf(whyPeersAreMissing() !== undefined)('sip-retry send with SIPp', () => {
  for (const recovery of recoveries) {
    const { scenario, name = scenario, calls, attempts, outcome, reason } = recovery;
    it.concurrent(`recovers from ${name}, or gives up where it must`, async ({ task }) => {
      const sipp = await startSipp(scenario, recovery);
      const args = recovery.args.map((word) => word.replace('SERVER', `127.0.0.1:${sipp.port}`));
      const send = await runSend(args);
      const verdict = await sipp.ended;
      task.meta.seen = `${send.outcome ?? 'nothing'} ${send.reason ?? ''} ${send.attempts ?? 0} attempts; ${verdict.why}`;
      expect(verdict.code, `${verdict.why}\n${send.text}`).toBe(0);
      expect(strayCalls(verdict, calls)).toBe('');
      expect(send).toMatchObject({ outcome, attempts, code: outcome === 'accepted' ? 0 : 1 });
      expect(send.reason).toBe(reason);
    });
  }
});
