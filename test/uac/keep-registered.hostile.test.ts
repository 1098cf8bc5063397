// Registrations against registrars that answer anything, over hours and a day of virtual time: never a storm, never late without cause.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { requestBound } from '../../src/budget/request-bound.js';
import { defaultLimits } from '../../src/policy/limits.js';
import type { Header } from '../../src/sip/message.js';
import { seededRandom } from '../../src/timing/random.js';
import { serverOf } from '../../src/uac/request-place.js';
import { register } from '../machines/requests.js';
import { coreInTest, credentials, numbered } from './running.js';
import { DAY, granted, HOUR, kept, respond, type Registrar, type RegistrarAnswer, type Sent } from './registrar.js';

const { transactionsPerMinute } = requestBound(defaultLimits);

type Habit = (request: Parameters<Registrar>[0], number: number) => RegistrarAnswer;

const digest = (name: string, realm: string, nonce: string, rest = ''): Header => [
  name,
  `Digest realm="${realm}", nonce="${nonce}", qop="auth"${rest}`,
];

/** Ways to refuse, each of which makes a request follow at once or soon. */
const refusals: readonly Habit[] = [
  () => respond(401),
  (_, number) => respond(401, [digest('WWW-Authenticate', `r${number}`, `n${number}`)]),
  (_, number) => respond(401, [digest('WWW-Authenticate', 'x', `n${number}`, ', stale=true')]),
  (_, number) => respond(407, [digest('Proxy-Authenticate', `p${number}`, `n${number}`)]),
  (_, number) => respond(423, [['Min-Expires', String(600 + number)]]),
  () => respond(423),
  (_, number) => respond(420, [['Unsupported', `tag${number}`]]),
  (_, number) => respond(302, [['Contact', `<sip:r${number}.example.com>`]]),
  () => respond(503, [['Retry-After', '0']]),
  () => respond(503, [['Retry-After', '1']]),
  () => respond(480, [['Retry-After', '2']]),
  () => respond(500),
  () => respond(504),
  () => 'timeout',
  () => 'transportError',
  () => respond(200),
  (request) => granted(request, 0),
];

const grants: readonly Habit[] = [
  (request) => granted(request),
  (request) => granted(request, 1),
  (request) => granted(request, 'NaN'),
  (request) => granted(request, 4_294_967_295),
];

/** A registrar that chooses its habits by chance, and keeps each for a while. */
function moody(habits: readonly Habit[], seed: number, patience: number): Registrar {
  const random = seededRandom(seed);
  let habit: Habit | undefined;
  return (request, number) => {
    if (habit === undefined || random() * patience < 1) habit = habits[Math.floor(random() * habits.length)];
    return habit?.(request, number) ?? 'timeout';
  };
}

/** The most requests to one server in any minute. */
function busiestMinute(sent: readonly Sent[]): number {
  const counts = sent.map(
    (one) =>
      sent.filter((other) => serverOfSent(other) === serverOfSent(one) && isWithin(other.at, one.at, 60_000)).length,
  );
  return Math.max(0, ...counts);
}

function serverOfSent({ request, server }: Sent): string {
  return server ?? serverOf(request);
}

function isWithin(at: number, from: number, ms: number): boolean {
  return at >= from && at < from + ms;
}

function busiestHour(sent: readonly Sent[], from: number): number {
  const later = sent.filter(({ at }) => at >= from);
  return Math.max(0, ...later.map(({ at }) => later.filter((other) => isWithin(other.at, at, HOUR)).length));
}

const seeds = fc.integer({ min: 1, max: 1_000_000 });
const patience = fc.integer({ min: 1, max: 12 });

describe('keepRegistered against hostile registrars', () => {
  it(
    'never sends more in any minute than requestBound says, whatever comes back and whatever changes',
    { timeout: 120_000 },
    () => {
      fc.assert(
        fc.property(seeds, patience, fc.integer({ min: 1, max: 400 }), (seed, long, every) => {
          const { registration, clock, sent } = kept(moody([...refusals, ...grants], seed, long), { seed });
          registration.start();
          const random = seededRandom(`changes ${seed}`);
          for (let times = 0; times < 60; times += 1) {
            clock.advance(random() * every * 1_000);
            registration.changed();
            if (random() < 0.05) registration.unregister();
            if (random() < 0.05) registration.stop();
            if (random() < 0.5) registration.start();
            registration.transportError();
          }
          expect(busiestMinute(sent)).toBeLessThanOrEqual(transactionsPerMinute);
        }),
        { numRuns: 25 },
      );
    },
  );

  it('sends few requests an hour to a registrar that never grants, and few for ever', { timeout: 120_000 }, () => {
    // At most 8 attempts a try; after the first hours a try each 15 to 30 minutes, so at most 5 begin in an hour.
    fc.assert(
      fc.property(seeds, patience, (seed, long) => {
        const { registration, clock, sent } = kept(moody(refusals, seed, long), { seed });
        registration.start();
        clock.advance(12 * HOUR);
        expect(busiestMinute(sent)).toBeLessThanOrEqual(transactionsPerMinute);
        expect(busiestHour(sent, 0)).toBeLessThanOrEqual(8 * 9);
        expect(busiestHour(sent, 4 * HOUR)).toBeLessThanOrEqual(8 * 5);
      }),
      { numRuns: 25 },
    );
  });

  it('leaves ten seconds between two tries, whatever a granting registrar says', { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(seeds, patience, (seed, long) => {
        const { registration, clock, sent, of } = kept(moody(grants, seed, long), { seed });
        registration.start();
        clock.advance(HOUR / 4);
        for (const [index, { at }] of sent.slice(1).entries()) {
          expect(at - (sent[index]?.at ?? 0)).toBeGreaterThanOrEqual(10_000);
        }
        expect(of('registered').length).toBeGreaterThan(0);
        expect(registration.state).toBe('registered');
      }),
      { numRuns: 15 },
    );
  });

  it('is registered all day but for the outages, with two servers and mixed failures', { timeout: 120_000 }, () => {
    const servers = ['sip:a.example.com;transport=udp', 'sip:b.example.com;transport=udp'];
    const clockHours = (): number => clock.now() / HOUR;
    const isDown = (server: string | undefined): boolean =>
      (server === servers[0] && clockHours() > 3 && clockHours() < 5) ||
      (server === servers[1] && clockHours() > 4.5 && clockHours() < 6) ||
      (clockHours() > 12 && clockHours() < 14);
    const nonce = (): string => `n${Math.floor(clockHours() * 2)}`;
    const { registration, clock, sent, of } = kept(
      (request, number, server) => {
        if (isDown(server)) return number % 2 === 0 ? 'timeout' : 'transportError';
        const credentials = request.headers.find(([name]) => name === 'Authorization')?.[1];
        if (credentials?.includes(`nonce="${nonce()}"`) !== true) {
          const stale = credentials === undefined ? '' : ', stale=true';
          return respond(401, [digest('WWW-Authenticate', 'example.com', nonce(), stale)]);
        }
        if (Number(request.headers.find(([name]) => name === 'Expires')?.[1]) < 900) {
          return respond(423, [['Min-Expires', '900']]);
        }
        return number % 17 === 0 ? respond(503, [['Retry-After', '30']]) : granted(request);
      },
      { client: { servers }, request: register },
    );
    registration.start();
    clock.advance(DAY);

    // Registered is who was accepted less than 900 s ago; sampled every minute.
    const accepted = of('registered').map(({ on }) => on);
    const lapsed = [...Array(24 * 60).keys()]
      .map((minute) => minute * 60_000 + 1_000)
      .filter((at) => !accepted.some((on) => on <= at && at < on + 900_000))
      .map((at) => at / HOUR);
    // Only in the outage of both, and until the probe after it: 1800 s at most, and an attempt.
    expect(lapsed.every((hour) => (hour > 12 && hour < 14.6) || (hour > 4.5 && hour < 5.6))).toBe(true);
    expect(of('decision').filter(({ decision }) => decision.status === 423)).toHaveLength(1);
    expect(of('stopped')).toEqual([]);
    expect(registration.state).toBe('registered');
    expect(busiestHour(sent, 0)).toBeLessThanOrEqual(40);
    const cseqs = sent.map(({ request }) =>
      Number.parseInt(request.headers.find(([name]) => name === 'CSeq')?.[1] ?? '', 10),
    );
    expect(cseqs.every((number, index) => index === 0 || number > (cseqs[index - 1] ?? 0))).toBe(true);
  });

  it(
    'comes back one after the other when a server has told all of them to wait (RFC 3261 §20.33)',
    { timeout: 60_000 },
    () => {
      const count = 600;
      const { core, clock } = coreInTest({ credentials });
      let isBusy = false;
      const all = Array.from({ length: count }, (_, number) =>
        kept((request) => (isBusy ? respond(503, [['Retry-After', '600']]) : granted(request)), {
          core,
          clock,
          request: numbered(register, number, { To: `<sip:user${number}@example.com>` }),
        }),
      );
      for (const { registration } of all) registration.start();
      clock.advance(HOUR / 6);
      isBusy = true;
      clock.advance(HOUR / 6);
      isBusy = false;
      const from = clock.now();
      clock.advance(HOUR / 6);
      const seconds = new Map<number, number>();
      for (const { at } of all.flatMap(({ sent }) => sent)) {
        const second = Math.floor(at / 1_000);
        if (at > from) seconds.set(second, (seconds.get(second) ?? 0) + 1);
      }
      expect(all.filter(({ registration }) => registration.state !== 'registered')).toEqual([]);
      expect(Math.max(...seconds.values())).toBeLessThanOrEqual(40);
    },
  );
});
