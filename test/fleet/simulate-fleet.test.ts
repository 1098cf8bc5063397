import { describe, expect, it } from 'vitest';
import { beginFleet, simulateFleet, type FleetPlan } from '../../src/fleet/index.js';
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
    [{ untilMs: Infinity }, 'untilMs is Infinity; give milliseconds above 0.'],
    [{ untilMs: 0 }, 'untilMs is 0; give milliseconds above 0.'],
    [
      { cohorts: [cohort({ count: 0.5 })] },
      'a count of cohorts is no whole number above 0; give how many clients there are.',
    ],
  ])('refuses %j', (changes, message) => {
    expect(() => simulateFleet({ ...plan, ...changes })).toThrow(
      expect.objectContaining({ name: 'SipRetryError', code: 'badOptions', message }) as Error,
    );
  });
});
