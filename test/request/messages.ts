// Requests to rewrite, frozen to the ground: who changes one of them fails.
import type { Action } from '../../src/policy/action.js';
import type { Materials } from '../../src/request/materials.js';
import { type Rewritten, rewrite } from '../../src/request/rewrite.js';
import { allHeaders } from '../../src/sip/header-list.js';
import type { Header, SipRequest } from '../../src/sip/message.js';

export const sdp = 'v=0\r\no=alice 1 1 IN IP4 192.0.2.1\r\ns=-\r\n';

export function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(deepFreeze);
  }
  return value;
}

/** Header fields written as in a message, one a line. */
export function rows(text: string): readonly Header[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line): Header => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]);
}

/** An INVITE outside a dialog with further header fields and, where it is given, a body. */
export function invite(more = '', { uri = 'sip:bob@biloxi.example', body = '' } = {}): SipRequest {
  return deepFreeze({
    method: 'INVITE',
    uri,
    headers: rows(`
      Via: SIP/2.0/UDP pc33.atlanta.example;branch=z9hG4bKfirst
      Max-Forwards: 70
      From: "Alice" <sip:alice@atlanta.example>;tag=from1
      To: <sip:bob@biloxi.example>
      Call-ID: call1@pc33.atlanta.example
      CSeq: 1 INVITE
      Contact: <sip:alice@pc33.atlanta.example>
      ${more}
      Content-Length: ${body.length}`),
    body,
  });
}

export function register(more = ''): SipRequest {
  return deepFreeze({
    method: 'REGISTER',
    uri: 'sip:atlanta.example',
    headers: rows(`
      Via: SIP/2.0/TCP pc33.atlanta.example;branch=z9hG4bKfirst
      From: <sip:alice@atlanta.example>;tag=from1
      To: <sip:alice@atlanta.example>
      Call-ID: reg1@pc33.atlanta.example
      CSeq: 7 REGISTER
      ${more}`),
    body: '',
  });
}

export const materials: Materials = deepFreeze({ token: 'tok2' });

export function next(request: SipRequest, action: Action, more: Partial<Materials> = {}): Rewritten {
  return rewrite(request, deepFreeze(action), { ...materials, ...more });
}

/** All values of a header field. */
export function values({ headers }: SipRequest, name: string): readonly string[] {
  return allHeaders(headers, name);
}

/** What changed besides the branch, the CSeq and the length. */
export function corrections({ changes }: Rewritten): readonly string[] {
  return changes.map(({ what }) => what).filter((what) => !['Via', 'CSeq', 'Content-Length'].includes(what));
}
