// Requests that a hostile server is met with.
import type { SipRequest } from '../../src/sip/message.js';

const offer = 'v=0\r\no=alice 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\nm=audio 4000 RTP/AVP 0\r\n';

/** A request of this method, outside a dialog or inside one. */
export function requestOf(method: string, inDialog = false): SipRequest {
  const uri = method === 'REGISTER' ? 'sip:example.com' : 'sip:+12015550123@example.com';
  const body = method === 'INVITE' || method === 'MESSAGE' || method === 'PUBLISH' ? offer : '';
  return {
    method,
    uri,
    headers: [
      ['Via', 'SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bKfirst'],
      ['Max-Forwards', '70'],
      ['To', `<${method === 'REGISTER' ? 'sip:alice@example.com' : uri}>${inDialog ? ';tag=peer' : ''}`],
      ['From', '<sip:alice@example.com>;tag=own'],
      ['Call-ID', 'one@192.0.2.1'],
      ['CSeq', `1 ${method}`],
      ['Contact', '<sip:alice@192.0.2.1:5060>;reg-id=1;expires=600'],
      ['Require', '100rel, timer'],
      ['Supported', 'timer, outbound'],
      ['Session-Expires', '90'],
      ...(method === 'REGISTER' || method === 'SUBSCRIBE' || method === 'PUBLISH' ? [['Expires', '600'] as const] : []),
      ...(body === '' ? [] : [['Content-Type', 'application/sdp'] as const]),
      ['Content-Length', String(body.length)],
    ],
    body,
  };
}

export const methods = [
  'INVITE',
  'REGISTER',
  'SUBSCRIBE',
  'PUBLISH',
  'MESSAGE',
  'OPTIONS',
  'REFER',
  'INFO',
  'UPDATE',
  'BYE',
  'NOTIFY',
];
