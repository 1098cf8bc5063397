// The test of one trap: `sip-retry send` walks into it, and what comes of it is what must.
import { expect, type TestContext } from 'vitest';
import type { CertificateFile } from '../peers/certificate.js';
import { inWords, run } from './run-trap.js';
import type { Trap } from './trap.js';

export async function walkInto(trap: Trap, certificate: CertificateFile, { task }: TestContext): Promise<void> {
  const { outcome, reason, attempts } = trap;
  const { verdict, counted, connections, faults } = await run(trap, certificate);
  const said = `${verdict.outcome ?? 'nothing'} ${verdict.reason ?? ''} ${verdict.attempts ?? 0} attempts`;
  task.meta.seen = `${said}; ${inWords(counted, connections)}`;
  expect(faults, verdict.text).toEqual([]);
  const [least, most] = typeof attempts === 'number' ? [attempts, attempts] : attempts;
  expect(verdict, verdict.text).toMatchObject({ outcome, code: outcome === 'accepted' ? 0 : 1 });
  expect(verdict.reason).toBe(reason);
  expect(verdict.attempts).toBeGreaterThanOrEqual(least);
  expect(verdict.attempts).toBeLessThanOrEqual(most);
}
