import { describe, expect, it } from 'vitest';
import { readSipDate } from '../../src/sip/sip-date.js';

describe('readSipDate', () => {
  it('reads the example of RFC 3261 §20.17', () => {
    expect(readSipDate(' Sat, 13 Nov 2010 23:29:00 GMT ')).toBe(Date.parse('2010-11-13T23:29:00Z'));
  });

  it('is generous with case, one-digit days and LWS', () => {
    expect(readSipDate('sat,  6 nov 2010  23:29:00 gmt')).toBe(Date.parse('2010-11-06T23:29:00Z'));
  });

  it.each([
    ['another zone than GMT (RFC 4475 §3.1.2.12)', 'Fri, 01 Jan 2010 16:00:00 EST'],
    ['an unknown month', 'Fri, 01 Foo 2010 16:00:00 GMT'],
    ['a day 0', 'Fri, 00 Jan 2010 16:00:00 GMT'],
    ['a day 32', 'Fri, 32 Jan 2010 16:00:00 GMT'],
    ['an hour 24', 'Fri, 01 Jan 2010 24:00:00 GMT'],
    ['a minute 60', 'Fri, 01 Jan 2010 16:60:00 GMT'],
    ['a second 61', 'Fri, 01 Jan 2010 16:00:61 GMT'],
    ['text behind it', 'Fri, 01 Jan 2010 16:00:00 GMT!'],
    ['nothing', ''],
  ])('takes %s for no date', (_, text) => {
    expect(readSipDate(text)).toBeUndefined();
  });
});
