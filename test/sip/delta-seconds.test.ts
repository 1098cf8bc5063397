import { describe, expect, it } from 'vitest';
import { MAX_DELTA_SECONDS, readDeltaSeconds } from '../../src/sip/delta-seconds.js';

describe('readDeltaSeconds', () => {
  it('reads digits (RFC 3261 §25.1), leading zeros and LWS round them too', () => {
    expect(readDeltaSeconds('3600')).toBe(3600);
    expect(readDeltaSeconds(' 007\t')).toBe(7);
    expect(readDeltaSeconds('0')).toBe(0);
  });

  it('saturates, so that the milliseconds are exact integers (#12)', () => {
    expect(readDeltaSeconds('949302838503028349304023988')).toBe(MAX_DELTA_SECONDS);
    expect(readDeltaSeconds('9'.repeat(1000))).toBe(MAX_DELTA_SECONDS);
    expect(Number.isSafeInteger(MAX_DELTA_SECONDS * 1000)).toBe(true);
    expect(Number.isSafeInteger((MAX_DELTA_SECONDS + 1) * 1000)).toBe(false);
  });

  it.each(['-5', '+5', '5.0', '1e3', 'abc', '', ' ', '0x10', '5 6', '٣'])('takes %j for malformed (#11)', (text) => {
    expect(readDeltaSeconds(text)).toBeUndefined();
  });
});
