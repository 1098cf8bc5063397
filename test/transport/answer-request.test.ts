import { describe, expect, it } from 'vitest';
import type { Header, SipRequest } from '../../src/sip/message.js';
import { allHeaders, firstHeader } from '../../src/sip/header-list.js';
import { ALLOWED_METHODS, answerRequest, type IncomingPlace } from '../../src/transport/answer-request.js';

const nowhere: IncomingPlace = { inCall: false, inSubscription: false };
const inCall: IncomingPlace = {
  inCall: true,
  inSubscription: false,
  offer: { type: 'application/sdp', body: 'v=0ü\n' },
  contact: '<sip:alice@198.51.100.7>',
};

function incoming(method: string, more: readonly Header[] = [], toTag = ';tag=us', body = ''): SipRequest {
  return {
    method,
    uri: 'sip:alice@198.51.100.7',
    headers: [
      ['Via', 'SIP/2.0/UDP 192.0.2.9;branch=z9hG4bKtop'],
      ['Via', 'SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKbelow'],
      ['Record-Route', '<sip:192.0.2.9;lr>'],
      ['From', '<sip:bob@example.com>;tag=them'],
      ['To', `<sip:alice@example.com>${toTag}`],
      ['Call-ID', 'call-2'],
      ['CSeq', `7 ${method}`],
      ...more,
    ],
    body,
  };
}

describe('answerRequest', () => {
  it.each([
    ['BYE', nowhere, 481],
    ['BYE', inCall, 200],
    ['NOTIFY', nowhere, 481],
    ['NOTIFY', { ...nowhere, inSubscription: true }, 200],
    ['OPTIONS', nowhere, 200],
    ['INVITE', nowhere, 481],
    ['INVITE', inCall, 200],
    ['UPDATE', inCall, 200],
    ['CANCEL', inCall, 481],
    ['MESSAGE', nowhere, 481],
    ['MESSAGE', inCall, 405],
  ])('answers a %s with a To tag, %o, with %i (RFC 3261 §12.2.2)', (method, place, status) => {
    expect(answerRequest(incoming(method), place, 'token')?.status).toBe(status);
  });

  it('does not answer an ACK (RFC 3261 §17)', () => {
    expect(answerRequest(incoming('ACK'), inCall, 'token')).toBeUndefined();
    expect(answerRequest(incoming('ACK'), nowhere, 'token')).toBeUndefined();
  });

  it.each(['INVITE', 'MESSAGE', 'toString'])('takes no %s outside a dialog, and says what it takes', (method) => {
    const response = answerRequest(incoming(method, [], ''), nowhere, 'token');
    expect(response?.status).toBe(405);
    expect(firstHeader(response?.headers ?? [], 'Allow')).toBe(ALLOWED_METHODS);
  });

  it('copies Via, From, Call-ID and CSeq, and adds a tag to a To that has none (RFC 3261 §8.2.6.2)', () => {
    const request = incoming('OPTIONS', [], '');
    const headers = answerRequest(request, nowhere, 'token')?.headers ?? [];
    for (const name of ['Via', 'From', 'Call-ID', 'CSeq', 'Record-Route']) {
      expect(allHeaders(headers, name)).toEqual(allHeaders(request.headers, name));
    }
    expect(firstHeader(headers, 'To')).toBe('<sip:alice@example.com>;tag=token');
    const tagged = answerRequest(incoming('OPTIONS'), nowhere, 'token')?.headers ?? [];
    expect(firstHeader(tagged, 'To')).toBe('<sip:alice@example.com>;tag=us');
  });

  it('answers a re-INVITE with the body that stands, its length in octets (RFC 3261 §14.2, §20.14)', () => {
    const response = answerRequest(incoming('INVITE', [], ';tag=us', 'v=0\n'), inCall, 'token');
    expect(response?.body).toBe('v=0ü\n');
    expect(response?.headers).toEqual(
      expect.arrayContaining([
        ['Contact', '<sip:alice@198.51.100.7>'],
        ['Content-Type', 'application/sdp'],
        ['Content-Length', '6'],
      ]),
    );
  });

  it('refuses an offer where none was made: 488 (RFC 3261 §14.2)', () => {
    const place = { inCall: true, inSubscription: false };
    expect(answerRequest(incoming('INVITE', [], ';tag=us', 'v=0\n'), place, 'token')?.status).toBe(488);
  });

  it('answers an UPDATE without an offer with none (RFC 3311 §5.2)', () => {
    const response = answerRequest(incoming('UPDATE'), inCall, 'token');
    expect(response?.body).toBe('');
    expect(firstHeader(response?.headers ?? [], 'Content-Type')).toBeUndefined();
  });

  it.each([
    ['1800', '1800;refresher=uac', 'timer'],
    ['1800;refresher=uac', '1800;refresher=uac', 'timer'],
    ['1800;refresher=UAS', '1800;refresher=uas', undefined],
    ['nonsense', undefined, undefined],
  ])('answers Session-Expires: %s with %s, Require: %s (RFC 4028 §9)', (asked, answered, required) => {
    const headers = answerRequest(incoming('INVITE', [['Session-Expires', asked]]), inCall, 'token')?.headers ?? [];
    expect(firstHeader(headers, 'Session-Expires')).toBe(answered);
    expect(firstHeader(headers, 'Require')).toBe(required);
  });
});
