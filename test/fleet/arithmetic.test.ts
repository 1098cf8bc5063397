// What can be computed by hand: the fleet must come to the same numbers, within the error of a sample.
import { describe, expect, it } from 'vitest';
import type { CohortPlan, FleetPlan } from '../../src/fleet/fleet-plan.js';
import { FleetRun } from '../../src/fleet/fleet-run.js';
import { simulateFleet } from '../../src/fleet/index.js';
import { cohort, fleet, HOUR, outage, registrar } from './plans.js';

const endless = 100 * HOUR;

function down(answer: 'silent' | 'refused'): FleetPlan['registrars'] {
  return [registrar({ perSecond: 1e6, queue: 1e6, outages: [outage(answer, 0, endless)] })];
}

/** When each REGISTER of each client was sent. */
function momentsOf(plan: FleetPlan): readonly (readonly number[])[] {
  const moments: number[][] = [];
  const run = new FleetRun(plan);
  run.onSend = ({ client, at }) => (moments[client] ??= []).push(at);
  run.advance(Infinity);
  return moments;
}

describe('a fleet and arithmetic', () => {
  it.each([
    // A refusal comes back after 40 ms; timer F ends a transaction after 32 s (RFC 3261 §17.1.2.2).
    ['refused', 30_000, 40],
    ['silent', 30_000, 32_000],
    ['refused', 100, 40],
  ] as const)(
    'with a fixed interval sends one request in each wait and answer (%s, %i ms)',
    (answer, retryMs, roundTrip) => {
      const habit: Partial<CohortPlan> = { behaviour: retryMs < 1_000 ? 'immediateRetry' : 'fixedInterval', retryMs };
      const { summary } = simulateFleet(fleet({ untilMs: HOUR, registrars: down(answer), cohorts: [cohort(habit)] }));
      const { first, retry } = summary.all.totals;
      expect(first + retry).toBe(Math.floor(HOUR / (retryMs + roundTrip)) + 1);
    },
  );

  it('sends 11 datagrams for a request that nobody answers (RFC 3261 §17.1.2.2, timer E)', () => {
    const plan = fleet({ untilMs: 31_999, registrars: down('silent') });
    expect(simulateFleet(plan).summary.all).toMatchObject({
      sent: 11,
      totals: { first: 1, retransmission: 10, wasted: 11 },
    });
    const reliable = { ...plan, network: { transport: 'TCP', latencyMs: 20 } } as const;
    expect(simulateFleet(reliable).summary.all).toMatchObject({ sent: 1, totals: { retransmission: 0 } });
  });

  it('counts only the retransmissions before an answer that comes late', () => {
    // One request in 4 s: the answer leaves then, and what went out at 0.5, 1.5 and 3.5 s was not needed.
    const slow = registrar({ perSecond: 0.25, queue: 1, challenges: false });
    const { all } = simulateFleet(fleet({ untilMs: 60_000, registrars: [slow] })).summary;
    expect(all.totals).toMatchObject({ first: 1, retransmission: 3, accepted: 1, wasted: 3 });
  });

  it('spreads the first requests evenly', () => {
    const count = 20_000;
    const start = { atMs: 0, overMs: HOUR };
    const moments = momentsOf(
      fleet({
        untilMs: HOUR,
        registrars: down('refused'),
        cohorts: [cohort({ count, start, behaviour: 'fixedInterval', retryMs: endless })],
      }),
    ).map(([first = -1]) => first);
    const mean = moments.reduce((sum, moment) => sum + moment, 0) / count;
    // The mean of a uniform spread: a half, with a standard deviation of 1/√(12 n).
    expect(Math.abs(mean / HOUR - 0.5)).toBeLessThan(4 / Math.sqrt(12 * count));
    expect(Math.min(...moments)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...moments)).toBeLessThan(HOUR);
  });

  it('waits 50 to 100 % of 60, 120, 240, 480, 960, 1800, 1800 s between failures (RFC 5626 §4.5)', () => {
    const count = 4_000;
    const waits: number[][] = [];
    const plan = fleet({ untilMs: 3 * HOUR, registrars: down('refused'), cohorts: [cohort({ count })] });
    for (const moments of momentsOf(plan)) {
      moments.slice(1).forEach((moment, failure) => {
        (waits[failure] ??= []).push((moment - (moments[failure] ?? 0) - 40) / 1_000);
      });
    }
    [60, 120, 240, 480, 960, 1_800, 1_800].forEach((most, failure) => {
      const found = waits[failure] ?? [];
      expect(found).toHaveLength(count);
      expect(Math.min(...found)).toBeGreaterThanOrEqual(most / 2 - 0.001);
      // The third failure in a row is a quarantine, too: a probe at most a second later.
      expect(Math.max(...found)).toBeLessThanOrEqual(most + 1);
      const mean = found.reduce((sum, wait) => sum + wait, 0) / count;
      const deviation = most / 2 / Math.sqrt(12 * count);
      // Evenly, the first one too: it is drawn once, by the request, and not again by the registration.
      expect(Math.abs(mean - 0.75 * most)).toBeLessThan(4 * deviation + 0.01);
    });
  });

  it('refreshes between a half and nine tenths of an hour, evenly (RFC 3261 §10.2.4)', () => {
    const count = 4_000;
    const plan = fleet({
      untilMs: HOUR,
      registrars: [registrar({ perSecond: 1e6, queue: 1e6, challenges: false })],
      cohorts: [cohort({ count })],
    });
    const refreshes = momentsOf(plan).map(([, second = -1]) => second / HOUR);
    expect(Math.min(...refreshes)).toBeGreaterThanOrEqual(0.5);
    expect(Math.max(...refreshes)).toBeLessThan(0.9);
    const mean = refreshes.reduce((sum, part) => sum + part, 0) / count;
    expect(Math.abs(mean - 0.7)).toBeLessThan((4 * 0.4) / Math.sqrt(12 * count));
  });

  it('takes as long as its capacity says until everyone is registered', () => {
    // 1 000 clients at once, 10 a second, nobody is turned away and timer F is far: 100 s less one answer.
    const plan = fleet({
      untilMs: 600_000,
      network: { transport: 'TCP', latencyMs: 0 },
      registrars: [registrar({ perSecond: 50, queue: 1_000, challenges: false })],
      cohorts: [cohort({ count: 1_000 })],
    });
    const [recovery] = simulateFleet(plan).summary.all.recoveries;
    expect(recovery).toEqual({ from: 0, half: 11, most: 20, nearlyAll: 20 });
  });

  it('is the same run for the same seed, and another one for another', () => {
    const plan = fleet({ registrars: [registrar({ outages: [outage('silent')] })], cohorts: [cohort({ count: 50 })] });
    const [one, again, other] = [plan, plan, { ...plan, seed: 2 }].map((each) =>
      [...simulateFleet(each).csv()].join(''),
    );
    expect(again).toBe(one);
    expect(other).not.toBe(one);
  });
});
