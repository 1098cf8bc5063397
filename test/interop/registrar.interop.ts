// REGISTER with a real registrar: Kamailio checks the credentials and the interval with code that is not ours.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runSend, type SendVerdict } from './peers/command.js';
import { startRegistrar, type Kamailio } from './peers/kamailio.js';
import { whyPeersAreMissing } from './setup.js';

interface Registration {
  readonly does: string;
  readonly user?: string;
  readonly password?: string;
  readonly expires?: string;
  readonly transport?: 'udp' | 'tcp';
  readonly verdict: Partial<SendVerdict>;
}

const accepted = { outcome: 'accepted', code: 0 };
const gaveUp = { outcome: 'gaveUp', code: 1 };

const registrations: readonly Registration[] = [
  { does: 'registers after a 401 over UDP', verdict: { ...accepted, attempts: 2 } },
  { does: 'registers after a 401 over TCP', transport: 'tcp', verdict: { ...accepted, attempts: 2 } },
  { does: 'raises a refused interval after a 423', expires: '60', verdict: { ...accepted, attempts: 3 } },
  {
    does: 'gives up after one try with a wrong password',
    password: 'looking-glass',
    verdict: { ...gaveUp, reason: 'credentialsRejected', attempts: 2 },
  },
  {
    // RFC 3261 §22.1: credentials that were never accepted are what a 403 after them refuses.
    does: 'gives up after a 403 to the credentials of an unknown user',
    user: 'mallory',
    verdict: { ...gaveUp, reason: 'credentialsRejected', attempts: 2 },
  },
];

for (const algorithm of ['MD5', 'SHA-256'] as const) {
  describe.skipIf(whyPeersAreMissing() !== undefined)(`sip-retry send with Kamailio and ${algorithm}`, () => {
    let kamailio: Kamailio | undefined;
    beforeAll(async () => {
      kamailio = await startRegistrar(algorithm);
    });
    afterAll(() => kamailio?.stop());

    for (const { does, verdict, ...how } of registrations) {
      it(does, async ({ task }) => {
        const { user = 'alice', password = 'wonderland', expires = '3600', transport = 'udp' } = how;
        const send = await runSend([
          ...['REGISTER', 'sip:example.test', '--server', `${transport}:127.0.0.1:${kamailio?.port ?? 0}`],
          ...['--from', `sip:${user}@example.test`, '--user', user, '--password', password, '--expires', expires],
        ]);
        task.meta.seen = `${send.outcome ?? 'nothing'} ${send.reason ?? ''} ${send.attempts ?? 0} attempts`;
        expect(send, send.text).toMatchObject(verdict);
      });
    }
  });
}
