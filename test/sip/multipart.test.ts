import { describe, expect, it } from 'vitest';
import { partsOf } from '../../src/sip/multipart.js';

const sdp = { headers: [['Content-Type', 'application/sdp']], body: 'v=0\r\ns=-\r\n' };

describe('partsOf', () => {
  it('gives the parts without preamble and epilogue (RFC 2046 §5.1.1)', () => {
    const body =
      'preamble\r\n--b1\r\nContent-Type: application/sdp\r\n\r\nv=0\r\ns=-\r\n\r\n' +
      '--b1  \r\n\r\nplain --b1 text\r\n--b1x\r\n--b1--\r\n--b1\r\n\r\nepilogue';
    expect(partsOf(body, 'b1')).toEqual([sdp, { headers: [], body: 'plain --b1 text\r\n--b1x' }]);
  });

  it('reads LF alone as a line end', () => {
    const body = '--b1\nContent-Type: application/sdp\n\nv=0\r\ns=-\r\n\n--b1--';
    expect(partsOf(body, 'b1')).toEqual([sdp]);
  });

  it('lets a part that no delimiter closes reach to the end', () => {
    expect(partsOf('--b\r\n\r\nabc\r\n', 'b')).toEqual([{ headers: [], body: 'abc\r\n' }]);
    expect(partsOf('--b', 'b')).toEqual([{ headers: [], body: '' }]);
  });

  it('reads the header fields of a part, folded ones too (RFC 2046 §5.1)', () => {
    const part =
      '--b\r\nContent-Type : text/plain;\r\n\tcharset="a:b"\r\nno name\r\n: odd\r\nc:x\ry\r\n\r\nText: no field\r\n\r\n.\r\n--b--';
    expect(partsOf(part, 'b')).toEqual([
      {
        headers: [
          ['Content-Type', 'text/plain; charset="a:b"'],
          ['c', 'x y'],
        ],
        body: 'Text: no field\r\n\r\n.',
      },
    ]);
    expect(partsOf('--b\nSubject: x', 'b')).toEqual([{ headers: [['Subject', 'x']], body: '' }]);
  });

  it('gives an empty part between two delimiters', () => {
    expect(partsOf('--b\r\n--b--', 'b')).toEqual([{ headers: [], body: '' }]);
  });

  it('gives no part without a delimiter, without a boundary and with one that is too long', () => {
    expect(partsOf('abc', 'b')).toEqual([]);
    expect(partsOf('--\r\nabc', '')).toEqual([]);
    expect(partsOf(`--${'b'.repeat(71)}\r\n\r\nabc`, 'b'.repeat(71))).toEqual([]);
    expect(partsOf(`--${'b'.repeat(70)}\r\n\r\nabc`, 'b'.repeat(70))).toHaveLength(1);
  });
});
