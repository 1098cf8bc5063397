import { describe, expect, it } from 'vitest';
import { readMessage } from '../../src/sip/read-message.js';
import { notes, request, response } from './reading.js';

describe('reading a start line', () => {
  it('reads LWS more than needed (RFC 4475 §3.1.2.9, §3.1.2.10)', () => {
    const read = readMessage('\tOPTIONS   sip:a@h \t sip/2.0  \r\n\r\n');
    expect(request(read)).toMatchObject({ method: 'OPTIONS', uri: 'sip:a@h' });
    expect(response(readMessage('Sip/2.0   404   Not  Found \r\n\r\n'))).toMatchObject({
      status: 404,
      reason: 'Not  Found',
    });
  });

  it('keeps a Request-URI with spaces and says so (RFC 4475 §3.1.2.8)', () => {
    const read = readMessage('INVITE sip:a@h; lr SIP/2.0\r\n\r\n');
    expect(request(read).uri).toBe('sip:a@h; lr');
    expect(notes(read)).toEqual([{ line: 1, text: 'the Request-URI "sip:a@h; lr" has spaces in it' }]);
  });

  it.each([
    '',
    '\r\n\r\n',
    'HTTP/1.1 200 OK',
    'GET / HTTP/1.1',
    'INVITE sip:a@h',
    'INVITE SIP/2.0',
    'IN"VITE sip:a@h SIP/2.0',
    'SIP/2.0',
    'SIP/2.0 abc',
    'SIP/2.0 -200 OK',
    'SIP/2.0 200.5 OK',
    '\0\0\0\0',
  ])('finds no message of SIP in %j and says what was expected', (text) => {
    const read = readMessage(text);
    if (read.kind !== 'unreadable') throw new Error(JSON.stringify(read));
    expect(read.why).toMatch(/is no start line of SIP$|nothing but empty lines$/);
    expect(read.expected).toContain('SIP/2.0 401 Unauthorized');
  });

  it('shortens what it quotes', () => {
    const read = readMessage(`\r\n${'x'.repeat(1000)}`);
    expect(read).toMatchObject({ kind: 'unreadable', line: 2, why: `"${'x'.repeat(40)}…" is no start line of SIP` });
  });
});
