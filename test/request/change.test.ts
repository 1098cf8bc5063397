// What changed between two requests.
import { describe, expect, it } from 'vitest';
import { changesBetween } from '../../src/request/change.js';
import { invite, rows } from './messages.js';

const before = invite('Supported: timer\nSupported: 100rel\nRequire: foo', { body: 'old' });

describe('changesBetween', () => {
  it('finds nothing in the same request, nor in an equal one whose rows are copies', () => {
    expect(changesBetween(before, before)).toEqual([]);
    const copy = { ...before, headers: before.headers.map(([name, value]) => [name, value] as const) };
    expect(changesBetween(before, copy)).toEqual([]);
  });

  it('names the Request-URI first and the body last', () => {
    const after = { ...before, uri: 'sip:carol@chicago.example', body: 'new', headers: before.headers.slice(1) };
    expect(changesBetween(before, after)).toEqual([
      { what: 'Request-URI', before: ['sip:bob@biloxi.example'], after: ['sip:carol@chicago.example'] },
      { what: 'Via', before: ['SIP/2.0/UDP pc33.atlanta.example;branch=z9hG4bKfirst'], after: [] },
      { what: 'Body', before: ['old'], after: ['new'] },
    ]);
    expect(changesBetween(before, { ...before, body: '' })).toEqual([{ what: 'Body', before: ['old'], after: [] }]);
    expect(changesBetween({ ...before, body: '' }, before)).toEqual([{ what: 'Body', before: [], after: ['old'] }]);
  });

  it('lists header fields in the order of the message, one that is gone where it was', () => {
    const [via, ...others] = before.headers;
    const kept = others.filter(([name]) => name !== 'Require' && name !== 'CSeq');
    const after = {
      ...before,
      headers: [['Route', '<sip:p1;lr>'] as const, via!, ...kept, ['CSeq', '2 INVITE'] as const],
    };
    expect(changesBetween(before, after)).toEqual([
      { what: 'Route', before: [], after: ['<sip:p1;lr>'] },
      { what: 'CSeq', before: ['1 INVITE'], after: ['2 INVITE'] },
      { what: 'Require', before: ['foo'], after: [] },
    ]);
  });

  it('gives all rows of a name, once, under the usual spelling, however they are written', () => {
    const after = {
      ...before,
      headers: [...before.headers.filter(([name]) => name !== 'Supported'), ...rows('k: timer\nsupported: path')],
    };
    expect(changesBetween(before, after)).toEqual([
      { what: 'Supported', before: ['timer', '100rel'], after: ['timer', 'path'] },
    ]);
  });

  it('finds values that changed where they stand, several of one name once', () => {
    const headers = before.headers.map(([name, value]) =>
      name === 'Supported' || name === 'Require'
        ? ([name.toLowerCase(), `${value}2`] as const)
        : ([name, value] as const),
    );
    expect(changesBetween(before, { ...before, headers })).toEqual([
      { what: 'Supported', before: ['timer', '100rel'], after: ['timer2', '100rel2'] },
      { what: 'Require', before: ['foo'], after: ['foo2'] },
    ]);
    const [first, ...others] = before.headers;
    expect(changesBetween(before, { ...before, headers: [['X-Y', '1'] as const, ...others] })).toEqual([
      { what: 'X-Y', before: [], after: ['1'] },
      { what: 'Via', before: [first?.[1]], after: [] },
    ]);
  });

  it('names a last row that is gone, and one that is new at the end', () => {
    const longer = { ...before, headers: [...before.headers, ['X-Y', '1'] as const] };
    expect(changesBetween(longer, before)).toEqual([{ what: 'X-Y', before: ['1'], after: [] }]);
    expect(changesBetween(before, longer)).toEqual([{ what: 'X-Y', before: [], after: ['1'] }]);
  });

  it('takes another order of equal rows for a change, and rows that only moved for none', () => {
    const swapped = {
      ...before,
      headers: [...before.headers.filter(([, value]) => value !== 'timer'), ...rows('Supported: timer')],
    };
    expect(changesBetween(before, swapped)).toEqual([
      { what: 'Supported', before: ['timer', '100rel'], after: ['100rel', 'timer'] },
    ]);
    const [first, second, ...others] = before.headers;
    expect(changesBetween(before, { ...before, headers: [second!, first!, ...others] })).toEqual([]);
  });
});
