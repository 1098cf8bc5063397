// Servers that never say the last word: after 64·T1 it is over (RFC 3261 §17.1), and nothing was sent in a loop meanwhile.
import { afterAll, beforeAll, describe, it } from 'vitest';
import { makeCertificate, type CertificateFile } from '../peers/certificate.js';
import { otherTraps } from './other-traps.js';
import { registerTraps } from './register-traps.js';
import { walkInto } from './walk-into.js';

let certificate: CertificateFile;
beforeAll(() => {
  certificate = makeCertificate();
});
afterAll(() => certificate.remove());

describe('sip-retry send against a server that never answers', () => {
  for (const trap of [...registerTraps, ...otherTraps].filter(({ isSilent }) => isSilent === true)) {
    it.concurrent(`ends after 32 s: ${trap.name}`, (context) => walkInto(trap, certificate, context));
  }
});
