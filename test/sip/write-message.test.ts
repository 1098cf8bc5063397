import { describe, expect, it } from 'vitest';
import { octetsOf } from '../../src/sip/octets.js';
import { readMessage } from '../../src/sip/read-message.js';
import { writeMessage } from '../../src/sip/write-message.js';

describe('writeMessage', () => {
  it('writes a request with CRLF and the right Content-Length in its place (RFC 3261 §7)', () => {
    const text = writeMessage({
      method: 'MESSAGE',
      uri: 'sip:bob@example.com',
      headers: [
        ['v', 'SIP/2.0/UDP a'],
        ['l', '999'],
        ['Content-Length', '998'],
        ['Subject', ''],
      ],
      body: 'é',
    });
    expect(text).toBe('MESSAGE sip:bob@example.com SIP/2.0\r\nv: SIP/2.0/UDP a\r\nl: 2\r\nSubject: \r\n\r\né');
  });

  it('writes a response, with the space that an empty reason phrase needs, and adds Content-Length (RFC 3261 §7.2)', () => {
    expect(writeMessage({ status: 100, reason: '', headers: [], body: '' })).toBe(
      'SIP/2.0 100 \r\nContent-Length: 0\r\n\r\n',
    );
  });

  it('counts octets that are no UTF-8 as one each', () => {
    const text = writeMessage({ status: 200, reason: 'OK', headers: [], body: '\uDC80a' });
    expect(text).toContain('Content-Length: 2\r\n');
    expect(octetsOf(text).slice(-2)).toEqual(Uint8Array.of(0x80, 0x61));
  });

  it('lets no value smuggle in a header field', () => {
    const text = writeMessage({
      method: 'INVITE',
      uri: 'sip:a@h SIP/2.0\r\nX: 1\r\n',
      headers: [['Subject\r\nX', 'a\r\nX: 1\n\nbody\r']],
      body: '',
    });
    expect(text).toBe('INVITE sip:a@h SIP/2.0 X: 1  SIP/2.0\r\nSubject X: a X: 1 body \r\nContent-Length: 0\r\n\r\n');
  });

  it('writes what reads as the same message', () => {
    const text = 'SIP/2.0 401 Unauthorized\r\nVia: a\r\nContent-Length: 3\r\n\r\nabc';
    const read = readMessage(text);
    expect(read.kind === 'response' ? writeMessage(read.response) : read).toBe(text);
  });
});
