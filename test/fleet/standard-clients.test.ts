import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FleetPlan, OutagePlan } from '../../src/fleet/fleet-plan.js';
import { FleetRun } from '../../src/fleet/fleet-run.js';
import { withLimits } from '../../src/policy/set-limits.js';
import { cohort, fleet, HOUR, outage, registrar } from './plans.js';
import { registerOnce, type SentByOne } from './one-registration.js';

function runOne(plan: FleetPlan): { sent: readonly SentByOne[]; retransmissions: number } {
  const run = new FleetRun(plan);
  const sent: SentByOne[] = [];
  run.onSend = ({ at, cseq, nonce, expires }) => sent.push({ at, cseq, nonce, expires });
  run.advance(Infinity);
  return { sent, retransmissions: run.tally.of('retransmission', 0).reduce((sum, count) => sum + count, 0) };
}

function expectSame(plan: FleetPlan): readonly SentByOne[] {
  const one = registerOnce(plan);
  const ofFleet = runOne(plan);
  // The first difference says more than two long lists.
  const at = one.sent.findIndex((message, index) => JSON.stringify(message) !== JSON.stringify(ofFleet.sent[index]));
  expect(ofFleet.sent.slice(at, at + 2)).toEqual(one.sent.slice(at, at + 2));
  expect(ofFleet).toEqual(one);
  return one.sent;
}

const outages: fc.Arbitrary<readonly OutagePlan[]> = fc
  .array(
    fc.record({
      gapMs: fc.integer({ min: 1_000, max: 3 * HOUR }),
      forMs: fc.integer({ min: 1, max: HOUR }),
      answer: fc.constantFrom('silent' as const, 'refused' as const, 'unavailable' as const),
      retryAfter: fc.option(
        fc.record({ least: fc.integer({ min: 0, max: 400 }), more: fc.integer({ min: 0, max: 3_000 }) }),
        { nil: undefined },
      ),
      bindings: fc.boolean(),
      nonces: fc.boolean(),
    }),
    { maxLength: 3 },
  )
  .map((list) => {
    let from = 0;
    return list.map(({ gapMs, forMs, answer, retryAfter, bindings, nonces }) => {
      from += gapMs;
      const fromMs = from;
      from += forMs;
      const range = retryAfter && { least: retryAfter.least, most: retryAfter.least + retryAfter.more };
      return { fromMs, forMs, answer, ...(range && { retryAfter: range }), forgets: { bindings, nonces } };
    });
  });

const circumstances = fc.record({
  seed: fc.integer(),
  // Not in step with timer E: nobody knows what comes first at the same moment.
  latencyMs: fc.integer({ min: 0, max: 400 }).map((ms) => ms + 0.25),
  transport: fc.constantFrom('UDP' as const, 'TCP' as const),
  perSecond: fc.constantFrom(0.02, 0.05, 1, 1_000),
  queue: fc.constantFrom(0, 1, 1_000),
  whenFull: fc.constantFrom('drop' as const, 'refuse' as const, 'control' as const),
  challenges: fc.boolean(),
  saysStale: fc.boolean(),
  hasPassword: fc.boolean(),
  nonceLifetimeMs: fc.integer({ min: 900, max: 2 * HOUR }),
  mostExpires: fc.integer({ min: 1, max: 7_200 }),
  expires: fc.integer({ min: 1, max: 7_200 }),
  ceilingPerMinute: fc.constantFrom(1, 2, 5, 30),
  outages,
});

describe('a standard client of a fleet', () => {
  it('sends what keepRegistered sends, when keepRegistered sends it, while all is well', () => {
    expect(expectSame(fleet()).length).toBeGreaterThan(5);
  });

  it.each(['silent', 'refused', 'unavailable'] as const)(
    'sends what keepRegistered sends through an hour in which the registrar is %s (RFC 5626 §4.5)',
    (answer) => {
      for (let seed = 1; seed <= 20; seed += 1) {
        expectSame(fleet({ seed, registrars: [registrar({ outages: [outage(answer)] })] }));
      }
    },
  );

  it('waits as Retry-After says, and for the end of the quarantine that it brings (RFC 3261 §20.33)', () => {
    for (let seed = 1; seed <= 20; seed += 1) {
      const down = { ...outage('unavailable'), retryAfter: { least: 300, most: 600 } };
      expectSame(fleet({ seed, registrars: [registrar({ outages: [down] })] }));
    }
  });

  it('hears no refusal once timer F has fired (RFC 3261 §17.1.2.2)', () => {
    // The last transmission, 31.5 s after the first, arrives as the outage begins; its refusal would come 0.5 ms too late.
    const network = { transport: 'UDP' as const, latencyMs: 250.25 };
    for (const from of [31_500, 31_750, 31_751]) {
      const silent = { ...outage('silent'), fromMs: 0, forMs: from };
      const refused = { ...outage('refused'), fromMs: from, forMs: 4_000 };
      expectSame(fleet({ network, registrars: [registrar({ outages: [silent, refused] })] }));
    }
  });

  it('stops after one wrong guess of a password (RFC 3261 §22.1)', () => {
    const plan = fleet({ cohorts: [cohort({ hasPassword: false })] });
    expect(expectSame(plan)).toHaveLength(2);
  });

  it('is keepRegistered, whatever the registrar does', () => {
    fc.assert(
      fc.property(
        circumstances,
        ({ seed, latencyMs, transport, hasPassword, expires, ceilingPerMinute, ...ofRegistrar }) => {
          expectSame(
            fleet({
              seed,
              untilMs: 4 * HOUR,
              network: { transport, latencyMs },
              registrars: [registrar(ofRegistrar)],
              cohorts: [cohort({ hasPassword, expires, limits: withLimits({ ceilingPerMinute }) })],
            }),
          );
        },
      ),
      { numRuns: 60 },
    );
  });
});
