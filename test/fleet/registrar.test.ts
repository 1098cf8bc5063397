import { describe, expect, it } from 'vitest';
import { Registrar, type Arrival } from '../../src/fleet/registrar.js';
import { firstHeader } from '../../src/sip/header-list.js';
import { outage, registrar } from './plans.js';

const nobody = { nonce: -1, isRight: true };

function statusOf(arrival: Arrival): number | string {
  return typeof arrival === 'string' ? arrival : arrival.response.status;
}

function one(changes: Parameters<typeof registrar>[0] = {}): Registrar {
  return new Registrar(registrar(changes), () => 0.5);
}

describe('a registrar', () => {
  it('answers one request after another, so many a second', () => {
    const busy = one({ perSecond: 10, challenges: false });
    const leaves = [0, 0, 0].map((now) => {
      busy.arrive(now, nobody, 600);
      return busy.moment;
    });
    expect(leaves).toEqual([100, 200, 300]);
  });

  it.each([
    ['drop', 'silence'],
    ['refuse', 503],
    ['control', 503],
  ] as const)('with the rule %s answers %s to what finds its queue full', (whenFull, answer) => {
    const full = one({ perSecond: 10, queue: 1, whenFull, challenges: false });
    expect([0, 0, 0].map((now) => statusOf(full.arrive(now, nobody, 600)))).toEqual([200, 200, answer]);
  });

  it('chooses a Retry-After between two, both included', () => {
    const values = [0, 0.5, 0.999].map((chance) => {
      const full = new Registrar(
        registrar({ perSecond: 1, queue: 0, whenFull: 'refuse', retryAfter: { least: 10, most: 12 } }),
        () => chance,
      );
      full.arrive(0, nobody, 600);
      const arrival = full.arrive(0, nobody, 600);
      return typeof arrival === 'string' ? arrival : firstHeader(arrival.response.headers, 'Retry-After');
    });
    expect(values).toEqual(['10', '11', '12']);
  });

  it('challenges, accepts the nonce, and calls it stale when it has expired (RFC 7616 §3.3)', () => {
    const strict = one({ nonceLifetimeMs: 5_000 });
    const challenge = strict.arrive(1_000, nobody, 600);
    expect(challenge).toMatchObject({ kind: 'challenged', nonce: 1 });
    expect(statusOf(strict.arrive(2_000, { nonce: 1, isRight: true }, 600))).toBe(200);
    expect(statusOf(strict.arrive(3_000, { nonce: 1, isRight: false }, 600))).toBe(401);
    const late = strict.arrive(7_000, { nonce: 1, isRight: true }, 600);
    expect(JSON.stringify(late)).toContain('stale=true');
  });

  it.each([
    ['silent', 'silence'],
    ['refused', 'refusal'],
    ['unavailable', 503],
  ] as const)('is %s in an outage: %s', (answer, wanted) => {
    const down = one({ outages: [outage(answer, 1_000, 1_000)], challenges: false });
    expect([999.5, 1_000, 1_999.9, 2_000].map((now) => statusOf(down.arrive(now, nobody, 600)))).toEqual([
      // The answer would leave when it has stopped.
      'silence',
      wanted,
      wanted,
      200,
    ]);
  });

  it('never answers what waits in its queue when it stops', () => {
    const slow = one({ perSecond: 1, challenges: false, outages: [outage('silent', 1_500, 1_000)] });
    expect(statusOf(slow.arrive(0, nobody, 600))).toBe(200);
    expect(statusOf(slow.arrive(0, nobody, 600))).toBe('silence');
    expect(slow.moment).toBe(2_500);
  });

  it('forgets nonces in a restart where it is said to', () => {
    const forgets = { bindings: false, nonces: true };
    const restarted = one({ outages: [{ ...outage('silent', 2_000, 500), forgets }] });
    expect(statusOf(restarted.arrive(3_000, { nonce: 1, isRight: true }, 600))).toBe(401);
  });

  it('asks its clients to leave out what was too much in the second before (RFC 7339 §4.3)', () => {
    const overloaded = one({ perSecond: 10, queue: 0, whenFull: 'control', challenges: false });
    for (let request = 0; request < 20; request += 1) overloaded.arrive(request, nobody, 600);
    const arrival = overloaded.arrive(1_500, nobody, 600);
    // 20 came and 9 are wanted: 55 % too much.
    expect(JSON.stringify(arrival)).toContain(';oc=55;');
  });
});
