// Registrations that are kept against a hostile registrar, for a few seconds of real time: enough for any storm to show.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeCertificate, type CertificateFile } from '../peers/certificate.js';
import { registerTraps } from './register-traps.js';
import { inWords, run } from './run-trap.js';

let certificate: CertificateFile;
beforeAll(() => {
  certificate = makeCertificate();
});
afterAll(() => certificate.remove());

describe('sip-retry send --keep against a hostile registrar', () => {
  for (const trap of registerTraps) {
    it.concurrent(`starts no storm: ${trap.name}`, async ({ task }) => {
      const { verdict, counted, connections, faults } = await run(trap, certificate, KEEP_MS);
      task.meta.seen = `${verdict.outcome ?? 'ended by Ctrl-C'}; ${inWords(counted, connections)}`;
      expect(faults, verdict.text).toEqual([]);
    });
  }
});

const KEEP_MS = 3_000;
