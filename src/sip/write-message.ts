// Writing a SIP message (RFC 3261 §7): CRLF, and a Content-Length that is right.

import { allHeaders, setHeader } from './header-list.js';
import type { Header, SipRequest, SipResponse } from './message.js';
import { octetLength } from './octets.js';

/**
 * The message as text; `octetsOf` makes the octets of it. Content-Length is corrected, or added at the end. A line
 * break inside a value becomes a space, so that no value can smuggle in a header field.
 */
export function writeMessage(message: SipRequest | SipResponse): string {
  const headers = withLength(message.headers, String(octetLength(message.body)));
  let text = onOneLine(startLineOf(message));
  for (const [name, value] of headers) text += `\r\n${onOneLine(name)}: ${onOneLine(value)}`;
  return `${text}\r\n\r\n${message.body}`;
}

function withLength(headers: readonly Header[], length: string): readonly Header[] {
  const written = allHeaders(headers, 'Content-Length');
  return written.length === 1 && written[0] === length ? headers : setHeader(headers, 'Content-Length', length);
}

function startLineOf(message: SipRequest | SipResponse): string {
  return 'method' in message
    ? `${message.method} ${message.uri} SIP/2.0`
    : `SIP/2.0 ${message.status} ${message.reason}`;
}

function onOneLine(text: string): string {
  return text.includes('\n') || text.includes('\r') ? text.replace(/[\r\n]+/g, ' ') : text;
}
