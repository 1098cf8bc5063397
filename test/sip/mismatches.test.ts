import { describe, expect, it } from 'vitest';
import type { Header, SipRequest, SipResponse } from '../../src/sip/message.js';
import { mismatchesOf } from '../../src/sip/mismatches.js';

const headers: readonly Header[] = [
  ['Via', 'SIP/2.0/UDP pc33.atlanta.example:5060;branch=z9hG4bKa'],
  ['From', '<sip:alice@atlanta.example>;tag=1'],
  ['To', '<sip:bob@biloxi.example>;tag=2'],
  ['Call-ID', 'a84b4c'],
  ['CSeq', '7 INVITE'],
];
const request: SipRequest = { method: 'INVITE', uri: 'sip:bob@biloxi.example', headers, body: '' };
const answerWith = (name: string, value?: string): SipResponse => ({
  status: 486,
  reason: 'Busy Here',
  headers: headers.flatMap((row) => (row[0] === name ? (value === undefined ? [] : [[name, value] as const]) : [row])),
  body: '',
});

describe('mismatchesOf', () => {
  it.each([
    ['Via', 'SIP/2.0/UDP other.example;branch=z9hG4bKa', 'sent-by', 'other.example', 'pc33.atlanta.example:5060'],
    ['Via', 'SIP/2.0/UDP pc33.atlanta.example:5060;branch=z9hG4bKb', 'branch', 'z9hG4bKb', 'z9hG4bKa'],
    ['From', '<sip:alice@atlanta.example>;tag=9', 'From tag', '9', '1'],
    ['To', '<sip:bob@biloxi.example>;tag=9', 'To tag', '9', '2'],
    ['Call-ID', 'other', 'Call-ID', 'other', 'a84b4c'],
    ['CSeq', '8 INVITE', 'CSeq', '8 INVITE', '7 INVITE'],
  ])('names a %s that is another (RFC 3261 §17.1.3, §18.1.2)', (name, value, what, found, sent) => {
    expect(mismatchesOf(request, answerWith(name, value))).toEqual([
      `the ${what} of the response is ${found}, but ${sent} was sent`,
    ]);
  });

  it('finds none in an answer to the request, however its host is written', () => {
    const via = 'SIP/2.0/UDP PC33.atlanta.example:5060;branch=z9hG4bKa;received=192.0.2.1';
    expect(mismatchesOf(request, answerWith('Via', via))).toEqual([]);
  });

  it('says nothing of what is missing', () => {
    for (const name of ['Via', 'From', 'To', 'Call-ID', 'CSeq']) {
      expect(mismatchesOf(request, answerWith(name))).toEqual([]);
      expect(mismatchesOf({ ...request, headers: [] }, answerWith(name, headers[0]?.[1]))).toEqual([]);
    }
  });
});
