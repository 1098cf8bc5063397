// Live hostile servers: real sockets that try every trap which other stacks have fallen into, and count on the wire.
import { afterAll, beforeAll, describe, it } from 'vitest';
import { makeCertificate, type CertificateFile } from '../peers/certificate.js';
import { otherTraps } from './other-traps.js';
import { registerTraps } from './register-traps.js';
import { bound } from './run-trap.js';
import { walkInto } from './walk-into.js';

let certificate: CertificateFile;
beforeAll(() => {
  certificate = makeCertificate();
});
afterAll(() => certificate.remove());

describe('sip-retry send against a hostile server', () => {
  const traps = [...registerTraps, ...otherTraps].filter(({ isSilent }) => isSilent !== true);
  // Those that wait first, so that the quick ones fill what is left.
  const waits = traps.filter(({ name }) => /Retry-After: 0|200,000,000/.test(name));
  for (const trap of new Set([...waits, ...traps])) {
    it.concurrent(`stays below ${bound.transactionsPerMinute} a minute: ${trap.name}`, (context) =>
      walkInto(trap, certificate, context),
    );
  }
});
