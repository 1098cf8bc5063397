import { describe, expect, it } from 'vitest';
import { type Impact, impactOf } from '../../src/policy/impact.js';
import { type FactsOverrides, factsWith } from './arbitrary-facts.js';

function impact(column: Impact, method: string, status: number, more: FactsOverrides = {}): Impact {
  return impactOf(column, factsWith({ ...more, status, request: { method, inDialog: true } }));
}

describe('impactOf', () => {
  it('is the column of the entry for an INVITE in its dialog (RFC 5057 §5.1)', () => {
    expect(impact('dialog', 'INVITE', 404)).toBe('dialog');
    expect(impact('usage', 'INVITE', 405)).toBe('usage');
    expect(impact('transaction', 'INVITE', 403)).toBe('transaction');
  });

  it('is nothing outside a dialog, and nothing for a success', () => {
    expect(impactOf('dialog', factsWith({ status: 404 }))).toBe('transaction');
    expect(impact('dialog', 'BYE', 200)).toBe('transaction');
  });

  it.each(['CANCEL', 'ACK'])('is nothing for a %s (RFC 5057 §5.1 note 8)', (method) => {
    expect(impact('dialog', method, 481)).toBe('transaction');
  });

  it('is the usage for any failure of a BYE, restarted or not (RFC 3261 §15.1.1)', () => {
    expect(impact('transaction', 'BYE', 403)).toBe('usage');
    expect(impact('usage', 'BYE', 408, { origin: 'restart' })).toBe('usage');
  });

  it('is nothing after a restart otherwise: nobody has heard anything', () => {
    expect(impact('usage', 'INVITE', 408, { origin: 'restart' })).toBe('transaction');
  });

  it.each(['UPDATE', 'PRACK', 'INFO'])(
    'spares the call for a %s that is not allowed (RFC 5057 §5.1 note 3)',
    (method) => {
      expect(impact('usage', method, 405)).toBe('transaction');
      expect(impact('usage', method, 501)).toBe('transaction');
      expect(impact('usage', method, 481)).toBe('usage');
      expect(impact('usage', method, 489)).toBe('transaction');
    },
  );

  it('follows RFC 6665 for subscriptions (RFC 6665 §4.1.2.2)', () => {
    expect(impact('dialog', 'SUBSCRIBE', 404)).toBe('dialog');
    expect(impact('usage', 'SUBSCRIBE', 489)).toBe('usage');
    expect(impact('dialog', 'SUBSCRIBE', 502)).toBe('transaction');
    expect(impact('usage', 'SUBSCRIBE', 408, { origin: 'timer' })).toBe('transaction');
    expect(impact('usage', 'NOTIFY', 408, { origin: 'timer' })).toBe('usage');
    expect(impact('usage', 'NOTIFY', 408)).toBe('transaction');
  });

  it.each(['OPTIONS', 'MESSAGE', 'REFER', 'FOO'])('is the dialog or nothing for a %s (RFC 5057 §5.3)', (method) => {
    expect(impact('dialog', method, 404)).toBe('dialog');
    expect(impact('usage', method, 481)).toBe('transaction');
  });
});
