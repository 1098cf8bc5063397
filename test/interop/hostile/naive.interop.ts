// The checks can fail: a client without bounds walks into the same traps, and each time it is noticed.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeCertificate, type CertificateFile } from '../peers/certificate.js';
import { askAgainAndAgain } from './naive-client.js';
import { otherTraps } from './other-traps.js';
import { registerTraps } from './register-traps.js';
import { bound, inWords, lay } from './run-trap.js';
import { count, mostInAMinute, storms } from './storm.js';
import type { Trap } from './trap.js';

let certificate: CertificateFile;
beforeAll(() => {
  certificate = makeCertificate();
});
afterAll(() => certificate.remove());

describe('a client that asks again at once', () => {
  for (const trap of [...registerTraps, ...otherTraps].filter(({ sparesNaive }) => sparesNaive !== true)) {
    it(`is noticed: ${trap.name}`, async ({ task }) => {
      const laid = await lay(trap, certificate);
      const times = (bound.transactionsPerMinute + 2) * laid.servers.length;
      await askAgainAndAgain(laid.args, times);
      await laid.close();
      const counted = count(laid.arrivals());
      const connections = Math.max(...laid.servers.map((server) => mostInAMinute(server.connections)));
      const faults = storms(counted, bound);
      task.meta.seen = `${inWords(counted, connections)}; ${faults.join(', ')}`;
      if (trap.refusesTls === true) expect(connections).toBeGreaterThan(bound.transactionsPerMinute);
      else expect(faults).not.toEqual([]);
      if (isGuessing(trap)) expect(counted.refusedGuesses).toBeGreaterThan(1);
    });
  }
});

/** The same realm again and again, without stale: each time the password is guessed. */
function isGuessing({ name }: Trap): boolean {
  return /^401 with (?:a new|the same) nonce for ever|^494/.test(name);
}
