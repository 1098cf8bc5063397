// The odd situations, each under its number: what is read, what is decided, and what is said.
import { describe, expect, it } from 'vitest';
import type { Action } from '../../src/policy/action.js';
import { decide, type Decision } from '../../src/policy/decide.js';
import { rfcPolicy } from '../../src/policy/table/index.js';
import { readMessage } from '../../src/sip/read-message.js';
import { type Exchange, factsOfCase, giveUp, otherServer, twoServers } from './cases/case.js';
import { digest, got, sdp, sent, sentInDialog } from './cases/message-text.js';

type Before = Omit<Exchange, 'sent' | 'got'>;

function decisionOn(request: string, answer: string, before: Before = {}): Decision {
  return decide(rfcPolicy, factsOfCase({ sent: request, got: answer, ...before }));
}

function on(request: string, answer: string, before: Before = {}): Action {
  return decisionOn(request, answer, before).action;
}

function delayOf(action: Action): number {
  return action.type === 'wait' ? action.delayMs : NaN;
}

/** The nonces that are answered. */
function noncesOf(action: Action): readonly (string | undefined)[] {
  return action.type === 'authenticate' ? action.challenges.map(({ nonce }) => nonce) : [];
}

function reasonOf(action: Action): string {
  return action.type === 'giveUp' ? action.reason : action.type;
}

const INVITE = sent('INVITE');
const busy = (...rows: readonly string[]) => got('486 Busy Here', ...rows);
const unauthorized = (...rows: readonly string[]) => got('401 Unauthorized', ...rows);
const brief = (...rows: readonly string[]) => got('423 Interval Too Brief', ...rows);
const small = (...rows: readonly string[]) => got('422 Session Interval Too Small', ...rows);
const badExtension = (...rows: readonly string[]) => got('420 Bad Extension', ...rows);
const moved = (...rows: readonly string[]) => got('302 Moved Temporarily', ...rows);
const unavailable = (...rows: readonly string[]) => got('503 Service Unavailable', ...rows);

const answered = (kind: 'user' | 'proxy', realm: string) => ({
  attempts: 2,
  answered: [{ kind, realm, nonces: ['n0'], rounds: 1, stale: 0, accepted: false }],
});

describe('what is no answer', () => {
  it.each(['99', '700', '4294967301'])('#1 drops a message with status %s (RFC 4475 §3.1.2.19)', (status) => {
    expect(readMessage(got(`${status} better not break the receiver`)).kind).not.toBe('response');
  });

  it('#4 drops a message with two Vias (RFC 3261 §8.1.3.3)', () => {
    expect(readMessage(got('401 Unauthorized', 'Via: SIP/2.0/UDP 255.255.255.255;branch=z9hG4bK1')).kind).toBe(
      'discarded',
    );
  });

  it('#5 drops a message with an impossible CSeq (RFC 4475 §3.1.2.5)', () => {
    expect(readMessage(got('503 Busy', 'CSeq: 9292394834772304023312 INVITE')).kind).toBe('discarded');
  });

  it('#6 drops a datagram that is shorter than it says (RFC 3261 §18.3)', () => {
    expect(readMessage(got('200 OK').replace('Content-Length: 0', 'Content-Length: 9')).kind).toBe('discarded');
  });
});

describe('codes and phrases', () => {
  it.each([
    [431, '4xx#2', 400],
    [409, '4xx#2', 400],
    [411, '4xx#2', 400],
    [418, '4xx#2', 400],
    [499, '4xx#2', 400],
    [599, '5xx#6', 500],
    [699, '6xx#2', 600],
  ])('#2 treats %i as the x00 of its class (RFC 3261 §8.1.3.2)', (status, rule, treatedAs) => {
    expect(decisionOn(INVITE, got(`${status} Odd`))).toMatchObject({ status, rule, treatedAs });
  });

  it.each(['', 'Prohibido aquí', 'Retry-After: 0', 'OK'])(
    '#3 never decides by the phrase "%s" (RFC 4475 §3.1.1.13)',
    (phrase) => {
      expect(on(INVITE, got(`403 ${phrase}`))).toEqual(giveUp('forbidden'));
    },
  );
});

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

describe('challenges', () => {
  it('#18 answers nothing where nothing is asked (RFC 3261 §22.2)', () => {
    expect(on(sent('REGISTER'), unauthorized(), { history: answered('user', 'a') })).toEqual(
      giveUp('malformedResponse'),
    );
  });

  it('#19 answers by the header field, not by the code (RFC 3261 Table 3)', () => {
    const action = on(INVITE, unauthorized(`Proxy-Authenticate: ${digest('a', 'n1')}`));
    expect(action).toMatchObject({ type: 'authenticate', challenges: [{ kind: 'proxy' }] });
  });

  it.each([
    'Basic realm="a"',
    'NTLM',
    'Digest realm="a", nonce="n1", algorithm=SHA3-256',
    'Digest realm="a", nonce="n1", qop="auth-conf"',
  ])('#20 cannot answer %s (RFC 8760 §2.4)', (challenge) => {
    expect(on(INVITE, unauthorized(`WWW-Authenticate: ${challenge}`))).toEqual(giveUp('noUsableChallenge'));
    expect(
      noncesOf(on(INVITE, unauthorized(`WWW-Authenticate: ${challenge}`, `WWW-Authenticate: ${digest('a', 'n2')}`))),
    ).toEqual(['n2']);
  });

  it.each(['Digest nonce="n1"', 'Digest realm="a"'])('#21 cannot answer %s (RFC 7616 §3.3)', (challenge) => {
    expect(on(INVITE, unauthorized(`WWW-Authenticate: ${challenge}`))).toEqual(giveUp('noUsableChallenge'));
  });

  it('#22 ignores a challenge that contradicts itself (RFC 3261 §7.3.1)', () => {
    const twice = (value: string) => unauthorized(`WWW-Authenticate: Digest realm="a", nonce="n1", nonce="${value}"`);
    expect(on(INVITE, twice('n2'))).toEqual(giveUp('noUsableChallenge'));
    expect(noncesOf(on(INVITE, twice('n1')))).toEqual(['n1']);
  });

  it.each(['""', '"  "'])('#23 cannot answer qop=%s (RFC 3261 §22.4)', (qop) => {
    const challenge = `WWW-Authenticate: Digest realm="a", nonce="n1", qop=${qop}`;
    expect(on(INVITE, unauthorized(challenge))).toEqual(giveUp('noUsableChallenge'));
  });

  it('#24 keeps the nonce as it was written (RFC 7616 §3.3)', () => {
    expect(noncesOf(on(INVITE, unauthorized('WWW-Authenticate: Digest realm="a", nonce="n\\"1"')))).toEqual(['n\\"1']);
  });

  it.each(['TRUE', 'True', '"true"'])('#25 knows stale=%s (RFC 7616 §3.3)', (stale) => {
    const again = unauthorized(`WWW-Authenticate: ${digest('a', 'n1', `, stale=${stale}`)}`);
    expect(noncesOf(on(INVITE, again, { history: answered('user', 'a') }))).toEqual(['n1']);
  });

  it('#26 takes stale=true for an ordinary challenge when nothing was sent (RFC 7616 §3.3)', () => {
    expect(noncesOf(on(INVITE, unauthorized(`WWW-Authenticate: ${digest('a', 'n1', ', stale=true')}`)))).toEqual([
      'n1',
    ]);
  });

  it('#27 stops at the second challenge of a realm with a new nonce (RFC 3261 §22.1)', () => {
    const action = on(INVITE, unauthorized(`WWW-Authenticate: ${digest('a', 'n1')}`), {
      history: answered('user', 'a'),
    });
    expect(action).toEqual(giveUp('credentialsRejected', { named: ['a'] }));
  });

  it('#28 answers another realm on the way (RFC 3665 §3.3)', () => {
    const next = unauthorized(`WWW-Authenticate: ${digest('b', 'n1')}`);
    expect(noncesOf(on(INVITE, next, { history: answered('user', 'a') }))).toEqual(['n1']);
  });

  it('#29 keeps one realm apart as user and as proxy (RFC 3261 §22.3)', () => {
    const both = unauthorized(`WWW-Authenticate: ${digest('a', 'n1')}`, `Proxy-Authenticate: ${digest('a', 'n2')}`);
    expect(noncesOf(on(INVITE, both))).toEqual(['n1', 'n2']);
    const other = unauthorized(`Proxy-Authenticate: ${digest('a', 'n2')}`);
    expect(noncesOf(on(INVITE, other, { history: answered('user', 'a') }))).toEqual(['n2']);
  });

  it('#30 answers no more than eight realms at once, and no endless row of them', () => {
    const rows = Array.from({ length: 12 }, (_, n) => `WWW-Authenticate: ${digest(`realm${n}`, `n${n}`)}`);
    expect(noncesOf(on(INVITE, unauthorized(...rows)))).toHaveLength(8);
    expect(on(INVITE, unauthorized(...rows), { history: { attempts: 8 } })).toMatchObject({
      reason: 'attemptsExhausted',
    });
  });
});

describe('ACK, CANCEL, BYE', () => {
  it('#31 never answers for an ACK (RFC 3261 §22.1)', () => {
    const action = on(sent('ACK'), got('407 Proxy Authentication Required', `Proxy-Authenticate: ${digest('a', 'n')}`));
    expect(reasonOf(action)).toBe('notRetriable');
  });

  it.each(['401 Unauthorized', '404 Not Found', '503 Service Unavailable'])(
    '#32 ignores %s to a CANCEL (RFC 3261 §9.1)',
    (status) => {
      const { action, impact } = decisionOn(
        sentInDialog('CANCEL'),
        got(status, `WWW-Authenticate: ${digest('a', 'n')}`),
      );
      expect([reasonOf(action), impact]).toEqual(['notRetriable', 'transaction']);
      expect(reasonOf(on(sent('CANCEL'), 'timeout'))).toBe('notRetriable');
    },
  );

  it('#35 sends a BYE again for a challenge only: the call is over (RFC 3261 §15.1.1)', () => {
    const bye = sentInDialog('BYE');
    expect(on(bye, unauthorized(`WWW-Authenticate: ${digest('a', 'n1')}`)).type).toBe('authenticate');
    expect(decisionOn(bye, unavailable('Retry-After: 5'))).toMatchObject({
      action: { type: 'giveUp', reason: 'usageEnded' },
      impact: 'usage',
      aftermath: 'none',
    });
  });

  it('#36 is content with a 481 to a BYE or a CANCEL (RFC 3261 §15.1.1, RFC 5057 §5.1 note 8)', () => {
    const gone = got('481 Call/Transaction Does Not Exist');
    expect(decisionOn(sentInDialog('BYE'), gone)).toMatchObject({ action: giveUp('usageEnded'), aftermath: 'none' });
    expect(decisionOn(sentInDialog('CANCEL'), gone)).toMatchObject({ impact: 'transaction', aftermath: 'none' });
  });
});

describe('intervals', () => {
  it('#37 guesses 3600 once for a 423 without Min-Expires (RFC 3261 §10.3)', () => {
    const request = sent('REGISTER', 'Expires: 600');
    expect(on(request, brief())).toEqual({ type: 'raiseInterval', header: 'Expires', seconds: 3_600 });
    expect(on(request, brief(), { history: { taken: { raiseInterval: 1 } } })).toEqual(giveUp('intervalRefused'));
    expect(on(sent('REGISTER', 'Expires: 3600'), brief())).toEqual(giveUp('intervalRefused'));
  });

  it('#38 takes a Min-Expires not above what was asked for as none (RFC 3261 §21.4.17)', () => {
    const request = sent('SUBSCRIBE', 'Expires: 600');
    expect(on(request, brief('Min-Expires: 600'))).toMatchObject({ seconds: 3_600 });
    expect(on(sent('SUBSCRIBE', 'Expires: 7200'), brief('Min-Expires: 7200'))).toEqual(giveUp('intervalRefused'));
  });

  it('#39 raises again only above the last request, and twice at most (RFC 3261 §10.2.8)', () => {
    const again = { history: { attempts: 2, taken: { raiseInterval: 1 } } };
    expect(on(sent('REGISTER', 'Expires: 3600'), brief('Min-Expires: 7200'), again)).toMatchObject({ seconds: 7_200 });
    expect(on(sent('REGISTER', 'Expires: 3600'), brief('Min-Expires: 3600'), again)).toEqual(giveUp('intervalRefused'));
    const third = { history: { attempts: 3, taken: { raiseInterval: 2 } } };
    expect(on(sent('REGISTER', 'Expires: 7200'), brief('Min-Expires: 7300'), third)).toMatchObject({
      reason: 'attemptsExhausted',
    });
  });

  it.each(['4294967296', '-1', 'NaN', '0x10'])('#40 takes a Min-Expires of %s as none (RFC 3261 §20.23)', (value) => {
    expect(on(sent('REGISTER', 'Expires: 60'), brief(`Min-Expires: ${value}`))).toMatchObject({ seconds: 3_600 });
  });

  it('#40 takes the largest of several (RFC 3261 §20.23)', () => {
    const several = brief('Min-Expires: 1800', 'Min-Expires: 7200');
    expect(on(sent('REGISTER', 'Expires: 60'), several)).toMatchObject({ seconds: 7_200 });
  });

  it.each(['INVITE', 'OPTIONS', 'REGISTER'])(
    '#41 treats a 423 to %s without an interval as 400 (RFC 3261 §10.3)',
    (method) => {
      expect(on(sent(method, 'Expires: 0'), brief('Min-Expires: 3600'))).toEqual(giveUp('refused'));
    },
  );

  it('#42 guesses 90, else 1800, else goes without, for a 422 without Min-SE (RFC 4028 §5)', () => {
    const raised = { history: { taken: { raiseInterval: 1 } } };
    expect(on(sent('INVITE', 'Session-Expires: 60'), small())).toMatchObject({ seconds: 90, minSe: 90 });
    expect(on(sent('INVITE', 'Session-Expires: 90'), small())).toMatchObject({ seconds: 1_800, minSe: 1_800 });
    expect(on(sent('INVITE', 'Session-Expires: 1800'), small(), raised)).toEqual({
      type: 'dropExtensions',
      tags: ['timer'],
    });
    expect(on(INVITE, small(), raised)).toEqual(giveUp('intervalRefused'));
  });

  it('#43 reads a Min-SE below 90 as 90 (RFC 4028 §5)', () => {
    expect(on(sent('INVITE', 'Session-Expires: 60'), small('Min-SE: 30'))).toMatchObject({ seconds: 90, minSe: 90 });
  });

  it('#44 copies a Min-SE not above Session-Expires once, then stops (RFC 4028 §7.3)', () => {
    const refused = small('Min-SE: 1800');
    expect(on(sent('INVITE', 'Session-Expires: 3600'), refused)).toMatchObject({ seconds: 3_600, minSe: 1_800 });
    const copied = sent('INVITE', 'Session-Expires: 3600', 'Min-SE: 1800');
    expect(on(copied, refused, { history: { taken: { raiseInterval: 1 }, largestMinSe: 1_800 } })).toEqual(
      giveUp('intervalRefused'),
    );
  });

  it('#45 adds Min-SE where no Session-Expires was sent (RFC 4028 §8.1)', () => {
    expect(on(INVITE, small('Min-SE: 600'))).toMatchObject({ type: 'raiseInterval', minSe: 600 });
  });

  it('#46 never descends with the Min-SE of a call (RFC 4028 §7.4)', () => {
    const request = sent('INVITE', 'Session-Expires: 4000', 'Min-SE: 4000');
    const before = { history: { taken: { raiseInterval: 1 }, largestMinSe: 4_000 } };
    expect(on(request, small('Min-SE: 3600'), before)).toEqual(giveUp('intervalRefused'));
  });
});

describe('extensions', () => {
  it('#47 drops what can be dropped for a 420 without Unsupported, once (RFC 3261 §8.1.3.5)', () => {
    const request = sent('INVITE', 'Require: 100rel, replaces', 'Proxy-Require: foo');
    expect(on(request, badExtension())).toEqual({ type: 'dropExtensions', tags: ['100rel', 'foo'] });
    expect(reasonOf(on(request, badExtension(), { history: { taken: { dropExtensions: 1 } } }))).toBe('cannotCorrect');
    expect(reasonOf(on(INVITE, badExtension()))).toBe('cannotCorrect');
  });

  it('#48 adds Path that a proxy needs, and cannot mend any other tag that was not sent (RFC 3327 §5.3)', () => {
    const client = { supported: ['path'] };
    expect(on(sent('REGISTER'), badExtension('Unsupported: path'), { client })).toMatchObject({
      type: 'addExtensions',
      header: 'Supported',
    });
    expect(on(sent('REGISTER'), badExtension('Unsupported: foo'), { client })).toEqual(
      giveUp('cannotCorrect', { named: ['foo'] }),
    );
  });

  it('#49 drops the tags that were sent and no others (RFC 3261 §8.1.3.5)', () => {
    const action = on(sent('INVITE', 'Require: 100rel'), badExtension('Unsupported: 100rel, foo'));
    expect(action).toEqual({ type: 'dropExtensions', tags: ['100rel'] });
  });

  it('#50 leaves out a tag that was only offered, once (RFC 3261 §21.4.15)', () => {
    const request = sent('INVITE', 'k: timer');
    expect(on(request, badExtension('Unsupported: timer'))).toEqual({ type: 'dropExtensions', tags: ['timer'] });
    expect(
      reasonOf(on(request, badExtension('Unsupported: timer'), { history: { taken: { dropExtensions: 1 } } })),
    ).toBe('cannotCorrect');
  });

  const required = (...tags: readonly string[]) => got('421 Extension Required', `Require: ${tags.join(', ')}`);

  it('#51 never says that it supports what it does not (RFC 3261 §8.1.1.9)', () => {
    expect(reasonOf(on(INVITE, required('foo')))).toBe('cannotCorrect');
  });

  it('#52 has nothing to add for a 421 without Require (RFC 3261 §21.4.16)', () => {
    expect(on(INVITE, got('421 Extension Required'), { client: { supported: ['foo'] } })).toEqual(
      giveUp('cannotCorrect'),
    );
  });

  it('#53 says it once, but requires the subscription of a REFER (RFC 7614 §6)', () => {
    expect(reasonOf(on(sent('INVITE', 'Supported: foo'), required('foo')))).toBe('cannotCorrect');
    expect(on(sent('REFER', 'Supported: nosub'), required('nosub'))).toMatchObject({ header: 'Require' });
  });

  it('#54 stops when the server refuses a tag and then requires it (RFC 3261 §21.4)', () => {
    const dropped = { droppedTags: ['foo', 'nosub'], taken: { dropExtensions: 1 } };
    expect(reasonOf(on(INVITE, required('foo'), { client: { supported: ['foo'] }, history: dropped }))).toBe(
      'cannotCorrect',
    );
    expect(reasonOf(on(sent('REFER', 'Supported: nosub'), required('nosub'), { history: dropped }))).toBe(
      'cannotCorrect',
    );
  });

  it.each(['Allow: INVITE', 'X: y'])('#55 does not trust a 405 with "%s" to an INVITE (RFC 3261 §20.5)', (row) => {
    expect(reasonOf(on(INVITE, got('405 Method Not Allowed', row)))).toBe('refused');
  });
});

describe('bodies', () => {
  const refused = (...rows: readonly string[]) => got('415 Unsupported Media Type', ...rows);

  it('#56 finds another way for a 415 that names nothing, or what was sent (RFC 5621 §4.2, §8.4)', () => {
    const parts = [
      'Content-Type: multipart/mixed;boundary=b',
      '',
      '--b',
      'Content-Type: application/sdp',
      '',
      'v=0',
      '--b--',
    ];
    expect(on(sent('INVITE', ...parts), refused())).toMatchObject({ type: 'changeContent', keepPart: 0 });
    const zipped = sent('INVITE', 'Content-Encoding: gzip', ...sdp);
    expect(on(zipped, refused('Accept: application/sdp'))).toMatchObject({ type: 'changeContent', encodings: [] });
    expect(on(sent('INVITE', ...sdp), refused('Accept: application/sdp'))).toEqual(giveUp('cannotCorrect'));
  });

  it.each(['415 Unsupported Media Type', '413 Too Large'])(
    '#57 treats %s to a request without body as 400 (RFC 3261 §21.4)',
    (status) => {
      expect(on(INVITE, got(status))).toEqual(giveUp('refused'));
    },
  );

  it('#58 honours a quality of 0 (RFC 3261 §20.1)', () => {
    const bodies = [{ type: 'text/html', length: 3 }];
    expect(
      on(sent('MESSAGE', 'c: text/plain', '', 'Hi'), refused('Accept: text/*;q=0, image/png'), { client: { bodies } }),
    ).toEqual(giveUp('cannotCorrect'));
  });

  it('#59 sends no body where none is acceptable, if the method makes sense without (RFC 3261 §20.1)', () => {
    expect(on(sent('INVITE', ...sdp), refused('Accept:'))).toEqual({ type: 'shrinkBody', omit: true });
    expect(on(sent('MESSAGE', 'c: text/plain', '', 'Hi'), refused('Accept:'))).toEqual(giveUp('cannotCorrect'));
  });

  it('#82 makes a PRACK without the offer, or with another, and answers for it (RFC 6337 §2.3)', () => {
    expect(on(sentInDialog('PRACK', ...sdp), got('488 Not Acceptable Here')).type).toBe('changeOffer');
    const challenge = unauthorized(`WWW-Authenticate: ${digest('a', 'n1')}`);
    expect(on(sentInDialog('PRACK'), challenge).type).toBe('authenticate');
  });
});

describe('security', () => {
  it.each(['sips:bob@example.com', 'sip:bob@example.com'])(
    '#60 changes no scheme of %s for a 416 (RFC 5630 §5.1.1)',
    (uri) => {
      expect(on(sent(`INVITE ${uri}`), got('416 Unsupported URI Scheme')).type).toBe('giveUp');
    },
  );

  it('#61 never leaves SIPS for warning 380 (RFC 5630 §5.1.1)', () => {
    const answer = got('480 Unavailable', 'Warning: 380 example.com "SIPS Not Allowed"', 'Retry-After: 5');
    expect(reasonOf(on(sent('INVITE sips:bob@example.com'), answer))).toBe('downgradeRefused');
  });

  it('#83 reveals nobody who has not agreed (RFC 5079 §4)', () => {
    const answer = got('433 Anonymity Disallowed');
    expect(on(sent('INVITE', 'Privacy: id'), answer).type).toBe('revealIdentity');
    expect(on(INVITE, answer)).toEqual(giveUp('refused'));
  });

  it('#86 stops at the second 494, and above all when the list has changed (RFC 3329 §2.3.1)', () => {
    const list = got('494 Security Agreement Required', 'Security-Server: tls;q=0.2');
    expect(on(INVITE, list, { history: { securityServer: ['tls;q=0.2'] } })).toEqual(giveUp('cannotCorrect'));
    expect(on(INVITE, list, { history: { securityServer: ['tls;q=0.9'] } })).toEqual(giveUp('downgradeRefused'));
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
      rule: '5xx#4',
      treatedAs: 500,
    });
  });
});

describe('subscriptions and dialogs', () => {
  it.each([404, 405, 410, 416, 480, 481, 482, 483, 484, 485, 489, 501, 604])(
    '#77 ends the subscription whose refresh draws %i (RFC 6665 §4.1.2.2)',
    (status) => {
      const decision = decisionOn(sentInDialog('SUBSCRIBE'), got(`${status} x`), {
        client: { servers: ['sip:a', 'sip:b'] },
      });
      expect(decision).toMatchObject({ action: { reason: 'usageEnded' }, aftermath: 'dropSubscription' });
    },
  );

  it.each([401, 407, 423, 500, 502, 503, 408])(
    '#78 keeps the subscription whose refresh draws %i (RFC 6665 §4.1.2.2)',
    (status) => {
      const answer = got(`${status} x`, `WWW-Authenticate: ${digest('a', 'n')}`, 'Min-Expires: 7200');
      const { action, impact } = decisionOn(sentInDialog('SUBSCRIBE', 'Expires: 600'), answer);
      expect(action.type).not.toBe('giveUp');
      expect(impact).toBe('transaction');
    },
  );

  it('#81 ignores a 481 to a PRACK (RFC 3262 §3)', () => {
    expect(decisionOn(sentInDialog('PRACK'), got('481 x'))).toMatchObject({ impact: 'transaction', aftermath: 'none' });
  });

  it('#88 follows no Contact of an answer that is no redirection (RFC 3261 §13.2.2.3)', () => {
    const answer = got('404 Not Found', 'Contact: <sip:evil@h>', 'Record-Route: <sip:evil.example;lr>');
    expect(on(INVITE, answer)).toEqual(giveUp('notFound'));
  });
});

describe('odd forms', () => {
  it('#87 reads compact names, odd case, folding and blanks (RFC 3261 §7.3.1)', () => {
    const folded = unauthorized(
      'wWw-AuthENTICATE : DIGEST\r\n  realm = "a" ,\r\n\tNonce="n1",QOP="AUTH,auth-int" , algorithm="md5"',
    );
    expect(noncesOf(on(INVITE, folded))).toEqual(['n1']);
    expect(on(INVITE, moved('m: Bob <sip:b@h>'))).toMatchObject({ type: 'tryOtherTarget', uri: 'sip:b@h' });
    expect(on(sent('SUBSCRIBE', 'EXPIRES:600'), brief('min-expires :\r\n 1800'))).toMatchObject({ seconds: 1_800 });
  });

  it('#89 decides on its own request where the answer names another call (RFC 3261 §17.1.3)', () => {
    const foreign = brief('Min-Expires: 1800')
      .replace(/Call-ID: .*/, 'Call-ID: other')
      .replace('alice', 'mallory');
    expect(on(sent('REGISTER', 'Expires: 600'), foreign)).toMatchObject({ type: 'raiseInterval', seconds: 1_800 });
  });
});
