import { describe, expect, it } from 'vitest';
import { readMessage } from '../../src/sip/read-message.js';
import { message, notes, request, response } from './reading.js';

describe('reading a body with a Content-Length', () => {
  it('discards a response that is shorter (RFC 3261 §18.3) (#6)', () => {
    expect(readMessage(message('SIP/2.0 200 OK', ['Content-Length: 4'], 'v=0'))).toEqual({
      kind: 'discarded',
      why: 'Content-Length promises 4 octets of body, and 3 are there',
      line: 7,
      notes: [],
    });
  });

  it('keeps a request that is shorter, and says so: the UAC wrote it', () => {
    const read = readMessage(message('INVITE sip:a@h SIP/2.0', ['l: 9999'], 'v=0'));
    expect(request(read).body).toBe('v=0');
    expect(notes(read)).toEqual([{ line: 7, text: 'Content-Length promises 9999 octets of body, and 3 are there' }]);
  });

  it('cuts what is behind the body off and says so (RFC 3261 §18.3)', () => {
    const text = message('SIP/2.0 200 OK', ['Content-Length: 3'], 'v=0SIP/2.0 486 Busy');
    expect(response(readMessage(text)).body).toBe('v=0');
    expect(notes(readMessage(text))).toEqual([{ line: 7, text: '16 octets behind the end of the body were ignored' }]);
    expect(notes(readMessage(text, 'stream'))).toEqual([
      { line: 7, text: '16 octets behind the end of the body belong to the next message' },
    ]);
  });

  it('counts octets, not characters, and may cut through one (RFC 3261 §20.14)', () => {
    expect(response(readMessage(message('SIP/2.0 200 OK', ['Content-Length: 4'], 'éé'))).body).toBe('éé');
    expect(response(readMessage(message('SIP/2.0 200 OK', ['Content-Length: 3'], 'éé'))).body).toBe('é\uDCC3');
  });

  it('lets the body end with the message when it is absent (RFC 3261 §18.3)', () => {
    const read = readMessage(message('SIP/2.0 200 OK', [], 'v=0\r\n'));
    expect(response(read).body).toBe('v=0\r\n');
    expect(notes(read)).toEqual([]);
  });

  it.each(['-999', 'abc', '', '3, 3'])('ignores %j and says so (RFC 4475 §3.1.2.3)', (length) => {
    const read = readMessage(message('SIP/2.0 200 OK', [`Content-Length: ${length}`], 'v=0'));
    expect(response(read).body).toBe('v=0');
    expect(notes(read)).toEqual([{ line: 7, text: `Content-Length "${length}" is no number and was ignored` }]);
  });

  it('accepts it twice with one value, and believes neither of two values (RFC 4475 §3.3.9)', () => {
    const same = readMessage(message('SIP/2.0 200 OK', ['Content-Length: 3', 'l: 3'], 'v=0xx'));
    expect(response(same).body).toBe('v=0');
    const two = readMessage(message('SIP/2.0 200 OK', ['Content-Length: 3', 'l: 5'], 'v=0xx'));
    expect(response(two).body).toBe('v=0xx');
    expect(notes(two)).toEqual([
      { line: 8, text: 'two values of Content-Length contradict each other: the body ends with the message' },
    ]);
  });

  it('restores the CRLF that it counts in a file where an editor has left LF', () => {
    const text = message('SIP/2.0 200 OK', ['Content-Length: 10'], 'v=0\r\ns=-\r\n').replaceAll('\r', '');
    const read = readMessage(text);
    expect(response(read).body).toBe('v=0\r\ns=-\r\n');
    expect(notes(read)).toEqual([
      { line: 7, text: 'the line ends of the body were restored to CRLF, as Content-Length counts them' },
    ]);
    expect(response(readMessage(`${text}\n`)).body).toBe('v=0\r\ns=-\r\n');
  });

  it('restores nothing where that is not enough, or where the line ends were CRLF', () => {
    const lf = message('SIP/2.0 200 OK', ['Content-Length: 11'], 'v=0\r\ns=-\r\n').replaceAll('\r', '');
    expect(readMessage(lf).kind).toBe('discarded');
    expect(readMessage(message('SIP/2.0 200 OK', ['Content-Length: 4'], 'v=0\n').replace('v=0\n', 'a\nb')).kind).toBe(
      'discarded',
    );
  });
});
