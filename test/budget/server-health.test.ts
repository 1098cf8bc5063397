import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ServerHealth, type ServerHealthOptions } from '../../src/budget/server-health.js';
import { seededRandom } from '../../src/timing/random.js';
import { VirtualClock } from '../../src/timing/virtual-clock.js';

const A = 'sip:192.0.2.1:5060;transport=udp';
const B = 'sip:192.0.2.2:5060;transport=udp';
const HOUR = 3_600_000;

function healthOf(options: ServerHealthOptions & { random?: () => number } = {}) {
  const { random = () => 0, ...rest } = options;
  const clock = new VirtualClock();
  return { clock, health: new ServerHealth({ clock, random }, rest) };
}

function timeOut(health: ServerHealth, times: number, server = A): void {
  for (let count = 0; count < times; count += 1) health.noteTimeout(server);
}

describe('ServerHealth', () => {
  it('knows nothing against a server it has not heard of', () => {
    const { health } = healthOf();
    expect(health.isAvailable(A)).toBe(true);
    expect(health.admit(A)).toEqual({ admitted: true, isProbe: false });
    expect(health.explain(A)).toBeUndefined();
    health.noteResponse(A);
    health.releaseProbe(A);
    expect(health.size).toBe(0);
  });

  describe('503 (RFC 3261 §21.5.4)', () => {
    it('sends nothing to the server for as long as Retry-After says, and then one probe', () => {
      const { clock, health } = healthOf();
      health.noteUnavailable(A, 30_000);
      clock.advance(29_999);
      const quarantine = {
        state: 'quarantined',
        because: 'retryAfter',
        since: 0,
        notBefore: 30_000,
        until: 30_000,
        failures: 0,
        failedProbes: 0,
      };
      expect(health.admit(A)).toEqual({ admitted: false, quarantine, at: 30_000 });
      expect(health.explain(A)).toEqual(quarantine);
      clock.advance(1);
      expect(health.admit(A)).toEqual({ admitted: true, isProbe: true });
      expect(health.admit(A)).toMatchObject({ admitted: false, at: 94_000 });
      health.noteResponse(A);
      expect(health.admit(A)).toEqual({ admitted: true, isProbe: false });
    });

    it('reads one without Retry-After, or with nonsense, as a 500: other requests may go', () => {
      const { health } = healthOf();
      health.noteUnavailable(A, undefined);
      health.noteUnavailable(A, NaN);
      expect([health.isAvailable(A), health.size]).toEqual([true, 0]);
    });

    it('counts one without Retry-After as a word from the server between two timeouts', () => {
      const { health } = healthOf({ failures: 2 });
      health.noteTimeout(A);
      health.noteUnavailable(A, undefined);
      health.noteTimeout(A);
      expect(health.isAvailable(A)).toBe(true);
    });

    it('obeys at most an hour, so that a forged one does not silence a phone for ever', () => {
      const { clock, health } = healthOf({ random: () => 0.5 });
      health.noteUnavailable(A, 9_007_199_254_740_000);
      expect(health.earliest([A])).toBe(HOUR + 15_000);
      clock.advance(HOUR + 15_000);
      expect(health.isAvailable(A)).toBe(true);
    });

    it('spreads the return by up to 10 %, at most 30 s, and never returns early (RFC 3261 §20.33)', () => {
      const { health } = healthOf({ random: () => 0.999 });
      health.noteUnavailable(A, 10_000);
      health.noteUnavailable(B, 600_000);
      expect([health.earliest([A]), health.earliest([B])]).toEqual([10_999, 629_970]);
    });

    it('lets one probe at a time go at once after Retry-After: 0', () => {
      const { health } = healthOf();
      health.noteUnavailable(A, 0);
      health.noteUnavailable(B, -5);
      expect([A, B].map((server) => health.admit(server))).toEqual([
        { admitted: true, isProbe: true },
        { admitted: true, isProbe: true },
      ]);
      expect(health.available([A, B])).toEqual([]);
    });

    it('keeps to the longer of two times told, and to what was told after silence', () => {
      const { health } = healthOf({ failures: 1 });
      health.noteUnavailable(A, 60_000);
      health.noteUnavailable(A, 5_000);
      expect(health.earliest([A])).toBe(60_000);
      health.noteTimeout(B);
      health.noteUnavailable(B, 5_000);
      expect(health.earliest([B])).toBe(5_000);
      expect(health.explain(B)).toMatchObject({ because: 'retryAfter', failures: 1 });
    });

    it('forgets failures that came to nothing when a time is told', () => {
      const { health } = healthOf();
      health.noteTimeout(A);
      health.noteUnavailable(A, 5_000);
      expect(health.explain(A)).toMatchObject({ failures: 0 });
    });

    it('is not lifted before its time by a response to an earlier request', () => {
      const { clock, health } = healthOf();
      health.noteUnavailable(A, 10_000);
      health.noteResponse(A);
      expect(health.isAvailable(A)).toBe(false);
      clock.advance(10_000);
      health.noteResponse(A);
      expect(health.size).toBe(0);
    });

    it('is not made longer by requests from before that end without an answer', () => {
      const { health } = healthOf();
      health.noteUnavailable(A, 10_000);
      timeOut(health, 20);
      health.noteUnavailable(A, undefined);
      expect(health.explain(A)).toMatchObject({ until: 10_000, failures: 0 });
    });
  });

  describe('silence (RFC 7339 §5.9)', () => {
    it('stops after repeated timeouts or transport errors in a row', () => {
      const { health } = healthOf();
      health.noteTimeout(A);
      health.noteTransportError(A);
      expect(health.isAvailable(A)).toBe(true);
      health.noteResponse(A);
      timeOut(health, 2);
      expect(health.isAvailable(A)).toBe(true);
      health.noteTransportError(A);
      expect(health.admit(A)).toMatchObject({
        admitted: false,
        at: 15_000,
        quarantine: { because: 'transportError', failures: 3, failedProbes: 0 },
      });
    });

    it('resumes at once when the server answers anything', () => {
      const { health } = healthOf();
      timeOut(health, 3);
      health.noteResponse(A);
      expect(health.admit(A)).toEqual({ admitted: true, isProbe: false });
    });

    it('probes after a back-off that doubles with each failed probe, up to 5 minutes', () => {
      const { clock, health } = healthOf({ random: () => 1 - 2 ** -32 });
      timeOut(health, 3);
      const waits: number[] = [];
      for (let probe = 0; probe < 7; probe += 1) {
        const began = clock.now();
        const at = health.earliest([A]) ?? 0;
        waits.push(at - began);
        clock.advance(at - began);
        expect(health.admit(A)).toEqual({ admitted: true, isProbe: true });
        clock.advance(32_000);
        health.noteTimeout(A);
      }
      expect(waits).toEqual([30_000, 60_000, 120_000, 240_000, 300_000, 300_000, 300_000]);
      expect(health.explain(A)).toMatchObject({ failures: 10, failedProbes: 7 });
    });

    it('waits at least half of the back-off', () => {
      const { health } = healthOf({ random: () => 0, failures: 1 });
      health.noteTimeout(A);
      expect(health.earliest([A])).toBe(15_000);
    });

    it('quarantines longer when the probe is answered with a 503', () => {
      const { clock, health } = healthOf({ failures: 1, probeMs: 1_000 });
      timeOut(health, 1, A);
      timeOut(health, 1, B);
      clock.advance(15_000);
      expect([health.admit(A), health.admit(B)]).toMatchObject([{ isProbe: true }, { isProbe: true }]);
      health.noteUnavailable(A, undefined);
      health.noteUnavailable(B, 120_000);
      expect(health.explain(A)).toMatchObject({ because: 'unavailable', until: 45_000, notBefore: 15_000 });
      expect(health.explain(B)).toMatchObject({ because: 'retryAfter', until: 135_000, notBefore: 135_000 });
    });

    it('does not probe again while the probe may still be out, whatever else ends', () => {
      const { clock, health } = healthOf({ failures: 1 });
      health.noteTimeout(A);
      clock.advance(15_000);
      health.admit(A);
      health.noteTransportError(A);
      expect(health.earliest([A])).toBe(15_000 + 64_000);
    });

    it('gives up a probe that nobody reports on, and takes back one that was not sent', () => {
      const { clock, health } = healthOf({ failures: 1 });
      health.noteTimeout(A);
      clock.advance(15_000);
      health.admit(A);
      health.releaseProbe(A);
      expect(health.admit(A)).toEqual({ admitted: true, isProbe: true });
      clock.advance(63_999);
      expect(health.isAvailable(A)).toBe(false);
      clock.advance(1);
      expect(health.admit(A)).toEqual({ admitted: true, isProbe: true });
    });
  });

  it('names those that may be asked, in their order, and the moment of the earliest', () => {
    const { clock, health } = healthOf();
    clock.advance(1_000);
    health.noteUnavailable(A, 20_000);
    expect(health.available([A, B])).toEqual([B]);
    expect(health.earliest([A, B])).toBe(1_000);
    health.noteUnavailable(B, 10_000);
    expect(health.available([A, B])).toEqual([]);
    expect(health.earliest([A, B])).toBe(11_000);
    expect(health.earliest([])).toBeUndefined();
  });

  it.each([
    { failures: 0 },
    { maxToldMs: NaN },
    { baseSilentMs: -1 },
    { maxSilentMs: Infinity },
    { probeMs: -1 },
    { capacity: 0 },
  ])('tells the programmer that %j cannot be used', (options) => {
    expect(() => healthOf(options)).toThrow(expect.objectContaining({ code: 'badOptions' }));
  });

  const event = fc.oneof(
    { weight: 4, arbitrary: fc.constant('admit' as const) },
    { weight: 2, arbitrary: fc.constant('endProbe' as const) },
    fc.constantFrom('strayTimeout' as const, 'strayError' as const, 'told' as const, 'refused' as const),
  );
  const step = fc.record({
    wait: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 40_000 }), fc.integer({ min: 0, max: 400_000 })),
    event,
    told: fc.integer({ min: 0, max: 10_000_000 }),
    well: fc.integer({ min: 0, max: 4 }).map((one) => one === 0),
  });

  it('never lets two probes be out at once, goes in no sooner than told, and never shuts out for much over an hour', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80 }), fc.integer(), (steps, seed) => {
        const { clock, health } = healthOf({ random: seededRandom(seed) });
        // A probe ends by 32 s at the latest: timer F.
        let probeEnds: number | undefined;
        let notBefore = -Infinity;
        const endProbe = (well: boolean): void => {
          probeEnds = undefined;
          if (well) health.noteResponse(A);
          else health.noteTimeout(A);
        };
        for (const { wait, event: happens, told, well } of steps) {
          if (probeEnds !== undefined && clock.now() + wait >= probeEnds) {
            clock.advance(probeEnds - clock.now());
            endProbe(well);
          }
          clock.advance(wait);
          if (happens === 'admit') {
            const admission = health.admit(A);
            if (admission.admitted) expect(clock.now()).toBeGreaterThanOrEqual(notBefore);
            if (admission.admitted && admission.isProbe) {
              expect(probeEnds).toBeUndefined();
              probeEnds = clock.now() + 32_000;
            }
          } else if (happens === 'endProbe') {
            if (probeEnds !== undefined) endProbe(well);
          } else if (happens === 'told') {
            health.noteUnavailable(A, told);
            notBefore = Math.max(notBefore, clock.now() + Math.min(told, HOUR));
          } else if (happens === 'refused') health.noteUnavailable(A, undefined);
          else if (happens === 'strayTimeout') health.noteTimeout(A);
          else health.noteTransportError(A);
          expect(health.earliest([A])).toBeLessThanOrEqual(clock.now() + HOUR + 30_000);
          expect(health.earliest([A])).toBeGreaterThanOrEqual(clock.now());
          expect(health.isAvailable(A)).toBe(health.earliest([A]) === clock.now());
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('stays bounded under a million hostile servers, and forgets no quarantine in force', () => {
    const { clock, health } = healthOf();
    health.noteUnavailable(A, HOUR);
    for (let server = 0; server < 1_000_000; server += 1) {
      health.noteUnavailable(`sip:hostile-${server}`, HOUR);
      if (server % 1_000 === 0) clock.advance(1_000);
    }
    expect(health.size).toBeLessThanOrEqual(1_024);
    expect([health.isAvailable(A), health.isAvailable(B)]).toEqual([false, true]);
    clock.advance(HOUR + 300_000);
    health.noteUnavailable(B, HOUR);
    expect([health.isAvailable(A), health.isAvailable(B)]).toEqual([true, false]);
  });
});
