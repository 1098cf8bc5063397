import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { octetsOf, textOf } from '../../src/sip/octets.js';
import { StreamFraming, type FramingLimits } from '../../src/transport/stream-framing.js';

const OK = (length: string, body = ''): string =>
  `SIP/2.0 200 OK\r\nVia: SIP/2.0/TCP h;branch=z9hG4bK1\r\n${length}\r\n\r\n${body}`;

function frame(chunks: readonly Uint8Array[], limits: Partial<FramingLimits> = {}): Framed {
  const framing = new StreamFraming(limits);
  const messages = chunks.flatMap((chunk) => framing.push(chunk)).map(textOf);
  return { messages, failure: framing.failure, isInMessage: framing.isInMessage };
}

interface Framed {
  readonly messages: readonly string[];
  readonly failure: string | undefined;
  readonly isInMessage: boolean;
}

function frameText(text: string, limits: Partial<FramingLimits> = {}): Framed {
  return frame([octetsOf(text)], limits);
}

describe('StreamFraming', () => {
  it('ends a message where Content-Length says, and takes the next from the same chunk (RFC 3261 §18.3)', () => {
    const one = OK('Content-Length: 5', 'hello');
    const two = OK('Content-Length: 0');
    expect(frameText(one + two + 'SIP/2')).toEqual({ messages: [one, two], failure: undefined, isInMessage: true });
  });

  it.each(['l: 3', 'L:3', 'CONTENT-LENGTH :  3', 'Content-Length:\r\n 3'])('reads the length from %j', (row) => {
    expect(frameText(OK(row, 'abc') + OK('l: 0')).messages).toEqual([OK(row, 'abc'), OK('l: 0')]);
  });

  it('counts octets, not characters', () => {
    const message = OK('Content-Length: 5', 'Jäsø');
    expect(frameText(OK('Content-Length: 6', 'Jäsø') + OK('l: 0')).messages).toHaveLength(2);
    expect(frameText(message).messages[0]).not.toContain('ø');
  });

  it('passes over CRLF between messages, which keeps a connection alive (RFC 3261 §7.5, RFC 5626 §3.5.1)', () => {
    const framed = frameText(`\r\n\r\n${OK('l: 0')}\r\n\r\n\r\n${OK('l: 0')}\r\n`);
    expect(framed).toEqual({ messages: [OK('l: 0'), OK('l: 0')], failure: undefined, isInMessage: false });
  });

  it('keeps nothing of endless keep-alives', () => {
    const framing = new StreamFraming({ headerOctets: 100 });
    for (let i = 0; i < 5000; i += 1) framing.push(octetsOf('\r\n\r\n'));
    expect(framing.push(octetsOf(OK('l: 0')))).toHaveLength(1);
  });

  it.each([
    ['no Content-Length', OK('X: 1'), 'there is no Content-Length, so the end of the message is not known'],
    ['two lengths', OK('l: 1\r\nContent-Length: 2', 'ab'), 'two values of Content-Length contradict each other'],
    ['a negative length', OK('l: -1'), 'Content-Length is no number'],
    ['a length that is none', OK('l: five'), 'Content-Length is no number'],
    ['an absurd length', OK('l: 99999999999999999999'), 'Content-Length announces more than 1048576 octets'],
    ['one octet too many', OK('l: 1048577'), 'Content-Length announces more than 1048576 octets'],
  ])('gives up at %s', (_, text, failure) => {
    expect(frameText(text)).toMatchObject({ messages: [], failure });
  });

  it('gives up when header fields do not end, however slowly they come', () => {
    const framing = new StreamFraming({ headerOctets: 64 });
    for (let i = 0; i < 64; i += 1) expect(framing.push(octetsOf('A'))).toEqual([]);
    expect(framing.failure).toBeUndefined();
    framing.push(octetsOf('A'));
    expect(framing.failure).toBe('the header fields are longer than 64 octets');
    expect(framing.push(octetsOf(OK('l: 0')))).toEqual([]);
  });

  it('takes the same length twice', () => {
    expect(frameText(OK('l: 2\r\nContent-Length: 2', 'ab')).messages).toHaveLength(1);
  });

  it('ends the header fields where the reader of messages ends them', () => {
    // A line with nothing but carriage returns and white space, which does not begin with white space.
    const message = 'SIP/2.0 200 OK\r\nl: 1\r\n\r \t\r\nX';
    expect(frameText(message + OK('l: 0')).messages).toEqual([message, OK('l: 0')]);
    const folded = 'SIP/2.0 200 OK\nl: 0\n \n\n';
    expect(frameText(folded).messages).toEqual([folded]);
  });

  const body = fc.uint8Array({ maxLength: 40 }).map(textOf);
  const filler = fc.constantFrom('', '\r\n', '\r\n\r\n', '\n');
  const message = fc.oneof(
    body.map((text) => OK(`Content-Length: ${octetsOf(text).length}`, text)),
    fc.constantFrom(OK('l: 0'), 'X\n\rl:0\n\r\n', 'A\r\r\n\n', OK('l: x'), OK('X: y'), 'A'.repeat(200)),
  );

  it('gives the same messages however the stream is cut into chunks', () => {
    const streams = fc.array(fc.tuple(filler, message), { maxLength: 6 });
    fc.assert(
      fc.property(streams, fc.array(fc.nat(60), { minLength: 1, maxLength: 30 }), (parts, sizes) => {
        const octets = octetsOf(parts.map(([before, text]) => before + text).join(''));
        const chunks: Uint8Array[] = [];
        for (let at = 0, i = 0; at < octets.length; i += 1) {
          const size = sizes[i % sizes.length]! || 1;
          chunks.push(octets.subarray(at, at + size));
          at += size;
        }
        const limits = { headerOctets: 150, bodyOctets: 100 };
        expect(frame(chunks, limits)).toEqual(frame([octets], limits));
        expect(
          frame(
            [...octets].map((octet) => Uint8Array.of(octet)),
            limits,
          ),
        ).toEqual(frame([octets], limits));
      }),
      { numRuns: 300 },
    );
  });

  it('never throws, and takes a megabyte that comes octet by octet in linear time', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (octets) => void frame([octets])));
    const framing = new StreamFraming();
    const octets = octetsOf(OK('l: 1000000', 'x'.repeat(1_000_000)));
    let messages = 0;
    for (let at = 0; at < octets.length; at += 1) messages += framing.push(octets.subarray(at, at + 1)).length;
    expect(messages).toBe(1);
  });
});
