// The messages of a fleet. Clients differ in their names alone, which no decision looks at: they share immutable messages.
import type { Header, SipRequest, SipResponse } from '../sip/message.js';

/** What one response means to who counts. */
export interface Reply {
  readonly response: SipResponse;
  readonly kind: 'accepted' | 'challenged' | 'refused';
  /** The nonce of a challenge, by the second in which it was made; -1: none. */
  readonly nonce: number;
  /** What it grants, in seconds; 0: nothing. */
  readonly seconds: number;
  /** Whether the Via carries overload control (RFC 7339). */
  readonly controls: boolean;
}

export const REALM = 'example.com';
export const USERNAME = 'phone';

const CONTACT = '<sip:phone@198.51.100.7:5060>';
const VIA = 'SIP/2.0/UDP 198.51.100.7:5060;branch=z9hG4bKfleet';

/** A REGISTER, with credentials for a nonce where there is one. What is in them is for a registrar to verify. */
export function registerOf(cseq: number, expires: number, nonce: number): SipRequest {
  const credentials: readonly Header[] = nonce < 0 ? [] : [['Authorization', credentialsFor(nonce)]];
  return {
    method: 'REGISTER',
    uri: 'sip:example.com',
    headers: [
      ['Via', VIA],
      ['Max-Forwards', '70'],
      ['From', '<sip:phone@example.com>;tag=fleet'],
      ['To', '<sip:phone@example.com>'],
      ['Call-ID', 'fleet@198.51.100.7'],
      ['CSeq', `${cseq} REGISTER`],
      ['Contact', CONTACT],
      ['Expires', String(expires)],
      ...credentials,
      ['Content-Length', '0'],
    ],
    body: '',
  };
}

/** The nonce of a challenge that was made in this second. */
export function nonceText(nonce: number): string {
  return `fleet-${nonce}`;
}

/** What `nonceText` wrote; -1 when it did not write this. */
export function nonceIn(text: string): number {
  const [, digits] = /^fleet-(\d+)$/.exec(text) ?? [];
  return digits === undefined ? -1 : Number(digits);
}

function credentialsFor(nonce: number): string {
  const answer = '0123456789abcdef0123456789abcdef';
  return `Digest username="${USERNAME}", realm="${REALM}", nonce="${nonceText(nonce)}", uri="sip:example.com", response="${answer}", algorithm=MD5`;
}

/** @param control what stands behind the branch of our Via; '' where the registrar takes no part in overload control. */
export function acceptanceOf(expires: number, control: string): Reply {
  const response = responseOf(200, 'OK', control, [['Contact', `${CONTACT};expires=${expires}`]]);
  return { response, kind: 'accepted', nonce: -1, seconds: expires, controls: control !== '' };
}

export function challengeOf(nonce: number, stale: boolean, control: string): Reply {
  const challenge = `Digest realm="${REALM}", nonce="${nonceText(nonce)}", algorithm=MD5${stale ? ', stale=true' : ''}`;
  const response = responseOf(401, 'Unauthorized', control, [['WWW-Authenticate', challenge]]);
  return { response, kind: 'challenged', nonce, seconds: 0, controls: control !== '' };
}

export function unavailabilityOf(retryAfter: number | undefined, control: string): Reply {
  const rows: readonly Header[] = retryAfter === undefined ? [] : [['Retry-After', String(retryAfter)]];
  const response = responseOf(503, 'Service Unavailable', control, rows);
  return { response, kind: 'refused', nonce: -1, seconds: 0, controls: control !== '' };
}

function responseOf(status: number, reason: string, control: string, rows: readonly Header[]): SipResponse {
  return {
    status,
    reason,
    headers: [
      ['Via', VIA + control],
      ['From', '<sip:phone@example.com>;tag=fleet'],
      ['To', '<sip:phone@example.com>;tag=registrar'],
      ['Call-ID', 'fleet@198.51.100.7'],
      ['CSeq', '1 REGISTER'],
      ...rows,
      ['Content-Length', '0'],
    ],
    body: '',
  };
}
