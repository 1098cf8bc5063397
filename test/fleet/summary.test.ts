import { describe, expect, it } from 'vitest';
import { beginFleet, simulateFleet } from '../../src/fleet/index.js';
import { cohort, fleet, HOUR, outage, registrar } from './plans.js';

const forgetsBindings = { bindings: true, nonces: false };

describe('the result of a fleet', () => {
  it('says that nobody was away when the outage was briefer than the bindings', () => {
    const plan = fleet({
      registrars: [registrar({ outages: [outage('silent', HOUR, 60_000)] })],
      cohorts: [cohort({ count: 50 })],
    });
    expect(simulateFleet(plan).summary.all.recoveries).toEqual([{ from: 3_660, half: 0, most: 0, nearlyAll: 0 }]);
  });

  it('says how long nobody knew of a restart that forgot all bindings', () => {
    const restart = { ...outage('refused', HOUR, 1_000), forgets: forgetsBindings };
    const { series, summary } = simulateFleet(
      fleet({
        registrars: [registrar({ outages: [restart] })],
        cohorts: [cohort({ count: 100, start: { atMs: 0, overMs: 60_000 } })],
      }),
    );
    expect(series.of('registered', 0)[3_599]).toBe(100);
    // Of 100 refreshes between 30 and 54 min, at most the three of these seconds have come.
    expect(series.of('registered', 0)[3_602]).toBeLessThan(5);
    const [recovery] = summary.all.recoveries;
    expect(recovery?.half).toBeGreaterThan(0);
    expect(recovery?.nearlyAll).toBeLessThan(0.9 * 3_600);
  });

  it('counts a client with a wrong password as stopped, and its second request as wasted', () => {
    const { summary } = simulateFleet(fleet({ cohorts: [cohort({ hasPassword: false })] }));
    expect(summary.all).toMatchObject({ sent: 2, stopped: 1, totals: { challenged: 2, wasted: 1 } });
    expect(summary.all.recoveries).toEqual([{ from: 0, half: null, most: null, nearlyAll: null }]);
  });

  it('is there for as much as was simulated when a run is stopped', () => {
    const run = beginFleet(fleet({ cohorts: [cohort({ count: 100, start: { atMs: 0, overMs: HOUR } })] }));
    run.advance(150);
    const result = run.result();
    const { summary } = result;
    expect(summary.isComplete).toBe(false);
    expect(summary.reached).toBeLessThan(summary.until);
    const rows = [...result.csv()].join('').trimEnd().split('\r\n');
    expect(rows).toHaveLength(1 + Math.floor(summary.reached));
  });

  it('writes a row for each second and cohort, whose sums are the totals', () => {
    const cohorts = [cohort({ name: 'a, "b"', count: 3 }), cohort({ name: '=c', behaviour: 'fixedInterval' })];
    const result = simulateFleet(fleet({ untilMs: HOUR, cohorts }));
    const { summary } = result;
    const [head = '', ...rows] = [...result.csv()].join('').trimEnd().split('\r\n');
    expect(head).toBe(
      'seconds,cohort,first,refresh,authenticated,retry,retransmission,accepted,challenged,refused,unanswered,wasted,registered',
    );
    expect(rows).toHaveLength(7_200);
    expect(rows[0]).toMatch(/^0,"a, ""b""",3,0,3,/);
    expect(rows[1]).toMatch(/^0,'=c,1,/);
    const authenticated = rows.reduce((sum, row) => sum + Number(row.split(',').at(-9)), 0);
    expect(authenticated).toBe(summary.all.totals.authenticated);
  });

  it('draws every name as text, whatever is in it', () => {
    const result = simulateFleet(
      fleet({ name: '</title><script>alert(1)</script>', untilMs: 60_000, cohorts: [cohort({ name: '<b>&"' })] }),
    );
    for (const drawn of [result.svg(), result.html()]) {
      expect(drawn).not.toContain('<script>alert');
      expect(drawn).not.toContain('<b>&');
    }
    expect(result.svg()).toContain('&#60;b&#62;&#38;&#34;');
  });

  it('shows the finding first: who storms, and when everyone is back', () => {
    const plan = fleet({
      registrars: [registrar({ outages: [outage('refused')] })],
      cohorts: [cohort({ count: 200 }), cohort({ name: 'at once', behaviour: 'immediateRetry', retryMs: 1_000 })],
    });
    const svg = simulateFleet(plan).svg();
    expect(svg).toMatch(/Each client of “at once” sends [\d.]+ times as much as one of “standard”/);
    expect(svg).toMatch(/99 % are registered [\dmins ]+ after the end of the outage/);
  });
});
