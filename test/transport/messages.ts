// Messages of the transport tests.
import type { SipRequest } from '../../src/sip/message.js';
import { writeMessage } from '../../src/sip/write-message.js';
import { readMessage } from '../../src/sip/read-message.js';
import { allHeaders } from '../../src/sip/header-list.js';

export function options(branch = 'z9hG4bKa1', body = ''): SipRequest {
  return {
    method: 'OPTIONS',
    uri: 'sip:bob@example.com',
    headers: [
      ['Via', `SIP/2.0/UDP placeholder.invalid;branch=${branch}`],
      ['Max-Forwards', '70'],
      ['From', '<sip:alice@example.com>;tag=1'],
      ['To', '<sip:bob@example.com>'],
      ['Call-ID', 'a84b4c76e66710'],
      ['CSeq', '1 OPTIONS'],
      ['Content-Length', String(body.length)],
    ],
    body,
  };
}

/** The octets of a 200 to a request that arrived. */
export function answerTo(octets: Uint8Array): string {
  const read = readMessage(octets);
  if (read.kind !== 'request') throw new Error(`expected a request, got ${read.kind}`);
  const { headers } = read.request;
  const copied = headers.filter(([name]) => /^(?:Via|From|To|Call-ID|CSeq)$/.test(name));
  return writeMessage({ status: 200, reason: 'OK', headers: copied, body: '' });
}

export function requestOf(octets: Uint8Array): SipRequest {
  const read = readMessage(octets, 'stream');
  if (read.kind !== 'request') throw new Error(`expected a request, got ${read.kind}`);
  return read.request;
}

export function viaOf(octets: Uint8Array): string {
  return allHeaders(requestOf(octets).headers, 'Via').join(', ');
}
