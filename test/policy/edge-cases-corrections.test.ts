// The odd situations, each under its number: intervals, extensions, bodies.
import { describe, expect, it } from 'vitest';
import { giveUp } from './cases/case.js';
import { digest, got, sdp, sent, sentInDialog } from './cases/message-text.js';
import { INVITE, badExtension, brief, decisionOn, on, reasonOf, small, unauthorized } from './on-answer.js';

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

  it('#41 treats a 423 to a question about the bindings as 400 (RFC 3261 §10.2.3)', () => {
    const query = sent('REGISTER').replace(/^Contact: .*\r\n/m, '');
    expect(decisionOn(query, brief('Min-Expires: 600'))).toMatchObject({ action: giveUp('refused'), rule: '423#5' });
    expect(decisionOn(query, brief('Min-Expires: 600'))).not.toHaveProperty('learned');
    expect(on(query, brief())).toEqual(giveUp('refused'));
    expect(on(sent('REGISTER'), brief('Min-Expires: 600'))).toMatchObject({ type: 'raiseInterval', seconds: 600 });
  });

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
