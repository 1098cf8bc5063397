// Those who wait for a server: told once that it is back, they go within the spread, whatever else is heard meanwhile.
import { describe, expect, it } from 'vitest';
import { OverloadControl } from '../../src/budget/overload-control.js';
import { ServerHealth } from '../../src/budget/server-health.js';
import { seededRandom } from '../../src/timing/random.js';
import { VirtualClock } from '../../src/timing/virtual-clock.js';
import { ServerWatch } from '../../src/uac/server-watch.js';

const SERVER = 'sip:192.0.2.1;transport=udp';
const ok = { status: 200, reason: 'OK', headers: [], body: '' } as const;

function unavailableFor(seconds: number) {
  return { status: 503, reason: 'Service Unavailable', headers: [['Retry-After', String(seconds)]], body: '' } as const;
}

/** So many wait for a server that was quarantined; each is answered in so much time. Returns when they went. */
function released(count: number, quarantine: (watch: ServerWatch) => void, answerMs = 5) {
  const clock = new VirtualClock();
  const environment = { clock, random: seededRandom(7), token: () => 'token' };
  const health = new ServerHealth(environment);
  const watch = new ServerWatch(environment, health, new OverloadControl(environment));
  quarantine(watch);
  const gone: number[] = [];
  let waits = 0;
  const wait = (): void => {
    waits += 1;
    watch.await(SERVER, go);
  };
  const go = (): void => {
    if (!health.admit(SERVER).admitted) {
      wait();
      return;
    }
    gone.push(clock.now());
    clock.at(clock.now() + answerMs, () => watch.noteResponse(SERVER, ok));
  };
  for (let each = 0; each < count; each += 1) wait();
  clock.advance(2 * 3_600_000);
  const last = gone.at(-1) ?? 0;
  const busiest = Math.max(...gone.map((at) => gone.filter((other) => other >= at && other < at + 1_000).length));
  return { gone, waits, spread: last - (gone[0] ?? 0), busiest, pending: clock.pending };
}

const told = (seconds: number) => (watch: ServerWatch) => watch.noteResponse(SERVER, unavailableFor(seconds));
const silent = (watch: ServerWatch): void => {
  for (let times = 0; times < 3; times += 1) watch.noteTimeout(SERVER);
};

describe('those who wait for a server', () => {
  it('go within a second once it is back after a short time, also when each of them is answered meanwhile', () => {
    const { gone, spread } = released(200, told(2));
    expect(gone).toHaveLength(200);
    expect(spread).toBeLessThan(1_100);
  });

  it.each([
    ['1 after ten minutes', 1, 600, 0],
    ['10 after ten minutes', 10, 600, 1_000],
    ['100 after ten minutes', 100, 600, 10_000],
    ['100 after a minute', 100, 60, 6_600],
    ['1000 after a minute', 1_000, 60, 6_600],
    ['2000 after ten minutes', 2_000, 600, 30_000],
    ['2000 after an hour', 2_000, 3_600, 30_000],
  ])('go one after the other and never all together: %s (RFC 3261 §20.33)', (_, count, seconds, mostMs) => {
    const { gone, waits, spread, busiest, pending } = released(count, told(seconds));
    expect(gone).toHaveLength(count);
    expect(gone[0]).toBeGreaterThanOrEqual(seconds * 1_000);
    expect(spread).toBeLessThanOrEqual(mostMs);
    expect(busiest).toBeLessThanOrEqual(Math.max(25, (1_500 * count) / mostMs));
    // Whoever comes while the probe is on its way waits once more; nobody else does.
    expect(waits - count).toBeLessThanOrEqual(count / 100);
    expect(pending).toBe(0);
  });

  it('go as slowly to a server that was silent: it may just have begun again', () => {
    const { gone, spread, busiest } = released(200, silent);
    expect(gone).toHaveLength(200);
    expect(spread).toBeGreaterThan(2_000);
    expect(spread).toBeLessThanOrEqual(6_100);
    expect(busiest).toBeLessThan(110);
  });

  it('go one after the other also when all have come again before the probe was answered', () => {
    const { gone, spread, busiest } = released(1_000, told(600), 31_000);
    expect(gone).toHaveLength(1_000);
    expect(spread).toBeLessThanOrEqual(61_000);
    expect(busiest).toBeLessThan(70);
  });

  it('do not go together because a later, shorter Retry-After has taken the place of a long one', () => {
    const { spread } = released(2_000, (watch) => {
      told(600)(watch);
      told(1)(watch);
    });
    expect(spread).toBeGreaterThan(25_000);
  });

  it('wait no longer than told, whoever else leaves', () => {
    const clock = new VirtualClock();
    const environment = { clock, random: () => 0.999, token: () => 'token' };
    const health = new ServerHealth(environment);
    const watch = new ServerWatch(environment, health, new OverloadControl(environment));
    told(600)(watch);
    const others = Array.from({ length: 300 }, () => watch.await(SERVER, () => undefined));
    let went = -1;
    const { until } = watch.await(SERVER, () => (went = clock.now()));
    for (const { stop } of others) stop();
    expect(clock.pending).toBe(1);
    clock.advance(700_000);
    expect(went).toBe(until);
  });
});
