// Reading a message in a test, with the kind that the test takes for granted.
import type { SipRequest, SipResponse } from '../../src/sip/message.js';
import type { ReadMessage } from '../../src/sip/read-message.js';
import type { ReadNote } from '../../src/sip/read-note.js';

const HEADERS = [
  'Via: SIP/2.0/UDP client.example.com;branch=z9hG4bK74bf9',
  'From: <sip:alice@example.com>;tag=9fxced76sl',
  'To: <sip:bob@example.com>;tag=314159',
  'Call-ID: 2xTb9vxSit55XU7p8@example.com',
  'CSeq: 1 INVITE',
];

/** A message with this start line, the five header fields that every message has, and these. */
export function message(startLine: string, more: readonly string[] = [], body = ''): string {
  return [startLine, ...HEADERS, ...more, '', body].join('\r\n');
}

export function response(read: ReadMessage): SipResponse {
  if (read.kind !== 'response') throw new Error(JSON.stringify(read));
  return read.response;
}

export function request(read: ReadMessage): SipRequest {
  if (read.kind !== 'request') throw new Error(JSON.stringify(read));
  return read.request;
}

export function notes(read: ReadMessage): readonly ReadNote[] {
  if (read.kind === 'unreadable') throw new Error(read.why);
  return read.notes;
}
