// The dialog as the UAC sees it (RFC 3261 §12).
import { describe, expect, it } from 'vitest';
import { ackOfSuccess, dialogOf, requestIn } from '../../src/request/dialog.js';
import { allHeaders, firstHeader } from '../../src/sip/header-list.js';
import type { Header, SipRequest, SipResponse } from '../../src/sip/message.js';

const invite: SipRequest = {
  method: 'INVITE',
  uri: 'sip:bob@biloxi.example.com',
  headers: [
    ['Via', 'SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKnashds7'],
    ['From', 'Alice <sip:alice@example.com>;tag=76sl'],
    ['To', '<sip:bob@biloxi.example.com>'],
    ['Call-ID', '2xTb9vxSit55XU7p8@example.com'],
    ['CSeq', '2 INVITE'],
    ['Proxy-Authorization', 'Digest realm="a"'],
    ['authorization', 'Digest realm="b"'],
  ],
  body: '',
};

const answer = (status: number, ...headers: readonly Header[]): SipResponse => ({
  status,
  reason: '',
  headers: [['To', '<sip:bob@biloxi.example.com>;tag=314159'], ...headers],
  body: '',
});

const parts = { token: 'abc', via: 'SIP/2.0/TCP 192.0.2.1:5062' };

describe('dialogOf', () => {
  it('takes Call-ID, tags, remote target and the reversed route set of a 2xx (RFC 3261 §12.1.2)', () => {
    const dialog = dialogOf(
      invite,
      answer(
        200,
        ['m', 'Bob <sip:bob@192.0.2.4?Route=%3Csip:evil%3E>;q=1'],
        ['Record-Route', '<sip:ss2;lr>, <sip:ss1;lr>'],
      ),
    );
    expect(dialog).toEqual({
      callId: '2xTb9vxSit55XU7p8@example.com',
      local: 'Alice <sip:alice@example.com>;tag=76sl',
      remote: '<sip:bob@biloxi.example.com>;tag=314159',
      localCSeq: 2,
      remoteTarget: 'sip:bob@192.0.2.4',
      routeSet: ['<sip:ss1;lr>', '<sip:ss2;lr>'],
    });
  });

  it('is early with a provisional response that has a To tag, and none without one (RFC 3261 §12.1)', () => {
    expect(dialogOf(invite, answer(183))?.remote).toContain('tag=314159');
    expect(dialogOf(invite, { ...answer(200), headers: [] })).toBeUndefined();
    expect(dialogOf(invite, { ...answer(200), headers: [['To', '<sip:b@h>']] })).toBeUndefined();
    expect(dialogOf(invite, answer(100))).toBeUndefined();
    expect(dialogOf(invite, answer(486))).toBeUndefined();
  });

  it('falls back to the Request-URI where the 2xx has no Contact, and to nothing where the request lacks a header', () => {
    expect(dialogOf(invite, answer(200))?.remoteTarget).toBe('sip:bob@biloxi.example.com');
    expect(dialogOf({ ...invite, headers: [] }, answer(200))).toMatchObject({ callId: '', local: '', localCSeq: 0 });
  });
});

describe('requestIn', () => {
  const dialog = dialogOf(
    invite,
    answer(200, ['Contact', '<sip:bob@192.0.2.4>'], ['Record-Route', '<sip:p2;lr>, <sip:p1;lr>']),
  )!;

  it('counts the CSeq number and sends the route set in its order (RFC 3261 §12.2.1.1)', () => {
    const bye = requestIn(dialog, 'BYE', parts);
    expect(bye.dialog.localCSeq).toBe(3);
    expect(bye.request).toEqual({
      method: 'BYE',
      uri: 'sip:bob@192.0.2.4',
      headers: [
        ['Via', 'SIP/2.0/TCP 192.0.2.1:5062;branch=z9hG4bKabc'],
        ['Max-Forwards', '70'],
        ['Route', '<sip:p1;lr>'],
        ['Route', '<sip:p2;lr>'],
        ['From', 'Alice <sip:alice@example.com>;tag=76sl'],
        ['To', '<sip:bob@biloxi.example.com>;tag=314159'],
        ['Call-ID', '2xTb9vxSit55XU7p8@example.com'],
        ['CSeq', '3 BYE'],
        ['Content-Length', '0'],
      ],
      body: '',
    });
    expect(firstHeader(requestIn(bye.dialog, 'INFO', parts).request.headers, 'CSeq')).toBe('4 INFO');
  });

  it('puts a strict router into the Request-URI and the remote target last (RFC 3261 §12.2.1.1)', () => {
    const strict = { ...dialog, routeSet: ['<sip:old.example.com>', '<sip:p2;lr>'] };
    const { request } = requestIn(strict, 'BYE', parts);
    expect(request.uri).toBe('sip:old.example.com');
    expect(allHeaders(request.headers, 'Route')).toEqual(['<sip:p2;lr>', '<sip:bob@192.0.2.4>']);
  });

  it('goes straight to the remote target without a route set, with the header fields and body it is given', () => {
    const { request } = requestIn({ ...dialog, routeSet: [] }, 'INVITE', {
      ...parts,
      headers: [['Content-Type', 'text/plain']],
      body: 'grüß',
    });
    expect(allHeaders(request.headers, 'Route')).toEqual([]);
    expect(request.headers.slice(-2)).toEqual([
      ['Content-Type', 'text/plain'],
      ['Content-Length', '6'],
    ]);
    expect(request.body).toBe('grüß');
  });
});

describe('ackOfSuccess', () => {
  const dialog = dialogOf(invite, answer(200, ['Contact', '<sip:bob@192.0.2.4>']))!;

  it("has the INVITE's CSeq number and credentials and goes to the remote target (RFC 3261 §13.2.2.4)", () => {
    const ack = ackOfSuccess({ ...dialog, localCSeq: 9 }, invite, parts);
    expect(ack.uri).toBe('sip:bob@192.0.2.4');
    expect(firstHeader(ack.headers, 'CSeq')).toBe('2 ACK');
    expect(firstHeader(ack.headers, 'Proxy-Authorization')).toBe('Digest realm="a"');
    expect(firstHeader(ack.headers, 'Authorization')).toBe('Digest realm="b"');
  });

  it('carries what it is given besides, and counts from the dialog when the INVITE has no CSeq', () => {
    const ack = ackOfSuccess(dialog, { ...invite, headers: [] }, { ...parts, headers: [['Reason', 'SIP']] });
    expect(firstHeader(ack.headers, 'CSeq')).toBe('2 ACK');
    expect(firstHeader(ack.headers, 'Reason')).toBe('SIP');
  });
});
