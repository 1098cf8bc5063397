// The odd situations, each under its number: times and circles.
import { describe, expect, it } from 'vitest';
import { giveUp, otherServer, twoServers } from './cases/case.js';
import { got, sdp, sent, sentInDialog } from './cases/message-text.js';
import { INVITE, busy, decisionOn, delayOf, on, reasonOf, unavailable } from './on-answer.js';

describe('Retry-After', () => {
  it('#8 treats a 503 without it as 500, after the other servers (RFC 3261 §21.5.4, RFC 3263 §4.3)', () => {
    expect(on(INVITE, unavailable(), { client: twoServers })).toEqual(otherServer('failover'));
    expect(on(INVITE, unavailable())).toEqual(giveUp('unavailable'));
    expect(on(sent('OPTIONS'), unavailable())).toMatchObject({ type: 'wait', basis: 'backoff' });
  });

  it.each(['486 Busy Here', '480 Away', '404 Not Found', '600 Busy', '603 Decline'])(
    '#9 repeats nothing after %s without it (RFC 3261 §20.33)',
    (status) => {
      expect(on(INVITE, got(status), { client: { redial: true } }).type).toBe('giveUp');
    },
  );

  it('#9 shrinks the body after 413 without it (RFC 3261 §21.4.11)', () => {
    expect(on(sent('INVITE', ...sdp), got('413 Too Large')).type).toBe('shrinkBody');
  });

  it('#10 takes 0 for valid and waits a little all the same (RFC 5626 §4.2.1)', () => {
    expect(delayOf(on(sent('REGISTER'), unavailable('Retry-After: 0')))).toBe(1_000);
    expect(delayOf(on(sent('REGISTER'), unavailable('Retry-After: 0'), { random: 0.999 }))).toBeGreaterThan(1_000);
    expect(on(sent('REGISTER'), unavailable('Retry-After: 0'), { history: { attempts: 8 } })).toMatchObject({
      reason: 'attemptsExhausted',
    });
  });

  it.each(['-5', 'abc', ''])('#11 ignores a Retry-After of "%s" (RFC 3261 §20.33)', (value) => {
    expect(on(INVITE, busy(`Retry-After: ${value}`))).toEqual(giveUp('busy'));
  });

  it.each(['315360000', '949302838503028349304023988'])(
    '#12 reports a wait of %s seconds and never shortens it (RFC 4475 §3.1.2.5)',
    (seconds) => {
      const action = on(INVITE, busy(`Retry-After: ${seconds}`));
      expect(action).toMatchObject({ type: 'giveUp', reason: 'retryAfterTooLong' });
      expect(JSON.stringify(action)).toMatch(/"notBefore":(?:315360000000|9007199254740000)[,}]/);
    },
  );

  it('#13 counts a date from the Date of the response, or from now (RFC 2543 §6.32)', () => {
    const date = 'Retry-After: Thu, 01 Jan 2026 00:01:00 GMT';
    expect(delayOf(on(INVITE, busy(date, 'Date: Thu, 01 Jan 2026 00:00:00 GMT')))).toBe(60_000);
    expect(delayOf(on(INVITE, busy(date), { now: Date.UTC(2026, 0, 1, 0, 0, 30) }))).toBe(30_000);
    expect(delayOf(on(INVITE, busy(date), { now: Date.UTC(2027, 0, 1) }))).toBe(1_000);
    expect(on(INVITE, busy(date))).toEqual(giveUp('busy'));
  });

  it('#13 takes the year 9999 for never (RFC 2543 §6.32)', () => {
    const never = busy("Retry-After: Mon, 01 Jan 9999 00:00:00 GMT (Dear John: Don't call me back, ever)");
    expect(reasonOf(on(INVITE, never, { now: 0 }))).toBe('retryAfterTooLong');
  });

  it.each([
    "120 (I'm in a meeting)",
    '120 (a (nested) comment \\) with escapes);duration=60',
    '120\t; duration = 60 ;x=y',
    '120(no space)',
  ])('#14 reads 120 seconds from "%s" (RFC 3261 §20.33)', (value) => {
    expect(delayOf(on(INVITE, busy(`Retry-After: ${value}`)))).toBe(120_000);
  });

  it('#15 takes the largest of several (RFC 3261 §7.3.1)', () => {
    expect(delayOf(on(INVITE, busy('Retry-After: 5', 'Retry-After: 120, 60')))).toBe(120_000);
  });

  it.each(['403 Forbidden', '488 Not Acceptable Here', '606 Not Acceptable', '607 Unwanted', '408 Request Timeout'])(
    '#16 makes no retry of a %s that is none otherwise (RFC 3261 Table 3)',
    (status) => {
      expect(on(INVITE, got(status, 'Retry-After: 5'))).toMatchObject({ type: 'giveUp', detail: { notBefore: 5_000 } });
    },
  );

  it('#16 takes it for the least of a wait that there is otherwise (RFC 3261 §14.1)', () => {
    const glare = got('491 Request Pending', 'Retry-After: 3');
    const wait = on(sentInDialog('INVITE'), glare, { client: { ownsCallId: false }, random: 0.5 });
    expect(wait).toMatchObject({ basis: 'glare', delayMs: 3_150 });
    expect(delayOf(on(sent('REGISTER'), got('408 Request Timeout', 'Retry-After: 100')))).toBe(100_000);
    expect(delayOf(on(sent('REGISTER'), got('408 Request Timeout', 'Retry-After: 5')))).toBe(30_000);
  });

  it('#17 comes back while the called party is there (RFC 3261 §20.33)', () => {
    const wait = on(INVITE, busy('Retry-After: 200;duration=2'), { random: 0.999 });
    expect(delayOf(wait)).toBeGreaterThanOrEqual(200_000);
    expect(delayOf(wait)).toBeLessThanOrEqual(202_000);
  });
});

describe('circles, glare, order', () => {
  it.each(['482 Loop Detected', '483 Too Many Hops'])(
    '#63 stops at %s, whatever servers are left (RFC 3261 §21.4.20)',
    (status) => {
      expect(on(INVITE, got(status), { client: twoServers })).toEqual(giveUp('loopDetected'));
    },
  );

  it('#64 reports a 487 that nobody asked for (RFC 3261 §13.3.1)', () => {
    expect(on(INVITE, got('487 Request Terminated'))).toEqual(giveUp('noAnswer'));
  });

  it('#65 draws from both timers when it does not know who made the Call-ID (RFC 3261 §14.1)', () => {
    const pending = got('491 Request Pending');
    expect(delayOf(on(sentInDialog('INVITE'), pending, { random: 0 }))).toBe(0);
    expect(delayOf(on(sentInDialog('INVITE'), pending, { random: 0.9999 }))).toBe(4_000);
  });

  it('#66 ends a storm of 491 after five rounds and keeps the call (RFC 3261 §14.1)', () => {
    const waits = { retryAfter: 0, glare: 5, backoff: 0 };
    expect(decisionOn(sentInDialog('INVITE'), got('491 Request Pending'), { history: { waits } })).toMatchObject({
      action: { reason: 'attemptsExhausted', detail: { limit: 'maxGlareRounds', value: 5 } },
      impact: 'transaction',
      aftermath: 'none',
    });
  });

  it('#67 waits for an overlapping INVITE of the same dialog (RFC 3261 §14.2)', () => {
    const wait = on(sentInDialog('INVITE'), got('500 Server Internal Error', 'Retry-After: 7'));
    expect(wait).toEqual({ type: 'wait', delayMs: 7_000, basis: 'retryAfter', reorigination: 'retry' });
  });

  it('#68 jumps with the CSeq number once (RFC 3261 §12.2.2)', () => {
    const failure = got('500 Server Internal Error');
    expect(on(sentInDialog('INVITE'), failure)).toMatchObject({ type: 'wait', nextCSeq: 315_159 });
    const waits = { retryAfter: 0, glare: 0, backoff: 1 };
    expect(on(sentInDialog('INVITE'), failure, { history: { waits } })).toEqual(giveUp('unavailable'));
  });

  it('#76 registers on with the next CSeq number after a 500 (RFC 3261 §10.3 step 7)', () => {
    expect(on(sent('REGISTER'), got('500 Server Internal Error'))).toMatchObject({ type: 'wait', basis: 'backoff' });
  });
});
