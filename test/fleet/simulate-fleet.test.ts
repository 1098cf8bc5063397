import { describe, expect, it } from 'vitest';
import { beginFleet, defaultLimits, simulateFleet, type FleetPlan } from '../../src/fleet/index.js';
import { cohort, fleet, HOUR, outage, registrar } from './plans.js';

const plan = fleet({
  registrars: [registrar({ outages: [outage('silent')] })],
  cohorts: [
    cohort({ count: 30, start: { atMs: 0, overMs: 60_000 } }),
    cohort({ name: 'fixed', behaviour: 'fixedInterval' }),
  ],
});

describe('a fleet in a program', () => {
  it('is simulated to its end, as numbers, a CSV, a chart and a page', () => {
    const { summary, series, ...result } = simulateFleet(plan);
    expect(summary).toMatchObject({ name: 'a fleet', isComplete: true, reached: 4 * 3_600, until: 4 * 3_600 });
    expect(summary.cohorts.map(({ clients }) => clients)).toEqual([30, 1]);
    expect(series.of('registered', 0).length).toBe(series.buckets);
    expect([...result.csv()].join('').split('\r\n').length).toBeGreaterThan(series.buckets);
    expect(result.svg()).toContain('<svg ');
    expect(result.html()).toContain('<!doctype html>');
  });

  it('goes on a piece at a time, tells how far it is, and comes to the same', () => {
    const simulation = beginFleet(plan);
    expect(simulation).toMatchObject({ plan, now: 0, isOver: false });
    const moments: number[] = [];
    while (simulation.advance(100)) moments.push(simulation.now);
    expect(moments.length).toBeGreaterThan(3);
    expect(moments).toEqual([...moments].sort((one, other) => one - other));
    expect(simulation).toMatchObject({ now: 4 * HOUR, isOver: true });
    expect(simulation.result().summary).toEqual(simulateFleet(plan).summary);
  });

  it('has a result for as far as it went', () => {
    const simulation = beginFleet(plan);
    simulation.advance(50);
    expect(simulation.result().summary).toMatchObject({ isComplete: false });
  });

  it.each<[Partial<FleetPlan>, string]>([
    [{ registrars: [] }, 'registrars is empty; give one at least.'],
    [{ cohorts: [] }, 'cohorts has 0 members; give from 1 to 6.'],
    [{ cohorts: Array.from({ length: 7 }, () => cohort()) }, 'cohorts has 7 members; give from 1 to 6.'],
    [{ untilMs: Infinity }, 'untilMs is Infinity; give a number above 0.'],
    [{ untilMs: 0 }, 'untilMs is 0; give a number above 0.'],
    [{ seed: 0.5 }, 'seed is 0.5; give a whole number from 0.'],
    [{ network: { transport: 'UDP', latencyMs: -5 } }, 'network.latencyMs is -5; give a number from 0.'],
    [{ registrars: [registrar({ perSecond: 0 })] }, 'registrars[0].perSecond is 0; give a number above 0.'],
    [{ registrars: [registrar({ queue: -1 })] }, 'registrars[0].queue is -1; give a whole number from 0.'],
    [
      { registrars: [registrar(), registrar({ mostExpires: -3 })] },
      'registrars[1].mostExpires is -3; give a whole number from 1.',
    ],
    [
      { registrars: [registrar({ nonceLifetimeMs: NaN })] },
      'registrars[0].nonceLifetimeMs is NaN; give a number above 0.',
    ],
    [
      { registrars: [registrar({ retryAfter: { least: 9, most: 3 } })] },
      'registrars[0].retryAfter.most is 3; give a whole number from 9.',
    ],
    [
      { registrars: [registrar({ outages: [outage('silent', 10, 10), outage('silent', 15, 10)] })] },
      'registrars[0].outages[1].fromMs is 15; give a number from 20, the end of the outage before it.',
    ],
    [
      { registrars: [registrar({ outages: [outage('silent', 10, 0)] })] },
      'registrars[0].outages[0].forMs is 0; give a number above 0.',
    ],
    [{ cohorts: [cohort(), cohort({ count: 0.5 })] }, 'cohorts[1].count is 0.5; give a whole number from 1.'],
    [{ cohorts: [cohort({ start: { atMs: 0, overMs: -1 } })] }, 'cohorts[0].start.overMs is -1; give a number from 0.'],
    [{ cohorts: [cohort({ expires: 0 })] }, 'cohorts[0].expires is 0; give a whole number from 1.'],
    [{ cohorts: [cohort({ retryMs: 0 })] }, 'cohorts[0].retryMs is 0; give a number above 0.'],
    [{ cohorts: [cohort({ refreshAt: 5 })] }, 'cohorts[0].refreshAt is 5; give a number above 0, up to 1.'],
    [
      { cohorts: [cohort({ limits: { ...defaultLimits, maxAttempts: 0 } })] },
      'cohorts[0].limits.maxAttempts is 0; give a whole number from 1.',
    ],
  ])('refuses %j', (changes, message) => {
    expect(() => simulateFleet({ ...plan, ...changes })).toThrow(
      expect.objectContaining({ name: 'SipRetryError', code: 'badOptions', message }) as Error,
    );
  });

  it.each<[string, (plan: FleetPlan) => object, string]>([
    ['a transport', ({ network }) => ({ network: { ...network, transport: 'TLS' } }), 'one of UDP, TCP'],
    ['a behaviour', ({ cohorts }) => ({ cohorts: [{ ...cohorts[0], behaviour: 'foo' }] }), 'one of standard, fixed'],
    [
      'what a full queue does',
      () => ({ registrars: [{ ...registrar(), whenFull: 'x' }] }),
      'one of drop, refuse, control',
    ],
    [
      'an answer',
      () => ({ registrars: [{ ...registrar(), outages: [{ ...outage('silent'), answer: 'toString' }] }] }),
      'one of silent, refused, unavailable',
    ],
  ])('refuses %s that there is not, as a program without types may give it', (_, changesOf, message) => {
    const written: FleetPlan = Object.assign({ ...plan }, changesOf(plan));
    expect(() => simulateFleet(written)).toThrow(message);
  });
});
