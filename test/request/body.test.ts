// The body and the header fields that describe it.
import { describe, expect, it } from 'vitest';
import { isContentHeader, withBody, withContentLength, withoutBody } from '../../src/request/body.js';
import { invite, rows, sdp, values } from './messages.js';

const described = invite(
  `Content-Type: application/sdp
   Content-Disposition: session
   e: gzip
   Subject: lunch`,
  { body: sdp },
);

describe('withBody', () => {
  it('replaces the body together with what described it (RFC 3261 §7.4)', () => {
    const next = withBody(described, { type: 'text/plain', content: 'hello' });
    expect(next.body).toBe('hello');
    expect(next.headers.filter(([name]) => isContentHeader(name))).toEqual([['Content-Type', 'text/plain']]);
    expect(next.headers.findIndex(([name]) => name === 'Content-Type')).toBe(
      described.headers.findIndex(([name]) => name === 'Content-Type'),
    );
    expect(values(next, 'Subject')).toEqual(['lunch']);
  });

  it('takes over what describes the new body, and nothing else', () => {
    const headers = rows(`Content-Encoding: deflate
      Content-Language: de
      Content-Type: lies/all
      Content-Length: 9999
      Via: SIP/2.0/UDP evil`);
    const next = withBody(invite(), { type: 'text/plain', content: 'hallo', headers });
    expect(next.headers.filter(([name]) => isContentHeader(name))).toEqual([
      ['Content-Type', 'text/plain'],
      ['Content-Encoding', 'deflate'],
      ['Content-Language', 'de'],
    ]);
    expect(next.headers.at(-1)).toEqual(['Content-Length', '0']);
    expect(values(next, 'Via')).toEqual(values(described, 'Via'));
  });

  it('takes null and an empty body for none', () => {
    expect(withBody(described, null)).toEqual(withoutBody(described));
    expect(withBody(described, { type: 'text/plain', content: '' })).toEqual(withoutBody(described));
  });
});

describe('withoutBody', () => {
  it('leaves out the body and its Content header fields', () => {
    const next = withoutBody(described);
    expect(next.body).toBe('');
    expect(next.headers.map(([name]) => name)).toEqual([
      'Via',
      'Max-Forwards',
      'From',
      'To',
      'Call-ID',
      'CSeq',
      'Contact',
      'Subject',
      'Content-Length',
    ]);
  });
});

describe('withContentLength', () => {
  it('corrects the length in octets', () => {
    expect(values(withContentLength({ ...described, body: 'grüße' }), 'Content-Length')).toEqual(['7']);
    const compact = { ...described, headers: rows('l: 3'), body: 'four' };
    expect(withContentLength(compact).headers).toEqual([['l', '4']]);
  });

  it('leaves a right one as it is, and a missing one to the transport', () => {
    expect(withContentLength(described)).toBe(described);
    const without = { ...described, headers: rows('Subject: 0') };
    expect(withContentLength(without)).toBe(without);
  });
});
