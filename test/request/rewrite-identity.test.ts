// What only the application can write, or a person allow.
import { describe, expect, it } from 'vitest';
import { corrections, invite, next, rows, sdp, values } from './messages.js';

describe('taking over header fields of the application', () => {
  const sign = (headers: string, more = '') => next(invite(more), { type: 'addIdentity' }, { headers: rows(headers) });

  it('replaces those of the same name, all rows of them', () => {
    const result = sign('y: one\nIdentity: two\nDate: today', 'Identity: old\nIdentity: older');
    expect(values(result.request, 'Identity')).toEqual(['one', 'two']);
    expect(values(result.request, 'Date')).toEqual(['today']);
    expect(corrections(result)).toEqual(['Identity', 'Date']);
    expect(result.progressed).toBe(true);
  });

  it('leaves the identity of the request and its credentials alone', () => {
    const result = sign(`Via: x
      CSeq: 99 BYE
      i: other
      t: <sip:x@y>
      Content-Length: 7
      Authorization: Digest x
      Proxy-Authorization: Digest y
      Identity: new`);
    expect(corrections(result)).toEqual(['Identity']);
    expect(values(result.request, 'CSeq')).toEqual(['2 INVITE']);
    expect(values(result.request, 'Content-Length')).toEqual(['0']);
    expect(values(result.request, 'Via')).toEqual(['SIP/2.0/UDP pc33.atlanta.example;branch=z9hG4bKtok2']);
  });

  it('does not progress without an Identity (RFC 8224 §6.2.2)', () => {
    expect(next(invite(), { type: 'addIdentity' }).progressed).toBe(false);
    expect(sign('Date: today').progressed).toBe(false);
    expect(sign('Identity: same', 'Identity: same').progressed).toBe(false);
  });

  it('does not progress without a Referred-By (RFC 3892 §5)', () => {
    const refer = (headers: string) => next(invite(), { type: 'addReferredBy' }, { headers: rows(headers) });
    expect(refer('b: <sip:r@h>;cid="1"')).toMatchObject({ progressed: true });
    expect(refer('Subject: x').progressed).toBe(false);
  });

  it('takes a location by reference or by value (RFC 6442 §4.3)', () => {
    const locate = (answer: object) => next(invite('Geolocation: <cid:1>'), { type: 'changeLocation' }, answer);
    expect(locate({ headers: rows('Geolocation: <https://h/2>') }).progressed).toBe(true);
    const body = { type: 'application/pidf+xml', content: '<x/>' };
    expect(locate({ body })).toMatchObject({ request: { body: '<x/>' }, progressed: true });
    expect(locate({}).progressed).toBe(false);
    expect(locate({ headers: rows('Geolocation: <cid:1>') }).progressed).toBe(false);
  });

  it('takes whatever is answered to a custom action', () => {
    const custom = { type: 'custom', name: 'mine' } as const;
    const result = next(invite('', { body: sdp }), custom, { headers: rows('Subject: x'), body: null });
    expect(corrections(result)).toEqual(['Subject', 'Body']);
    expect(next(invite(), custom)).toMatchObject({ progressed: true });
    expect(corrections(next(invite(), custom))).toEqual([]);
  });
});

describe('changing the priority (RFC 4412 §4.6.2)', () => {
  const change = (more: string, accept: readonly string[], headers = '') =>
    next(invite(more), { type: 'changePriority', accept }, headers === '' ? {} : { headers: rows(headers) });
  const priority = (more: string, accept: readonly string[], headers = '') =>
    values(change(more, accept, headers).request, 'Resource-Priority');

  it('takes the first listed value that was not sent', () => {
    expect(priority('Resource-Priority: dsn.flash, wps.3', ['wps.3', 'wps.1', 'wps.0'])).toEqual(['wps.1']);
    expect(change('Resource-Priority: dsn.flash', ['wps.1']).progressed).toBe(true);
  });

  it('prefers the value of the application', () => {
    expect(priority('Resource-Priority: dsn.flash', ['wps.1'], 'resource-priority: ets.0')).toEqual(['ets.0']);
    expect(priority('Resource-Priority: dsn.flash', ['wps.1'], 'Subject: x')).toEqual(['wps.1']);
  });

  it('does not progress when there is no other value', () => {
    expect(change('Resource-Priority: wps.1', ['wps.1']).progressed).toBe(false);
    expect(change('Resource-Priority: wps.1', []).progressed).toBe(false);
  });
});

describe('revealing the identity (RFC 5079 §4)', () => {
  const nobody = 'From: "Anonymous" <sip:anonymous@anonymous.invalid>;tag=from9';
  const reveal = (more: string, headers = '') => {
    const request = invite(more);
    const from = more.includes('From:') ? request.headers.filter((row) => !row[1].includes('from1')) : request.headers;
    return next(
      { ...request, headers: from },
      { type: 'revealIdentity' },
      headers === '' ? {} : { headers: rows(headers) },
    );
  };

  it('drops Privacy and what requires it', () => {
    const result = reveal('Privacy: id\nProxy-Require: privacy, foo');
    expect(values(result.request, 'Privacy')).toEqual([]);
    expect(values(result.request, 'Proxy-Require')).toEqual(['foo']);
    expect(values(result.request, 'From')).toEqual(['"Alice" <sip:alice@atlanta.example>;tag=from1']);
    expect(result.progressed).toBe(true);
  });

  it('names in From whom P-Preferred-Identity names, under the same tag', () => {
    const preferred = (identity: string) => reveal(`${nobody}\nPrivacy: user\nP-Preferred-Identity: ${identity}`);
    const named = preferred('"A" <sip:alice@atlanta.example>, <tel:+1212>');
    expect(values(named.request, 'From')).toEqual(['"A" <sip:alice@atlanta.example>;tag=from9']);
    expect(named.progressed).toBe(true);
    expect(values(preferred('sip:alice@h;user=phone').request, 'From')).toEqual(['<sip:alice@h;user=phone>;tag=from9']);
  });

  it('prefers the From of the application, under the same tag', () => {
    const result = reveal(`${nobody}\nP-Preferred-Identity: <sip:a@h>`, 'f: <sip:b@h>;tag=other');
    expect(values(result.request, 'From')).toEqual(['<sip:b@h>;tag=from9']);
    expect(result.progressed).toBe(true);
    const untagged = {
      ...invite(),
      headers: rows('From: <sip:anonymous@anonymous.invalid>\nP-Preferred-Identity: sip:a@h'),
    };
    expect(values(next(untagged, { type: 'revealIdentity' }).request, 'From')).toEqual(['<sip:a@h>']);
  });

  it('takes a From where there was none', () => {
    const without = { ...invite(), headers: rows('Privacy: id') };
    const named = next(without, { type: 'revealIdentity' }, { headers: rows('From: <sip:b@h>') });
    expect(values(named.request, 'From')).toEqual(['<sip:b@h>']);
  });

  it('does not progress while From names nobody, or when nothing was hidden', () => {
    expect(reveal(`${nobody}\nPrivacy: id`).progressed).toBe(false);
    expect(reveal('').progressed).toBe(false);
    const without = { ...invite(), headers: rows('Privacy: id') };
    expect(next(without, { type: 'revealIdentity' })).toMatchObject({ progressed: true });
  });
});

describe('raising Max-Forwards (RFC 3261 §20.22)', () => {
  const raise = (value: number, maxForwards: string) => {
    const headers = rows(maxForwards);
    return next({ ...invite(), headers }, { type: 'raiseMaxForwards', value });
  };

  it('raises it, or adds it', () => {
    expect(values(raise(70, 'Max-Forwards: 5').request, 'Max-Forwards')).toEqual(['70']);
    expect(values(raise(70, 'Max-Forwards: few').request, 'Max-Forwards')).toEqual(['70']);
    expect(raise(70, '')).toMatchObject({ progressed: true });
  });

  it('never lowers it', () => {
    expect(values(raise(70, 'Max-Forwards: 80').request, 'Max-Forwards')).toEqual(['80']);
    expect(raise(70, 'Max-Forwards: 70').progressed).toBe(false);
  });
});
