// When a registration is refreshed and tried again.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { probeAfterMs, refreshAfterMs, spreadMs } from '../../src/uac/registration-timing.js';

const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

describe('refreshAfterMs', () => {
  it.each([
    [60, 30, 45],
    [496, 248, 372],
    [600, 300, 476],
    [1240, 620, 1116],
    [3600, 1800, 3240],
    [86_400, 43_200, 77_760],
    [4_294_967_295, 43_200, 77_760],
  ])('refreshes %i s between %i and %i s', (granted, earliest, latest) => {
    expect(refreshAfterMs(granted, 0)).toBe(earliest * 1000);
    expect(refreshAfterMs(granted, 1)).toBe(latest * 1000);
  });

  it('leaves room for a refresh that fails: 124 s from 496 s on, a quarter below', () => {
    fc.assert(
      fc.property(fc.integer({ min: 14, max: 86_400 }), chance, (granted, random) => {
        const left = granted - refreshAfterMs(granted, random) / 1000;
        expect(left).toBeGreaterThanOrEqual(granted >= 496 ? 124 : granted / 4);
      }),
    );
  });

  it('leaves ten seconds between two requests, however little is granted', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 13 }), chance, (granted, random) => {
        expect(refreshAfterMs(granted, random)).toBe(10_000);
      }),
    );
  });
});

describe('probeAfterMs', () => {
  it.each([
    [1, 30, 60],
    [2, 60, 120],
    [3, 120, 240],
    [5, 480, 960],
    [6, 900, 1800],
    [2_000, 900, 1800],
  ])('waits after %i failures from %i to %i s (RFC 5626 §4.5)', (failures, least, most) => {
    expect(probeAfterMs(failures, 0, 0)).toBe(least * 1000);
    expect(probeAfterMs(failures, 0, 1)).toBe(most * 1000);
  });

  it('waits longer where the server asked for it, and never so long that it is no date', () => {
    expect(probeAfterMs(1, 3_600_000, 0.5)).toBe(3_600_000);
    expect(new Date(Date.UTC(2100, 0) + probeAfterMs(1, Number.MAX_SAFE_INTEGER, 0)).getTime()).not.toBeNaN();
  });
});

describe('spreadMs', () => {
  it('adds up to a tenth, at most 30 s, and never takes away', () => {
    expect([spreadMs(10_000, 0), spreadMs(10_000, 1), spreadMs(7_200_000, 1)]).toEqual([10_000, 11_000, 7_230_000]);
    expect(spreadMs(0, 1)).toBe(0);
  });
});
