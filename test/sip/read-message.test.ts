import { describe, expect, it } from 'vitest';
import { octetsOf } from '../../src/sip/octets.js';
import { readMessage } from '../../src/sip/read-message.js';
import { message, notes, request, response } from './reading.js';

describe('readMessage', () => {
  it('reads a response (RFC 3261 §7.2)', () => {
    const read = readMessage(message('SIP/2.0 486 Busy Here', ['Retry-After: 60', 'Content-Length: 0']));
    expect(read).toEqual({
      kind: 'response',
      response: {
        status: 486,
        reason: 'Busy Here',
        headers: [
          ['Via', 'SIP/2.0/UDP client.example.com;branch=z9hG4bK74bf9'],
          ['From', '<sip:alice@example.com>;tag=9fxced76sl'],
          ['To', '<sip:bob@example.com>;tag=314159'],
          ['Call-ID', '2xTb9vxSit55XU7p8@example.com'],
          ['CSeq', '1 INVITE'],
          ['Retry-After', '60'],
          ['Content-Length', '0'],
        ],
        body: '',
      },
      notes: [],
    });
  });

  it('reads a request (RFC 3261 §7.1)', () => {
    const read = readMessage(message('INVITE sip:bob@example.com SIP/2.0', ['Content-Length: 3'], 'v=0'));
    expect(request(read)).toMatchObject({ method: 'INVITE', uri: 'sip:bob@example.com', body: 'v=0' });
    expect(notes(read)).toEqual([]);
  });

  it('reads octets as it reads text, bodies that are no UTF-8 too', () => {
    const text = message('SIP/2.0 493 Undecipherable', ['Content-Length: 4'], '\uDC80\uDCFF\0a');
    expect(readMessage(octetsOf(text))).toEqual(readMessage(text));
    expect(response(readMessage(octetsOf(text))).body).toBe('\uDC80\uDCFF\0a');
  });

  it('reads a reason phrase in UTF-8 and an empty one (RFC 4475 §3.1.1.12, §3.1.1.13) (#3)', () => {
    expect(response(readMessage(octetsOf(message('SIP/2.0 403 Доступ запрещён')))).reason).toBe('Доступ запрещён');
    expect(response(readMessage(message('SIP/2.0 100 '))).reason).toBe('');
    expect(response(readMessage(message('SIP/2.0 100'))).reason).toBe('');
  });

  describe('given odd line ends', () => {
    it('reads LF alone and a mixture', () => {
      const read = readMessage('SIP/2.0 200 OK\nVia: a\r\nTo: b\n\nbody\n');
      expect(response(read)).toMatchObject({
        headers: [
          ['Via', 'a'],
          ['To', 'b'],
        ],
        body: 'body\n',
      });
      expect(notes(read)).toEqual([]);
    });

    it('passes over empty lines and a byte order mark before the start line (RFC 3261 §7.5)', () => {
      expect(response(readMessage('\r\n\n  \r\nSIP/2.0 200 OK\r\n\r\n')).status).toBe(200);
      expect(response(readMessage('\uFEFFSIP/2.0 200 OK\r\n\r\n')).status).toBe(200);
    });

    it('counts lines from the first of the text', () => {
      expect(notes(readMessage('\r\n\r\nSIP/2.0 200 OK\r\nrubbish\r\n\r\n'))[0]?.line).toBe(4);
    });

    it.each(['SIP/2.0 200 OK', 'SIP/2.0 200 OK\r\n', 'SIP/2.0 200 OK\r'])('reads %j, which ends too soon', (text) => {
      expect(response(readMessage(text))).toEqual({ status: 200, reason: 'OK', headers: [], body: '' });
    });

    it('reads a last header field without a line end', () => {
      expect(response(readMessage('SIP/2.0 200 OK\r\nTo: a')).headers).toEqual([['To', 'a']]);
    });
  });

  describe('given a message made to harm', () => {
    it('keeps no more than a hundred notes', () => {
      const read = readMessage(`SIP/2.0 200 OK\r\n${'x\r\n'.repeat(1000)}\r\n`);
      expect(notes(read)).toHaveLength(101);
      expect(notes(read).at(-1)).toEqual({ line: 102, text: 'what follows is not listed' });
    });

    it.each([
      ['100,000 header fields', 'a: b\r\n'],
      ['100,000 continuation lines', ' folded\r\n'],
      ['100,000 lines without a colon', 'xxxx\n'],
      ['100,000 carriage returns', 'a:b\r'],
      ['100,000 nested comments', '('],
      ['100,000 spaces', '          '],
      ['100,000 Content-Length rows', 'l: 1\n'],
    ])('takes linear time for %s', (_, unit) => {
      const started = performance.now();
      readMessage(`SIP/2.0 200 OK\nServer: x\n${unit.repeat(100_000)}\n\n`);
      readMessage(`INVITE ${unit.repeat(100_000)} SIP/2.0\n\n`);
      expect(performance.now() - started).toBeLessThan(2000);
    });

    it('reads 10 MB in one go', () => {
      const started = performance.now();
      const text = message('SIP/2.0 200 OK', ['Content-Length: 10000000'], 'é'.repeat(5_000_000));
      expect(response(readMessage(octetsOf(text))).body).toHaveLength(5_000_000);
      expect(performance.now() - started).toBeLessThan(5000);
    });
  });
});
