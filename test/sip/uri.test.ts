import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isSips, parseUri, sameUri, uriTest, userPart, withUser, writeUri } from '../../src/sip/uri.js';

describe('parseUri', () => {
  it('reads every part (RFC 3261 §19.1.1)', () => {
    expect(parseUri('SIP:alice;day=tue:secret@Example.COM:5070;transport=tcp;lr?subject=x%20y&to=z')).toEqual({
      scheme: 'sip',
      user: 'alice;day=tue',
      password: 'secret',
      host: 'Example.COM',
      port: 5070,
      params: [
        ['transport', 'tcp'],
        ['lr', undefined],
      ],
      headers: 'subject=x%20y&to=z',
    });
  });

  it('reads a URI with a host alone, and an IPv6 reference', () => {
    expect(parseUri('sips:example.com')).toEqual({ scheme: 'sips', host: 'example.com', params: [] });
    expect(parseUri('sip:a@[2001:db8::1]:5061')).toMatchObject({ user: 'a', host: '[2001:db8::1]', port: 5061 });
  });

  it('reads the semicolons and question marks of a user part as part of it (RFC 4475 §3.1.1.9)', () => {
    expect(parseUri('sip:user;par=u%40example.net?x@example.com')).toMatchObject({
      user: 'user;par=u%40example.net?x',
      host: 'example.com',
    });
  });

  it('takes the first "@" for the end of the userinfo, since none may follow unescaped', () => {
    expect(parseUri('sip:a@h;x=1?to=b@c')).toMatchObject({ user: 'a', host: 'h', headers: 'to=b@c' });
  });

  it('keeps what is behind the colon of another scheme', () => {
    expect(parseUri(' TEL:+1-212;ext=5 ')).toEqual({ scheme: 'tel', host: '+1-212;ext=5', params: [] });
  });

  it.each([
    'alice',
    '',
    ':a',
    '1a:b',
    'sip:',
    'sip:@h',
    'sip:a@',
    'sip:a@h:port',
    'sip:a@h:',
    'sip:a@h:123456',
    'sip:a@h h',
    'sip:a@[::1',
    '<sip:a@h>',
  ])('gives undefined for %j', (text) => {
    expect(parseUri(text)).toBeUndefined();
  });
});

describe('writeUri', () => {
  it.each([
    'sip:alice;day=tue:secret@Example.COM:5070;transport=tcp;lr?subject=x%20y&to=z',
    'sip:alice:@h',
    'sips:[2001:db8::1]',
    'tel:+1-212;ext=5',
    'sip:h?',
  ])('writes %s as it was read', (text) => {
    const uri = parseUri(text);
    expect(uri === undefined ? undefined : writeUri(uri)).toBe(text);
  });
});

describe('sameUri', () => {
  it.each([
    ['sip:%61lice@atlanta.com;transport=TCP', 'sip:alice@AtLanTa.CoM;Transport=tcp'],
    ['sip:carol@chicago.com', 'sip:carol@chicago.com;newparam=5'],
    ['sip:carol@chicago.com;security=on', 'sip:carol@chicago.com;newparam=5'],
    [
      'sip:biloxi.com;transport=tcp;method=REGISTER?to=sip:bob%40biloxi.com',
      'sip:biloxi.com;method=REGISTER;transport=tcp?to=sip:bob%40biloxi.com',
    ],
    [
      'sip:alice@atlanta.com?subject=project%20x&priority=urgent',
      'sip:alice@atlanta.com?priority=urgent&subject=project%20x',
    ],
    ['sip:a%3bb@h', 'sip:a%3Bb@h'],
    ['sip:a@h;lr', 'sip:a@h;LR'],
    ['TEL:+1', 'tel:+1'],
    ['no uri', ' no uri '],
  ])('holds for %s and %s (RFC 3261 §19.1.4)', (a, b) => {
    expect(sameUri(a, b)).toBe(true);
    expect(sameUri(b, a)).toBe(true);
  });

  it.each([
    ['SIP:ALICE@AtLanTa.CoM;Transport=udp', 'sip:alice@AtLanTa.CoM;Transport=UDP'],
    ['sip:bob@biloxi.com', 'sip:bob@biloxi.com:5060'],
    ['sip:bob@biloxi.com', 'sip:bob@biloxi.com;transport=udp'],
    ['sip:bob@biloxi.com', 'sip:bob@biloxi.com:6000;transport=tcp'],
    ['sip:carol@chicago.com', 'sip:carol@chicago.com?Subject=next%20meeting'],
    ['sip:bob@phone21.boxesbybob.com', 'sip:bob@192.0.2.4'],
    ['sip:carol@chicago.com;security=on', 'sip:carol@chicago.com;security=off'],
    ['sip:a@h', 'sips:a@h'],
    ['sip:a@h', 'sip:h'],
    ['sip:a:p@h', 'sip:a@h'],
    ['sip:a@h;maddr=x', 'sip:a@h'],
    ['sip:a@h;user=ip', 'sip:a@h'],
    ['sip:a;b@h', 'sip:a%3Bb@h'],
    ['sip:%C3%A9@h', 'sip:é@h'],
    ['tel:+1', 'tel:+2'],
    ['sip:', 'sip:a@h'],
  ])('does not hold for %s and %s (RFC 3261 §19.1.4)', (a, b) => {
    expect(sameUri(a, b)).toBe(false);
    expect(sameUri(b, a)).toBe(false);
  });
});

describe('uriTest', () => {
  it('compares one URI with many (RFC 3261 §19.1.4)', () => {
    const isSame = uriTest('sip:%61lice@atlanta.com;transport=TCP');
    const others = ['sip:alice@AtlanTa.CoM;Transport=tcp', 'sip:alice@atlanta.com', 'sip:bob@atlanta.com', 'no URI'];
    expect(others.map(isSame)).toEqual([true, false, false, false]);
  });
});

describe('isSips', () => {
  it('looks at the scheme alone, in any case (RFC 3261 §19.1.1)', () => {
    expect(['sips:a@h', 'SIPS:h'].map(isSips)).toEqual([true, true]);
    expect(['sip:sips:a@h', 'tel:+1', ' sips', ''].map(isSips)).toEqual([false, false, false, false]);
  });
});

describe('userPart', () => {
  it('gives the user part as written, or undefined', () => {
    expect(userPart('sip:+1%20555;ext=1:pw@h')).toBe('+1%20555;ext=1');
    expect(userPart('sip:h')).toBeUndefined();
    expect(userPart('nothing')).toBeUndefined();
  });
});

describe('withUser', () => {
  it('changes the user part and nothing else', () => {
    expect(withUser('SIP:123:pw@H:5060;user=phone?x=y', '1234')).toBe('SIP:1234:pw@H:5060;user=phone?x=y');
  });

  it('adds a user part where there is none', () => {
    expect(withUser('sip:h;lr', 'bob')).toBe('sip:bob@h;lr');
  });

  it('escapes what a user part may not hold, and no escape twice (RFC 3261 §19.1.2)', () => {
    expect(withUser('sip:1@h', '*69#@%23é:100%')).toBe('sip:*69%23%40%23%C3%A9%3A100%25@h');
  });

  it('leaves other schemes and what is no URI alone', () => {
    expect(withUser('tel:+1', '2')).toBe('tel:+1');
    expect(withUser('bob', '2')).toBe('bob');
  });

  it('writes only what a user part may hold, and reads it back, whatever it was given', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: 'binary' }), (user) => {
        const uri = withUser('sip:x@h', user);
        const written = userPart(uri) ?? '';
        expect(written).toMatch(/^(?:[A-Za-z0-9\-_.!~*'()&=+$,;?/]|%[0-9A-Fa-f]{2})+$/);
        expect(withUser(uri, written)).toBe(uri);
      }),
    );
  });
});
