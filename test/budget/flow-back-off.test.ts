import { describe, expect, it } from 'vitest';
import { flowBackOffMs } from '../../src/budget/flow-back-off.js';

const ALMOST_ONE = 1 - 2 ** -32;

describe('flowBackOffMs', () => {
  it('waits 30 to 60 s after the first failure when all flows failed (RFC 5626 §4.5)', () => {
    expect([flowBackOffMs(1, 0), flowBackOffMs(1, ALMOST_ONE)]).toEqual([30_000, 60_000]);
  });

  it('begins at 90 s where another flow works', () => {
    expect(flowBackOffMs(1, 0, { allFlowsFailed: false })).toBe(90_000);
    expect(flowBackOffMs(1, 0.5, { allFlowsFailed: false })).toBe(135_000);
  });

  it('takes 30·2³ = 240 s as the upper bound after three failures, the example of the RFC', () => {
    expect(flowBackOffMs(3, ALMOST_ONE)).toBe(240_000);
  });

  it('goes on for ever with 15 to 30 minutes', () => {
    for (const failures of [6, 7, 100, 5_000]) {
      expect([flowBackOffMs(failures, 0), flowBackOffMs(failures, ALMOST_ONE)]).toEqual([900_000, 1_800_000]);
    }
  });

  it('takes other times (§4.5: configurable)', () => {
    expect(flowBackOffMs(2, 0, { baseMs: 1_000 })).toBe(2_000);
    expect(flowBackOffMs(9, 0, { baseMs: 1_000, maxMs: 60_000 })).toBe(30_000);
  });
});
