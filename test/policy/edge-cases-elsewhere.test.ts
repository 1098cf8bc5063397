// The odd situations, each under its number: other servers and other targets.
import { describe, expect, it } from 'vitest';
import { giveUp, otherServer, twoServers } from './cases/case.js';
import { got, sent, sentInDialog } from './cases/message-text.js';
import { INVITE, decisionOn, delayOf, moved, on, reasonOf, unavailable } from './on-answer.js';

describe('servers and targets', () => {
  it('#69 never hammers the only server (RFC 3261 §21.5.4)', () => {
    expect(delayOf(on(sent('REGISTER'), unavailable('Retry-After: 60')))).toBe(60_000);
    expect(delayOf(on(sent('REGISTER'), unavailable()))).toBeGreaterThanOrEqual(30_000);
  });

  it('#70 lets no caller wait for an hour (RFC 3261 §20.33)', () => {
    expect(on(INVITE, unavailable('Retry-After: 3600'), { client: twoServers })).toEqual(otherServer('failover'));
    expect(on(INVITE, unavailable('Retry-After: 3600'))).toMatchObject({
      reason: 'retryAfterTooLong',
      detail: { notBefore: 3_600_000 },
    });
  });

  it.each([
    'X: y',
    'Contact: <sip:bob@example.com>',
    'Contact: *',
    'Contact: <mailto:bob@example.com>',
    'Contact: <sip:a@h>',
  ])('#71 goes nowhere for a 302 with "%s" (RFC 3261 §8.1.3.4)', (row) => {
    const before = { history: { targetsTried: ['sip:bob@example.com', 'sip:a@h'] } };
    expect(on(INVITE, moved(row), before)).toEqual(giveUp('noTargetLeft'));
  });

  it('#72 takes no orders from an address (RFC 3261 §19.1.5)', () => {
    expect(on(INVITE, moved('Contact: <sip:b@h?Route=%3Csip:evil.example%3E>'))).toMatchObject({ uri: 'sip:b@h' });
    expect(on(INVITE, moved('Contact: <sip:b@h;method=BYE>, <sip:c@h?Require=foo>'))).toEqual(giveUp('noTargetLeft'));
  });

  it('#73 stops everything at a 6xx (RFC 3261 §16.7 step 5)', () => {
    const before = { history: { targetsLeft: ['sip:b@h'] } };
    expect(on(INVITE, got('603 Decline'), before)).toEqual(giveUp('declined'));
    expect(on(INVITE, got('486 Busy Here'), before)).toMatchObject({ type: 'tryOtherTarget', uri: 'sip:b@h' });
  });

  it.each([
    ['INVITE', '503 Service Unavailable', 'Retry-After: 240'],
    ['INVITE', '503 Service Unavailable', 'Retry-After: 900'],
    ['INVITE', '486 Busy Here', 'Retry-After: 18000'],
    ['INVITE', '480 Temporarily Unavailable', 'Retry-After: 60'],
    ['INVITE', '500 Server Internal Error', 'Retry-After: 60'],
    ['MESSAGE', '413 Request Entity Too Large', 'Retry-After: 60'],
    ['REGISTER', '500 Server Internal Error', 'X: y'],
    ['OPTIONS', '503 Service Unavailable', 'X: y'],
    ['SUBSCRIBE', '504 Server Time-out', 'X: y'],
    ['SUBSCRIBE', '502 Bad Gateway', 'X: y'],
  ])('goes on to the next address for a %s that draws %s with "%s" (RFC 3261 §8.1.3.4)', (method, status, row) => {
    const before = { history: { targetsLeft: ['sip:b@h'] } };
    expect(on(sent(method), got(status, row), before)).toMatchObject({ type: 'tryOtherTarget', uri: 'sip:b@h' });
  });

  it.each(['SUBSCRIBE', 'OPTIONS', 'REGISTER', 'PUBLISH'])(
    'goes on to the next address for a %s that nobody answers, then waits (RFC 3261 §8.1.3.4)',
    (method) => {
      const before = { history: { targetsLeft: ['sip:b@h'] } };
      expect(on(sent(method), 'timeout', before)).toMatchObject({ type: 'tryOtherTarget', uri: 'sip:b@h' });
      expect(on(sent(method), 'timeout')).toMatchObject({ type: 'wait' });
    },
  );

  it('counts what is reattempted as no failure of an address (RFC 3261 §8.1.3.4)', () => {
    const before = { history: { targetsLeft: ['sip:b@h'] } };
    expect(on(sentInDialog('INVITE'), got('491 Request Pending'), before)).toMatchObject({ basis: 'glare' });
    expect(on(sentInDialog('INVITE'), got('500 Oops'), before)).toMatchObject({ type: 'wait', nextCSeq: 315_159 });
    expect(on(sent('REGISTER', 'Expires: 60'), got('423 Brief', 'Min-Expires: 600'), before)).toMatchObject({
      type: 'raiseInterval',
    });
    expect(on(sent('OPTIONS'), unavailable(), { ...before, client: twoServers })).toEqual(otherServer('failover'));
  });

  it('follows no Contact of a 380 (RFC 3261 §21.3.5)', () => {
    expect(on(INVITE, got('380 Alternative Service', 'Contact: <sip:b@h>'))).toEqual(giveUp('cannotCorrect'));
  });

  it('#74 takes a 408 from a proxy for a timeout (RFC 4320 §4.2)', () => {
    expect(reasonOf(on(sent('MESSAGE'), got('408 Request Timeout')))).toBe('outcomeUnknown');
  });

  it.each(['MESSAGE', 'INFO', 'REFER'])('#75 does not know whether a %s was carried out (RFC 4321 §1.1)', (method) => {
    expect(on(sent(method), 'timeout')).toEqual(giveUp('outcomeUnknown'));
  });

  it('#84 treats a 439 as 400 where no reg-id was sent (RFC 5626 §11.6)', () => {
    expect(on(sent('REGISTER'), got('439 First Hop Lacks Outbound Support'))).toEqual(giveUp('refused'));
  });

  it('#85 treats a 555 to anything but REGISTER as 500 (RFC 8599 §8.1)', () => {
    expect(decisionOn(sent('OPTIONS'), got('555 Push Not Supported'))).toMatchObject({
      rule: '5xx#7',
      treatedAs: 500,
    });
  });
});
