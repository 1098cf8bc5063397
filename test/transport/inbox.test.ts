import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { octetsOf, textOf } from '../../src/sip/octets.js';
import { Inbox, type Discarded, type Received, type Source } from '../../src/transport/inbox.js';

const SOURCE: Source = { host: '192.0.2.9', port: 5060, transport: 'UDP', local: { host: '192.0.2.1', port: 5070 } };

function arrive(...texts: readonly string[]): { received: Received[]; discarded: Discarded[]; inbox: Inbox } {
  const received: Received[] = [];
  const discarded: Discarded[] = [];
  const inbox = new Inbox(
    (message) => received.push(message),
    (dropped) => discarded.push(dropped),
  );
  inbox.noteSentBy({ host: '192.0.2.1', port: 5060 }, 'UDP');
  for (const text of texts) inbox.receive(octetsOf(text), SOURCE);
  return { received, discarded, inbox };
}

const response = (via: string, more = ''): string => `SIP/2.0 200 OK\r\n${via}CSeq: 1 OPTIONS\r\n${more}\r\n`;

describe('Inbox', () => {
  it('tells a response whose sent-by is ours, with where it came from', () => {
    const { received } = arrive(response('Via: SIP/2.0/UDP 192.0.2.1:5060;branch=b\r\n'));
    expect(received).toMatchObject([{ kind: 'response', response: { status: 200 }, source: SOURCE }]);
  });

  it('knows its sent-by where the server left the default port away', () => {
    expect(arrive(response('v: SIP/2.0/UDP 192.0.2.1;branch=b\r\n')).received).toHaveLength(1);
  });

  it.each([
    ['another host', response('Via: SIP/2.0/UDP 255.255.255.255;branch=b\r\n'), 'foreignSentBy'],
    ['another port', response('Via: SIP/2.0/UDP 192.0.2.1:5070;branch=b\r\n'), 'foreignSentBy'],
    ['no Via', response(''), 'malformed'],
    ['two Vias', response('Via: SIP/2.0/UDP 192.0.2.1;branch=b, SIP/2.0/UDP x\r\n'), 'malformed'],
    ['a short body', response('Via: SIP/2.0/UDP 192.0.2.1;branch=b\r\n', 'l: 9\r\n'), 'malformed'],
    ['no SIP', 'GET / HTTP/1.1\r\n\r\n', 'unreadable'],
  ])('drops and counts a response with %s (RFC 3261 §18.1.2, §18.3)', (_, text, because) => {
    const { received, discarded, inbox } = arrive(text);
    expect(received).toEqual([]);
    expect(discarded).toMatchObject([{ because, source: SOURCE }]);
    expect(inbox.counts).toMatchObject({ [because]: 1 });
    expect(Object.values(inbox.counts).reduce((sum, count) => sum + count, 0)).toBe(1);
  });

  it('tells requests, too', () => {
    expect(arrive('OPTIONS sip:a@b SIP/2.0\r\nVia: SIP/2.0/UDP x;branch=b\r\n\r\n').received).toMatchObject([
      { kind: 'request', request: { method: 'OPTIONS' } },
    ]);
  });

  it('passes over keep-alives in silence (RFC 5626 §3.5.1)', () => {
    expect(arrive('\r\n\r\n', '\r\n', '\0\0\0\0', '')).toMatchObject({ received: [], discarded: [] });
  });

  it('forgets the sent-by that was used longest ago, so that memory stays bounded', () => {
    const { received, inbox } = arrive();
    for (let port = 1; port <= 256; port += 1) inbox.noteSentBy({ host: '198.51.100.1', port }, 'UDP');
    inbox.receive(octetsOf(response('Via: SIP/2.0/UDP 192.0.2.1;branch=b\r\n')), SOURCE);
    inbox.receive(octetsOf(response('Via: SIP/2.0/UDP 198.51.100.1:1;branch=b\r\n')), SOURCE);
    expect(received).toHaveLength(1);
  });

  it('never throws, whatever arrives', () => {
    const text = fc.uint8Array({ maxLength: 200 }).map(textOf);
    fc.assert(fc.property(text, (octets) => void arrive(octets, `SIP/2.0 200 OK\r\n${octets}`)));
  });
});
