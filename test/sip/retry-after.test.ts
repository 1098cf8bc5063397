import { describe, expect, it } from 'vitest';
import { MAX_DELTA_SECONDS } from '../../src/sip/delta-seconds.js';
import { readRetryAfter } from '../../src/sip/retry-after.js';

const read = (...values: string[]) => readRetryAfter(values, {});

describe('readRetryAfter', () => {
  it('reads the examples of RFC 3261 §20.33', () => {
    expect(read('18000;duration=3600')).toEqual({ seconds: 18_000, durationSeconds: 3600 });
    expect(read("120 (I'm in a meeting)")).toEqual({ seconds: 120, comment: "I'm in a meeting" });
  });

  it('reads a Retry-After of 0 as valid (RFC 5626 §4.2.1) (#10)', () => {
    expect(read('0')).toEqual({ seconds: 0 });
  });

  it.each(['-5', 'abc', '', '12abc', '120.5', '120 seconds', '1(2)3', '(only a comment)', ';duration=5'])(
    'takes %j for malformed, as if it were absent (#11)',
    (value) => {
      expect(read(value)).toBeUndefined();
    },
  );

  it('saturates a number of 27 digits and never shortens it to something soon (RFC 4475 §3.1.2.5) (#12)', () => {
    expect(read('949302838503028349304023988')).toEqual({ seconds: MAX_DELTA_SECONDS });
  });

  describe('given a SIP-date (RFC 2543 §6.32) (#13)', () => {
    const value = 'Sat, 13 Nov 2010 23:29:00 GMT';

    it('counts from the Date of the response where there is one', () => {
      const dates = { date: 'Sat, 13 Nov 2010 23:28:00 GMT', now: 0 };
      expect(readRetryAfter([value], dates)).toEqual({ seconds: 60 });
    });

    it('counts from now where there is no Date or an invalid one, and rounds up so as not to be early', () => {
      const now = Date.parse('2010-11-13T23:28:29.500Z');
      expect(readRetryAfter([value], { now })).toEqual({ seconds: 31 });
      expect(readRetryAfter([value], { now, date: 'yesterday' })).toEqual({ seconds: 31 });
    });

    it('floors a date that has passed at 0', () => {
      expect(readRetryAfter([value], { now: Date.parse('2020-01-01') })).toEqual({ seconds: 0 });
    });

    it('is malformed where there is nothing to count from', () => {
      expect(read(value)).toBeUndefined();
    });

    it('takes the year 9999 for never, with a comment that has a comma', () => {
      const never = "Mon, 01 Jan 9999 00:00:00 GMT (Dear John: Don't call me back, ever)";
      expect(readRetryAfter([never], { now: 0 })).toEqual({
        seconds: MAX_DELTA_SECONDS,
        comment: "Dear John: Don't call me back, ever",
      });
    });
  });

  describe('given comments and parameters (#14)', () => {
    it('passes over nested comments, quoted-pairs, LWS and unknown parameters', () => {
      expect(read('  120 \t(a (nested \\) one), and ;more) ; x="1;2" ;duration = 60 (odd); y')).toEqual({
        seconds: 120,
        durationSeconds: 60,
        comment: 'a (nested ) one), and ;more',
      });
    });

    it('takes the first of two comments, and one that is never closed to its end', () => {
      expect(read('5 (a) (b)')).toEqual({ seconds: 5, comment: 'a' });
      expect(read('5 (a (b')).toEqual({ seconds: 5, comment: 'a (b' });
    });

    it('ignores a malformed duration', () => {
      expect(read('5;duration=soon')).toEqual({ seconds: 5 });
    });
  });

  describe('given several values, although the header field is no list (#15)', () => {
    it('takes the largest valid one of several rows', () => {
      expect(read('5', '60;duration=1', 'abc', '30')).toEqual({ seconds: 60, durationSeconds: 1 });
    });

    it('takes the largest valid one of a comma list, dates included', () => {
      const now = Date.parse('2010-11-13T23:28:00Z');
      const list = '5, Sat, 13 Nov 2010 23:29:00 GMT (x), -7, 30';
      expect(readRetryAfter([list], { now })).toEqual({ seconds: 60, comment: 'x' });
    });

    it('gives undefined for no value at all', () => {
      expect(read()).toBeUndefined();
    });
  });
});
