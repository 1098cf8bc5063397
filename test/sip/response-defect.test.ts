import { describe, expect, it } from 'vitest';
import { readMessage } from '../../src/sip/read-message.js';
import { snippet } from '../../src/sip/read-note.js';
import { message, notes, request } from './reading.js';

describe('reading a response that must be discarded', () => {
  it.each(['4294967301', '099', '700', '0200', '20'])(
    'discards the status code %s (RFC 4475 §3.1.2.19) (#1)',
    (status) => {
      expect(readMessage(message(`SIP/2.0 ${status} better not break the receiver`))).toEqual({
        kind: 'discarded',
        why: `the status code "${status}" is not from 100 to 699`,
        line: 1,
        notes: [],
      });
    },
  );

  it('discards another version of SIP, in a response and in a request (RFC 4475 §3.1.2.16)', () => {
    const discarded = { kind: 'discarded', why: 'the SIP version is "7.0", not 2.0', line: 2 };
    expect(readMessage('\r\nSIP/7.0 200 OK\r\n\r\n')).toMatchObject(discarded);
    expect(readMessage('\r\nOPTIONS sip:a@h SIP/7.0\r\n\r\n')).toMatchObject(discarded);
  });

  it('discards more than one Via (RFC 3261 §8.1.3.3) (#4)', () => {
    const second = 'v: SIP/2.0/UDP 255.255.255.255;branch=z9hG4bK1saber23';
    expect(readMessage(message('SIP/2.0 200 OK', ['Subject: x', second]))).toMatchObject({
      kind: 'discarded',
      why: 'there is more than one Via, so the response was meant for another element',
      line: 8,
    });
    expect(readMessage('SIP/2.0 200 OK\r\nVia: SIP/2.0/UDP a, SIP/2.0/UDP b\r\n\r\n')).toMatchObject({
      kind: 'discarded',
      line: 2,
    });
  });

  it('does not take the comma in a quoted string for a second Via', () => {
    expect(readMessage('SIP/2.0 200 OK\r\nVia: SIP/2.0/UDP a;x="1,2"\r\n\r\n').kind).toBe('response');
  });

  it('reads a request with several Vias', () => {
    expect(request(readMessage(message('BYE sip:a@h SIP/2.0', ['Via: SIP/2.0/UDP b']))).headers).toHaveLength(6);
  });

  it('discards a CSeq beyond 32 bits (RFC 4475 §3.1.2.5) (#5)', () => {
    const read = readMessage(
      'SIP/2.0 503 Service Unavailable\r\nTo: x\r\nCSeq: 9292394834772304023312 OPTIONS\r\n\r\n',
    );
    expect(read).toMatchObject({
      kind: 'discarded',
      line: 3,
      why: 'the CSeq number of "9292394834772304023312 OPTIONS" is beyond 32 bits',
    });
    expect(readMessage('SIP/2.0 503 x\r\nCSeq: 4294967295 OPTIONS\r\n\r\n').kind).toBe('response');
    expect(readMessage('SIP/2.0 503 x\r\nCSeq: OPTIONS\r\n\r\n').kind).toBe('response');
  });

  it.each(['1812 overture "In Progress"', '399 a "x", 99 b "y"'])(
    'discards Warning: %s (RFC 4475 §3.1.2.5) (#5)',
    (value) => {
      const read = readMessage(message('SIP/2.0 503 Service Unavailable', [`Warning: ${value}`]));
      expect(read).toMatchObject({
        kind: 'discarded',
        line: 7,
        why: `a warn-code in ${snippet(value)} has not three digits`,
      });
    },
  );

  it.each(['399 a "x, 1812 y"', 'rubbish'])('reads a response with Warning: %s', (value) => {
    expect(readMessage(message('SIP/2.0 488 x', [`Warning: ${value}`])).kind).toBe('response');
  });

  it('reads one with an absurd Retry-After alone (#5)', () => {
    const read = readMessage(message('SIP/2.0 503 x', ['Retry-After: 949302838503028349304023988']));
    expect(read.kind).toBe('response');
  });

  it('says what was odd before it was discarded', () => {
    const read = readMessage('SIP/2.0 200 OK\r\nrubbish\r\nVia: a, b\r\n\r\n');
    expect(read.kind).toBe('discarded');
    expect(notes(read)).toHaveLength(1);
  });
});
