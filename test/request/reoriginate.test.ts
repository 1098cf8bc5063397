// The identity of the next request.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isIdenticalCopy, reoriginate, type Reorigination } from '../../src/request/reoriginate.js';
import type { SipRequest } from '../../src/sip/message.js';
import { invite, materials, register, values } from './messages.js';

const request = invite();
const inDialog: SipRequest = {
  ...request,
  headers: request.headers.map((row) => (row[0] === 'To' ? ['To', `${row[1]};tag=to1`] : row)),
};
const withCSeq = (cseq: string): SipRequest => ({
  ...request,
  headers: request.headers.map((row) => (row[0] === 'CSeq' ? ['CSeq', cseq] : row)),
});
const renewed = (kind: Reorigination, from = request, more = {}, least?: number): SipRequest => {
  const next = reoriginate(from, kind, { ...materials, ...more }, least);
  if (next === undefined) throw new Error('nothing left');
  return next;
};
const identity = (one: SipRequest): readonly (readonly string[])[] =>
  ['Via', 'CSeq', 'Call-ID', 'From', 'To'].map((name) => values(one, name));

const branched = ['SIP/2.0/UDP pc33.atlanta.example;branch=z9hG4bKtok2'];
const same = [
  ['call1@pc33.atlanta.example'],
  ['"Alice" <sip:alice@atlanta.example>;tag=from1'],
  ['<sip:bob@biloxi.example>'],
];

describe('reoriginate', () => {
  it('retries with a new branch and the next CSeq; Call-ID, From and To stay (RFC 3261 §8.1.3.5)', () => {
    expect(identity(renewed('retry'))).toEqual([branched, ['2 INVITE'], ...same]);
    expect(identity(renewed('recurse'))).toEqual([branched, ['2 INVITE'], ...same]);
    expect(values(renewed('retry', inDialog), 'To')).toEqual(['<sip:bob@biloxi.example>;tag=to1']);
  });

  it('fails over with a new branch alone (RFC 3263 §4.3)', () => {
    expect(identity(renewed('failover', request, { nextCSeq: 9 }, 12))).toEqual([branched, ['1 INVITE'], ...same]);
    expect(isIdenticalCopy(request, 'failover')).toBe(true);
  });

  it('gives a REGISTER the next CSeq even for another server (RFC 3261 §10.2)', () => {
    expect(values(renewed('failover', register()), 'CSeq')).toEqual(['8 REGISTER']);
    expect(isIdenticalCopy(register(), 'failover')).toBe(false);
    expect(isIdenticalCopy(request, 'retry')).toBe(false);
    expect(isIdenticalCopy(request, undefined)).toBe(false);
  });

  it('begins afresh with a new Call-ID and From tag, and no To tag (RFC 3261 §8.1.1)', () => {
    expect(identity(renewed('fresh', inDialog))).toEqual([
      branched,
      ['2 INVITE'],
      ['tok2@pc33.atlanta.example'],
      ['"Alice" <sip:alice@atlanta.example>;tag=tok2'],
      ['<sip:bob@biloxi.example>'],
    ]);
    const bare = { ...request, headers: [['i', 'no-host'] as const] };
    expect(values(renewed('fresh', bare), 'Call-ID')).toEqual(['tok2']);
  });

  it('never goes back in CSeq numbers, whoever names the next one', () => {
    expect(values(renewed('retry', request, { nextCSeq: 40 }), 'CSeq')).toEqual(['40 INVITE']);
    expect(values(renewed('retry', withCSeq('50 INVITE'), { nextCSeq: 40 }), 'CSeq')).toEqual(['51 INVITE']);
    expect(values(renewed('retry', request, { nextCSeq: 40 }, 1001), 'CSeq')).toEqual(['1001 INVITE']);
    expect(values(renewed('retry', request, { nextCSeq: 2000 }, 1001), 'CSeq')).toEqual(['2000 INVITE']);
  });

  it('keeps the CSeq number below 2**31 (RFC 3261 §8.1.1.5)', () => {
    expect(values(renewed('retry', withCSeq('2147483646 INVITE')), 'CSeq')).toEqual(['2147483647 INVITE']);
    expect(reoriginate(withCSeq('2147483647 INVITE'), 'retry', materials)).toBeUndefined();
    expect(reoriginate(request, 'retry', { ...materials, nextCSeq: NaN })).toBeUndefined();
    expect(reoriginate(request, 'retry', materials, 2 ** 31)).toBeUndefined();
  });

  it('lets it grow to 32 bits in a dialog, and never wraps it (RFC 3261 §12.2.1.1, erratum 3102)', () => {
    const withTag = (request: SipRequest): SipRequest => ({
      ...request,
      headers: request.headers.map((row) => (row[0] === 'To' ? ['To', `${row[1]};tag=to1`] : row)),
    });
    expect(values(renewed('retry', withTag(withCSeq('2147483647 INFO'))), 'CSeq')).toEqual(['2147483648 INFO']);
    expect(values(renewed('retry', withTag(withCSeq('4294967294 INFO'))), 'CSeq')).toEqual(['4294967295 INFO']);
    expect(reoriginate(withTag(withCSeq('4294967295 INFO')), 'retry', materials)).toBeUndefined();
    const withoutTo = { ...withCSeq('2147483647 INFO'), headers: [['CSeq', '2147483647 INFO']] as const };
    expect(reoriginate(withoutTo, 'retry', materials)).toBeUndefined();
  });

  it('wants a token that can stand in a branch (RFC 3261 §8.1.1.7)', () => {
    for (const token of ['', 'A b', 'a;b', 'a\r\nb', undefined]) {
      const renew = (): unknown => Reflect.apply(reoriginate, undefined, [request, 'retry', { token }]);
      expect(renew).toThrow(/^materials\.token must be/);
      expect(renew).toThrow(expect.objectContaining({ code: 'badOptions' }));
    }
  });

  it('keeps the method that the CSeq names', () => {
    expect(values(renewed('retry', withCSeq('3 UPDATE')), 'CSeq')).toEqual(['4 UPDATE']);
  });

  it('changes the top Via alone', () => {
    const proxied = {
      ...request,
      headers: [...request.headers, ['v', 'SIP/2.0/UDP below;branch=z9hG4bKbelow'] as const],
    };
    expect(values(renewed('retry', proxied), 'Via')).toEqual([...branched, 'SIP/2.0/UDP below;branch=z9hG4bKbelow']);
  });

  it('adds the CSeq that is missing, but no Via, which only the transport can write', () => {
    const bare = { ...request, headers: [] };
    expect(renewed('retry', bare).headers).toEqual([['CSeq', '1 INVITE']]);
    expect(renewed('failover', bare).headers).toEqual([]);
  });

  it('gives every later request a higher CSeq and its own branch', () => {
    const kinds = fc.constantFrom<Reorigination>('retry', 'recurse', 'fresh', 'failover');
    fc.assert(
      fc.property(fc.array(fc.tuple(kinds, fc.nat(5000)), { maxLength: 12 }), (steps) => {
        let last = request;
        let number = 1;
        const branches = new Set(values(last, 'Via'));
        steps.forEach(([kind, nextCSeq], index) => {
          last = renewed(kind, last, { token: `t${index}`, nextCSeq });
          const cseq = Number.parseInt(values(last, 'CSeq')[0] ?? '', 10);
          expect(cseq).toBe(kind === 'failover' ? number : Math.max(number + 1, nextCSeq));
          number = cseq;
          branches.add(values(last, 'Via')[0] ?? '');
        });
        expect(branches.size).toBe(steps.length + 1);
      }),
    );
  });
});
