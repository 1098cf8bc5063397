// A real registrar: Kamailio checks the credentials, the interval and the contacts with code that is not ours.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runSend, type SendVerdict } from './peers/command.js';
import { startRegistrar, type Kamailio, type KamailioOptions } from './peers/kamailio.js';
import { transactionsOf } from './sent-requests.js';
import { whyPeersAreMissing } from './setup.js';

interface Registration {
  readonly does: string;
  readonly user?: string;
  readonly password?: string;
  readonly expires?: string;
  readonly transport?: 'udp' | 'tcp';
  readonly method?: 'REGISTER' | 'OPTIONS';
  /** How many requests carry credentials. */
  readonly guesses: number;
  readonly verdict: Partial<SendVerdict>;
}

const accepted = { outcome: 'accepted', code: 0 };
const rejected = { outcome: 'gaveUp', code: 1, reason: 'credentialsRejected' };

const usual: readonly Registration[] = [
  { does: 'registers after a 401 over UDP', guesses: 1, verdict: { ...accepted, attempts: 2 } },
  { does: 'registers after a 401 over TCP', transport: 'tcp', guesses: 1, verdict: { ...accepted, attempts: 2 } },
  { does: 'answers a 407', method: 'OPTIONS', guesses: 1, verdict: { ...accepted, attempts: 2 } },
  { does: 'raises a refused interval after a 423', expires: '60', guesses: 2, verdict: { ...accepted, attempts: 3 } },
  {
    does: 'makes exactly one guess with a wrong password',
    password: 'looking-glass',
    guesses: 1,
    verdict: { ...rejected, attempts: 2 },
  },
  {
    // RFC 3261 §22.1: credentials that were never accepted are what a 403 after them refuses.
    does: 'gives up after a 403 to the credentials of an unknown user',
    user: 'mallory',
    guesses: 1,
    verdict: { ...rejected, attempts: 2 },
  },
];

const registrars: readonly { readonly name: string; readonly is: KamailioOptions; readonly does: typeof usual }[] = [
  { name: 'MD5', is: {}, does: usual },
  { name: 'SHA-256', is: { algorithm: 'SHA-256' }, does: usual },
  { name: 'MD5 without qop', is: { qop: false }, does: usual },
  // RFC 7616 §3.4: the 423 used nc=00000001, so a second request with that number would be a replay.
  { name: 'nonce counts', is: { defines: ['NONCE_COUNT'] }, does: usual },
  {
    name: 'one-time nonces',
    is: { defines: ['ONE_TIME_NONCES'] },
    does: usual.map((registration) =>
      // The nonce that the 423 used up comes back with stale=true, and a new one.
      registration.expires === '60'
        ? { ...registration, guesses: 3, verdict: { ...accepted, attempts: 4 } }
        : registration,
    ),
  },
  {
    name: 'nonces that end after 1 s',
    is: { defines: ['NONCE_SECONDS=1', 'BUSY_FIRST'] },
    does: [{ does: 'answers stale=true after a wait of 2 s', guesses: 3, verdict: { ...accepted, attempts: 4 } }],
  },
];

describe.skipIf(whyPeersAreMissing() !== undefined)('sip-retry send with Kamailio', () => {
  for (const { name, is, does } of registrars) {
    describe(`and ${name}`, () => {
      let kamailio: Kamailio | undefined;
      beforeAll(async () => {
        kamailio = await startRegistrar(is);
      });
      afterAll(() => kamailio?.stop());

      for (const registration of does) {
        it(registration.does, async ({ task }) => {
          const { verdict, guesses, method = 'REGISTER' } = registration;
          const send = await register(registration, kamailio?.port ?? 0);
          const withCredentials = transactionsOf(send, method).filter(({ text }) =>
            /^(Proxy-)?Authorization:/m.test(text),
          );
          task.meta.seen = `${send.outcome ?? 'nothing'} ${send.reason ?? ''} ${send.attempts ?? 0} attempts, ${withCredentials.length} with credentials`;
          expect(send, send.text).toMatchObject(verdict);
          expect(withCredentials).toHaveLength(guesses);
        });
      }
    });
  }

  describe('and one contact for each address-of-record', () => {
    let kamailio: Kamailio | undefined;
    beforeAll(async () => {
      kamailio = await startRegistrar({ defines: ['ONE_CONTACT'] });
    });
    afterAll(() => kamailio?.stop());

    it('waits as 503 with Retry-After says, until the other binding has ended', async ({ task }) => {
      const port = kamailio?.port ?? 0;
      const other = await register({ expires: '3' }, port);
      const send = await register({ expires: '120' }, port);
      const moments = transactionsOf(send, 'REGISTER').map(({ at }) => at);
      const refused = send.events.filter(({ event, status }) => event === 'decision' && status === 503);
      task.meta.seen = `${send.outcome ?? 'nothing'}, ${refused.length} times 503, sent at ${moments.join(', ')} ms`;
      expect(other, other.text).toMatchObject(accepted);
      expect(send, send.text).toMatchObject(accepted);
      expect(refused.length).toBeGreaterThan(0);
      const waits = moments.slice(2).map((at, index) => at - (moments[index + 1] ?? 0));
      for (const wait of waits) expect(wait).toBeGreaterThanOrEqual(990);
    });
  });
});

function register(how: Partial<Registration>, port: number): Promise<SendVerdict> {
  const { user = 'alice', password = 'wonderland', expires = '3600', transport = 'udp', method = 'REGISTER' } = how;
  return runSend([
    ...[method, 'sip:example.test', '--server', `${transport}:127.0.0.1:${port}`],
    ...['--from', `sip:${user}@example.test`, '--user', user, '--password', password],
    ...(method === 'REGISTER' ? ['--expires', expires] : []),
  ]);
}
