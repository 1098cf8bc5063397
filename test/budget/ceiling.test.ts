import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Ceiling, type CeilingKey } from '../../src/budget/ceiling.js';
import { VirtualClock } from '../../src/timing/virtual-clock.js';

const MINUTE = 60_000;

function keyOf(server: string, method = 'REGISTER'): CeilingKey {
  return { server, addressOfRecord: 'sip:alice@example.com', method };
}
const key = keyOf('sip:a');

function noteTimes(ceiling: Ceiling, times: number, of = key): void {
  for (let count = 0; count < times; count += 1) ceiling.note(of);
}

describe('Ceiling', () => {
  it('counts down to none, and says when the next may begin', () => {
    const clock = new VirtualClock({ now: 1_000 });
    const ceiling = new Ceiling(clock, { perMinute: 3 });
    expect([ceiling.left(key), ceiling.nextAt(key)]).toEqual([3, 1_000]);
    ceiling.note(key);
    clock.advance(10_000);
    noteTimes(ceiling, 2);
    expect([ceiling.left(key), ceiling.nextAt(key)]).toEqual([0, 61_000]);
  });

  it('gives back each transaction a minute after it began, not all at the turn of a minute', () => {
    const clock = new VirtualClock();
    const ceiling = new Ceiling(clock, { perMinute: 2 });
    ceiling.note(key);
    clock.advance(59_000);
    ceiling.note(key);
    clock.advance(999);
    expect(ceiling.left(key)).toBe(0);
    clock.advance(1);
    expect([ceiling.left(key), ceiling.nextAt(key)]).toEqual([1, MINUTE]);
    clock.advance(59_000);
    expect(ceiling.left(key)).toBe(2);
  });

  it('counts servers, addresses-of-record and methods apart, a server in any case as one', () => {
    const ceiling = new Ceiling(new VirtualClock(), { perMinute: 1 });
    ceiling.note(key);
    expect(ceiling.left(key)).toBe(0);
    expect(ceiling.left(keyOf('SIP:A'))).toBe(0);
    expect(ceiling.left(keyOf('sip:b'))).toBe(1);
    expect(ceiling.left(keyOf('sip:a', 'SUBSCRIBE'))).toBe(1);
    expect(ceiling.left({ ...key, addressOfRecord: 'sip:bob@example.com' })).toBe(1);
  });

  it('keeps to the last ones when more began than may', () => {
    const clock = new VirtualClock();
    const ceiling = new Ceiling(clock, { perMinute: 2 });
    ceiling.note(key);
    clock.advance(10_000);
    noteTimes(ceiling, 2);
    expect([ceiling.left(key), ceiling.nextAt(key)]).toEqual([0, 70_000]);
  });

  it('begins with an empty allowance after a restart', () => {
    const clock = new VirtualClock();
    const ceiling = new Ceiling(clock, { perMinute: 2, empty: true });
    expect([ceiling.left(key), ceiling.nextAt(key)]).toEqual([0, MINUTE]);
    clock.advance(MINUTE);
    expect([ceiling.left(key), ceiling.nextAt(key)]).toEqual([2, MINUTE]);
  });

  it.each([{ perMinute: 0 }, { perMinute: 1.5 }, { perMinute: NaN }, { perMinute: 1, capacity: 0 }])(
    'tells the programmer that %j cannot be used',
    (options) => {
      expect(() => new Ceiling(new VirtualClock(), options)).toThrow(/use a whole number from 1/);
    },
  );

  it('lets keys beyond the capacity share one allowance, until it is unused for a minute', () => {
    const clock = new VirtualClock();
    const ceiling = new Ceiling(clock, { perMinute: 2, capacity: 1 });
    ceiling.note(keyOf('a'));
    clock.advance(30_000);
    noteTimes(ceiling, 2, keyOf('b'));
    expect([ceiling.left(keyOf('a')), ceiling.left(keyOf('b')), ceiling.left(keyOf('c'))]).toEqual([1, 0, 0]);
    clock.advance(30_000);
    // The place of `a` is free, but what `b` began still stands in the shared allowance.
    expect(ceiling.left(keyOf('b'))).toBe(0);
    clock.advance(30_000);
    ceiling.note(keyOf('b'));
    expect([ceiling.left(keyOf('b')), ceiling.left(keyOf('c'))]).toEqual([1, 2]);
  });

  it('goes on counting a key in the shared allowance where a place becomes free', () => {
    const clock = new VirtualClock();
    const ceiling = new Ceiling(clock, { perMinute: 2, capacity: 1 });
    ceiling.note(keyOf('a'));
    clock.advance(30_000);
    ceiling.note(keyOf('b'));
    clock.advance(30_000);
    ceiling.note(keyOf('b'));
    expect([ceiling.left(keyOf('b')), ceiling.nextAt(keyOf('b'))]).toEqual([0, 90_000]);
  });

  const turn = fc.record({
    wait: fc.oneof(
      fc.constantFrom(0, 30_000, 60_000),
      fc.integer({ max: 2_000 }),
      fc.integer({ min: 0, max: 70_000 }),
      fc.double({ min: 0, max: 100, noNaN: true }),
    ),
    key: fc.constantFrom(...['a', 'b', 'c', 'd', 'e'].map((server) => keyOf(server))),
    tries: fc.integer({ min: 1, max: 8 }),
    untilNext: fc.boolean(),
  });

  it('never lets a minute hold more than it may, whatever the order of events and however little is remembered', () => {
    fc.assert(
      fc.property(
        fc.array(turn, { maxLength: 60 }),
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 1, max: 5 }),
        fc.double({ min: 0, max: 1e6, noNaN: true }),
        (turns, perMinute, capacity, now) => {
          const clock = new VirtualClock({ now });
          const ceiling = new Ceiling(clock, { perMinute, capacity });
          const begun = new Map<CeilingKey, number[]>();
          for (const one of turns) {
            clock.advance(Math.max(0, one.untilNext ? ceiling.nextAt(one.key) - clock.now() : one.wait));
            for (let count = 0; count < one.tries && ceiling.left(one.key) >= 1; count += 1) {
              expect(ceiling.nextAt(one.key)).toBe(clock.now());
              ceiling.note(one.key);
              begun.set(one.key, [...(begun.get(one.key) ?? []), clock.now()]);
            }
            if (ceiling.left(one.key) < 1) expect(ceiling.nextAt(one.key)).toBeGreaterThan(clock.now());
            expect(ceiling.size).toBeLessThanOrEqual(capacity);
          }
          for (const moments of begun.values()) {
            for (const start of moments) {
              const within = moments.filter((moment) => moment >= start && moment < start + MINUTE);
              expect(within.length).toBeLessThanOrEqual(perMinute);
            }
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  it('may always begin at the moment that it named (no loop of waits of nothing)', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1e9, noNaN: true }), fc.integer({ min: 1, max: 4 }), (now, perMinute) => {
        const clock = new VirtualClock({ now });
        const ceiling = new Ceiling(clock, { perMinute });
        noteTimes(ceiling, perMinute);
        clock.at(ceiling.nextAt(key), () => expect(ceiling.left(key)).toBe(perMinute));
        expect(clock.runAll(1)).toBe(1);
      }),
    );
  });

  it('stays bounded under a million hostile servers, and exact for the one that matters', () => {
    const clock = new VirtualClock();
    const ceiling = new Ceiling(clock, { perMinute: 30 });
    noteTimes(ceiling, 30);
    for (let server = 0; server < 1_000_000; server += 1) {
      ceiling.note(keyOf(`sip:hostile-${server}`));
      if (server % 50 === 0) clock.advance(1);
    }
    expect(ceiling.size).toBeLessThanOrEqual(4_096);
    expect(clock.now()).toBeLessThan(MINUTE);
    expect(ceiling.left(key)).toBe(0);
    clock.advance(MINUTE);
    expect(ceiling.left(key)).toBe(30);
  });
});
