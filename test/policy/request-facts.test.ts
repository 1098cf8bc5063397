import { describe, expect, it } from 'vitest';
import type { RequestFacts } from '../../src/policy/facts.js';
import { readRequestFacts } from '../../src/policy/request-facts.js';
import { readRequest } from './cases/case.js';
import { sent, sentInDialog } from './cases/message-text.js';

function factsIn(text: string): RequestFacts {
  return readRequestFacts(readRequest(text), {});
}

describe('readRequestFacts', () => {
  it('lets the client say that a dialog is there, or none', () => {
    const request = readRequest(sentInDialog('BYE sip:bob@example.com'));
    const facts = readRequestFacts(request, {});
    expect(readRequestFacts(request, { inDialog: true })).toEqual(facts);
    expect(readRequestFacts(request, { inDialog: false })).toEqual({ ...facts, inDialog: false });
    expect(readRequestFacts({ ...request }, {})).toEqual(facts);
  });

  it('reads a request that says everything', () => {
    const text = sentInDialog(
      'INVITE sips:bob@example.com',
      'Session-Expires: 1800;refresher=uac',
      'Min-SE: 90',
      'Require: 100rel',
      'Require: timer',
      'Proxy-Require: foo',
      'k: outbound',
      'Accept: application/SDP;level=1, text/html;q=0.5',
      'Content-Encoding: GZIP',
      'SIP-If-Match: x',
      'Geolocation: <cid:a>',
      'y: z',
      'Privacy: header',
      'Resource-Priority: dsn.flash, q735.0',
      'c: Text/Plain',
      '',
      'Grüße',
    );
    expect(factsIn(text)).toEqual({
      method: 'INVITE',
      uri: 'sips:bob@example.com',
      scheme: 'sips',
      inDialog: true,
      cseq: 314_159,
      expires: undefined,
      removal: false,
      query: false,
      sessionExpires: 1_800,
      minSe: 90,
      require: ['100rel', 'timer'],
      proxyRequire: ['foo'],
      supported: ['outbound'],
      accept: ['application/sdp', 'text/html'],
      bodyLength: 9,
      contentType: 'text/plain',
      contentEncoding: 'gzip',
      parts: [],
      maxForwards: 70,
      dialled: undefined,
      conditional: true,
      located: true,
      signed: true,
      anonymous: true,
      resourcePriority: ['dsn.flash', 'q735.0'],
      regId: false,
      push: false,
      sipUri: undefined,
    });
  });

  it('reads a request that says nothing', () => {
    const bare = readRequestFacts({ method: 'INVITE', uri: 'nonsense', headers: [], body: '' }, {});
    expect(bare).toMatchObject({ scheme: '', inDialog: false, cseq: 0, removal: false, bodyLength: 0 });
    expect(bare.maxForwards).toBeUndefined();
    expect(bare.contentType).toBeUndefined();
    expect(bare.anonymous).toBe(false);
  });

  it('believes the application about the dialog', () => {
    expect(readRequestFacts(readRequest(sent('INVITE')), { inDialog: true }).inDialog).toBe(true);
    expect(readRequestFacts(readRequest(sentInDialog('INVITE')), { inDialog: false }).inDialog).toBe(false);
  });

  it.each<[number | undefined, boolean, string[]]>([
    [600, false, ['Expires: 600']],
    [undefined, true, ['Expires: 0']],
    [undefined, false, ['Expires: soon']],
    [undefined, true, ['Contact: *', 'Expires: 0']],
    [60, false, ['Contact: <sip:a@h>;expires=60, <sip:b@h>', 'Expires: 600']],
    [600, false, ['Contact: <sip:a@h>;expires=0', 'Contact: <sip:b@h>', 'Expires: 600']],
    [undefined, true, ['Contact: <sip:a@h>;expires=0', 'Expires: 600']],
    [3_600, false, ['Contact: <sip:a@h>;expires=x']],
  ])('reads an interval of %s, removal %s, from %j (RFC 3261 §10.2.1.1, §10.2.2)', (expires, removal, rows) => {
    expect(factsIn(sent('REGISTER', ...rows))).toMatchObject({ expires, removal });
  });

  it.each<[boolean, string, string[]]>([
    [true, 'REGISTER', []],
    [false, 'REGISTER', ['Expires: 600']],
    [false, 'REGISTER', ['Contact: *', 'Expires: 0']],
    [false, 'REGISTER', ['m: <sip:a@h>']],
    [false, 'SUBSCRIBE', []],
  ])('takes for a question about the bindings: %s, a %s with %j (RFC 3261 §10.2.3)', (query, method, rows) => {
    const headers = rows.map((row) => row.split(': ') as [string, string]);
    expect(readRequestFacts({ method, uri: 'sip:example.com', headers, body: '' }, {}).query).toBe(query);
  });

  it('knows the parts of a body (RFC 5621 §4.1)', () => {
    const parts = [
      '--b',
      'Content-Type: Application/SDP',
      '',
      'v=0',
      '--b',
      '',
      'x',
      '--b',
      'Content-Type: odd',
      '',
      'y',
      '--b--',
    ];
    const text = sent('INVITE', 'Content-Type: multipart/mixed;boundary=b', '', ...parts);
    expect(factsIn(text).parts).toEqual(['application/sdp', 'text/plain', 'text/plain']);
  });

  it.each([
    ['sip:+1-212-555-1212:1234@gateway.com;user=phone', '+1-212-555-1212'],
    ['sip:1212@gateway.com', '1212'],
    ['sips:*21%23@h', '*21%23'],
    ['sip:0123;phone-context=a@h', '0123'],
    ['tel:+1(212)555.1212;isub=3', '+1(212)555.1212'],
    ['TEL:911', '911'],
    ['sip:alice@h', undefined],
    ['sip:abcd@h', undefined],
    ['sip:192.0.2.1', undefined],
    ['sip:192.0.2.1:5060;transport=tcp', undefined],
    ['sip:1234567', undefined],
    ['tel:', undefined],
    ['urn:service:sos', undefined],
  ])('reads from %s the number %s (RFC 3966 §3)', (uri, dialled) => {
    expect(factsIn(sent(`INVITE ${uri}`)).dialled).toBe(dialled);
  });

  it.each([
    ['Privacy: none', false],
    ['Privacy: session', false],
    ['Privacy: id;critical', true],
    ['Privacy: USER', true],
  ])('reads from "%s" that the caller hides: %s (RFC 3323 §4.2)', (row, anonymous) => {
    expect(factsIn(sent('INVITE', row)).anonymous).toBe(anonymous);
  });

  it('finds reg-id and push parameters in any contact (RFC 5626 §4.2, RFC 8599 §4.1)', () => {
    expect(factsIn(sent('REGISTER', 'Contact: <sip:a@h>', 'Contact: <sip:b@h>; reg-id = 1')).regId).toBe(true);
    expect(factsIn(sent('REGISTER', 'Contact: <sip:a@h;pn-provider=x>')).push).toBe(true);
    expect(factsIn(sent('REGISTER', 'Contact: <sip:reg-id@h>'))).toMatchObject({ regId: false, push: false });
  });

  it.each([
    ['<sips:alice@Example.COM:5061>', 'sip:911@Example.COM;user=phone'],
    ['<sip:alice@h>', 'sip:911@h;user=phone'],
    ['<tel:+49-30>', undefined],
    ['nobody', undefined],
  ])('writes a telephone number as a SIP URI of the domain of %s: %s (RFC 3261 §19.1.6)', (from, sipUri) => {
    const text = sent('INVITE tel:911').replace('Alice <sip:alice@example.com>', from);
    expect(factsIn(text).sipUri).toBe(sipUri);
  });

  it('writes no other URI so', () => {
    expect(factsIn(sent('INVITE mailto:911')).sipUri).toBeUndefined();
  });
});
