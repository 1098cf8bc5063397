import { describe, expect, it } from 'vitest';
import { readMessage } from '../../src/sip/read-message.js';
import { notes, response } from './reading.js';

describe('reading header fields of odd form (#87)', () => {
  it('reads compact forms, odd case and LWS before the colon, and keeps names as written (RFC 3261 §7.3.1)', () => {
    const read = readMessage('SIP/2.0 200 OK\r\nv : a\r\nCALL-id\t:b\r\nm:\r\n\r\n');
    expect(response(read).headers).toEqual([
      ['v', 'a'],
      ['CALL-id', 'b'],
      ['m', ''],
    ]);
    expect(notes(read)).toEqual([]);
  });

  it('unfolds continuation lines into one space each (RFC 3261 §7.3.1)', () => {
    const read = readMessage(
      "SIP/2.0 200 OK\r\nSubject: I know\r\n  you're \t\r\n\tthere,\r\n \r\n x\r\nTo:\r\n a\r\n\r\n",
    );
    expect(response(read).headers).toEqual([
      ['Subject', "I know you're there, x"],
      ['To', 'a'],
    ]);
  });

  it('ignores a line without a colon and one without a name, and says so', () => {
    const read = readMessage('SIP/2.0 200 OK\r\nVia: a\r\nrubbish\r\n folded rubbish\r\n: x\r\nTo: b\r\n\r\n');
    expect(response(read).headers).toEqual([
      ['Via', 'a'],
      ['To', 'b'],
    ]);
    expect(notes(read)).toEqual([
      { line: 3, text: 'a line without a header name was ignored: "rubbish"' },
      { line: 4, text: 'a continuation of no header field was ignored' },
      { line: 5, text: 'a line without a header name was ignored: ": x"' },
    ]);
  });

  it('ignores a continuation right behind the start line', () => {
    const read = readMessage('SIP/2.0 200 OK\r\n x: y\r\nTo: b\r\n\r\n');
    expect(response(read).headers).toEqual([['To', 'b']]);
    expect(notes(read)).toEqual([{ line: 2, text: 'a continuation of no header field was ignored' }]);
  });

  it('keeps a name that is no token, and NUL octets, and says so of the name', () => {
    const read = readMessage('SIP/2.0 200 OK\r\nX\0 y: a\0b\r\n\r\n');
    expect(response(read).headers).toEqual([['X\0 y', 'a\0b']]);
    expect(notes(read)).toEqual([{ line: 2, text: 'the header name "X\\u0000 y" is no token' }]);
  });

  it('reads a carriage return that ends no line as a space, so that no value holds a line break', () => {
    const read = readMessage('SIP/2.0 200 O\rK\r\n\rTo\r: \ra\r\rb\r\r\n c\rd\r\n\r\n');
    expect(response(read)).toMatchObject({ reason: 'O K', headers: [['To', 'a  b c d']] });
    expect(notes(read).map(({ line }) => line)).toEqual([2, 3]);
  });
});
