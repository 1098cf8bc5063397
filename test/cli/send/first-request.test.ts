// The request that `send` begins with (RFC 3261 §8.1.1).
import { describe, expect, it } from 'vitest';
import { firstRequest, type RequestParts } from '../../../src/cli/send/first-request.js';
import { allHeaders, firstHeader } from '../../../src/sip/header-list.js';
import { seededToken } from '../../../src/timing/random.js';

const parts: RequestParts = {
  method: 'INVITE',
  uri: 'sip:bob@example.com',
  from: 'sip:alice@example.com',
  expires: undefined,
  headers: [],
  supported: [],
  body: undefined,
  contact: '192.0.2.1:5060',
};

describe('firstRequest', () => {
  it('has the six header fields that every request needs, each once (RFC 3261 §8.1.1)', () => {
    const { headers } = firstRequest(parts, seededToken(1));
    for (const name of ['To', 'From', 'CSeq', 'Call-ID', 'Max-Forwards', 'Via']) {
      expect(allHeaders(headers, name)).toHaveLength(1);
    }
    expect(firstHeader(headers, 'To')).toBe('<sip:bob@example.com>');
    expect(firstHeader(headers, 'Contact')).toBe('<sip:alice@192.0.2.1:5060>');
    expect(firstHeader(headers, 'Via')).toMatch(/^SIP\/2\.0\/UDP 192\.0\.2\.1:5060;branch=z9hG4bK\w{16}$/);
    expect(firstHeader(headers, 'From')).toMatch(/;tag=\w{16}$/);
  });

  it('registers From in To, at a registrar without a user part (RFC 3261 §10.2)', () => {
    const request = firstRequest(
      { ...parts, method: 'REGISTER', uri: 'sip:alice@example.com:5070;transport=tcp', expires: 60 },
      seededToken(1),
    );
    expect(request.uri).toBe('sip:example.com:5070;transport=tcp');
    expect(firstHeader(request.headers, 'To')).toBe('<sip:alice@example.com>');
    expect(firstHeader(request.headers, 'Expires')).toBe('60');
    expect(firstRequest({ ...parts, method: 'REGISTER', uri: 'sip:h' }, seededToken(1)).uri).toBe('sip:h');
  });

  it('lets a given header field replace its own, and counts the octets of the body', () => {
    const { headers, body } = firstRequest(
      {
        ...parts,
        from: 'sips:alice@example.com',
        supported: ['timer'],
        headers: [
          ['Max-Forwards', '3'],
          ['supported', 'path'],
          ['User-Agent', 'mine'],
        ],
        body: { type: 'text/plain', content: 'grüß' },
      },
      seededToken(1),
    );
    expect(allHeaders(headers, 'Max-Forwards')).toEqual(['3']);
    expect(allHeaders(headers, 'Supported')).toEqual(['path']);
    expect(allHeaders(headers, 'User-Agent')).toEqual(['mine']);
    expect(firstHeader(headers, 'Content-Length')).toBe('6');
    expect(firstHeader(headers, 'Contact')).toBe('<sips:alice@192.0.2.1:5060>');
    expect(body).toBe('grüß');
    expect(firstHeader(firstRequest({ ...parts, supported: ['a', 'b'] }, seededToken(1)).headers, 'k')).toBe('a, b');
  });

  it('names no user in Contact where there is none', () => {
    expect(firstHeader(firstRequest({ ...parts, from: 'tel:+1555' }, seededToken(1)).headers, 'Contact')).toBe(
      '<sip:192.0.2.1:5060>',
    );
  });
});
