// The ACK for a refusal and the CANCEL.
import { describe, expect, it } from 'vitest';
import { ackOf, cancelOf } from '../../src/request/ack-and-cancel.js';
import { SipRetryError } from '../../src/sip/sip-retry-error.js';
import type { SipResponse } from '../../src/sip/message.js';
import { invite, register, rows, sdp } from './messages.js';

const sent = invite(
  `v: SIP/2.0/UDP below;branch=z9hG4bKbelow
   Route: <sip:p1;lr>
   Route: <sip:p2;lr>
   Require: 100rel
   Proxy-Require: foo
   Supported: timer
   Accept-Contact: *;video
   Request-Disposition: no-fork
   Authorization: Digest realm="a"
   Proxy-Authorization: Digest realm="b"
   Content-Type: application/sdp`,
  { body: sdp },
);
const refusal = (status: number, headers = 'To: <sip:bob@biloxi.example>;tag=uas1'): SipResponse => ({
  status,
  reason: '',
  headers: rows(headers),
  body: 'sorry',
});
const badRequest = (call: () => unknown): void => {
  expect(call).toThrow(SipRetryError);
  expect(call).toThrow(expect.objectContaining({ code: 'badRequest' }));
};

describe('ackOf', () => {
  it('repeats branch, CSeq number, Route and credentials, with the To of the response (RFC 3261 §17.1.1.3, §22.1)', () => {
    expect(ackOf(sent, refusal(407))).toEqual({
      method: 'ACK',
      uri: 'sip:bob@biloxi.example',
      headers: rows(`
        Via: SIP/2.0/UDP pc33.atlanta.example;branch=z9hG4bKfirst
        Max-Forwards: 70
        From: "Alice" <sip:alice@atlanta.example>;tag=from1
        To: <sip:bob@biloxi.example>;tag=uas1
        Call-ID: call1@pc33.atlanta.example
        CSeq: 1 ACK
        Route: <sip:p1;lr>
        Route: <sip:p2;lr>
        Accept-Contact: *;video
        Request-Disposition: no-fork
        Authorization: Digest realm="a"
        Proxy-Authorization: Digest realm="b"
        Content-Length: 0`),
      body: '',
    });
  });

  it('takes the To of the request where the response has none', () => {
    expect(ackOf(sent, refusal(699, '')).headers).toContainEqual(['To', '<sip:bob@biloxi.example>']);
    expect(ackOf(sent, refusal(300, 't: <sip:x@h>;tag=2')).headers).toContainEqual(['To', '<sip:x@h>;tag=2']);
  });

  it('begins a Max-Forwards of its own', () => {
    const low = { ...sent, headers: rows('Max-Forwards: 1\nCSeq: 4 INVITE') };
    expect(ackOf(low, refusal(483)).headers).toEqual(
      rows('Max-Forwards: 70\nCSeq: 4 ACK\nTo: <sip:bob@biloxi.example>;tag=uas1\nContent-Length: 0'),
    );
  });

  it('refuses what no such ACK belongs to', () => {
    badRequest(() => ackOf(register(), refusal(401)));
    badRequest(() => ackOf(sent, refusal(200)));
    badRequest(() => ackOf(sent, refusal(299)));
  });
});

describe('cancelOf', () => {
  it('is identical in Request-URI, Call-ID, To, From and CSeq number, under the top Via alone (RFC 3261 §9.1)', () => {
    expect(cancelOf(sent)).toEqual({
      method: 'CANCEL',
      uri: 'sip:bob@biloxi.example',
      headers: rows(`
        Via: SIP/2.0/UDP pc33.atlanta.example;branch=z9hG4bKfirst
        Max-Forwards: 70
        From: "Alice" <sip:alice@atlanta.example>;tag=from1
        To: <sip:bob@biloxi.example>
        Call-ID: call1@pc33.atlanta.example
        CSeq: 1 CANCEL
        Route: <sip:p1;lr>
        Route: <sip:p2;lr>
        Accept-Contact: *;video
        Request-Disposition: no-fork
        Content-Length: 0`),
      body: '',
    });
  });

  it('takes the first of several Via values in one row', () => {
    const joined = { ...sent, headers: rows('Via: SIP/2.0/UDP a;branch=1, SIP/2.0/UDP b;branch=2') };
    expect(cancelOf(joined).headers).toEqual(
      rows('Via: SIP/2.0/UDP a;branch=1\nCSeq: 0 CANCEL\nMax-Forwards: 70\nContent-Length: 0'),
    );
    expect(cancelOf({ ...sent, headers: [] }).headers).toEqual(
      rows('CSeq: 0 CANCEL\nMax-Forwards: 70\nContent-Length: 0'),
    );
  });

  it('cancels nothing but an INVITE', () => {
    badRequest(() => cancelOf(register()));
    badRequest(() => cancelOf({ ...sent, method: 'ACK' }));
  });
});
