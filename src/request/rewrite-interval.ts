// Longer intervals: Expires for 423 (RFC 3261 §10.2.8), Session-Expires and Min-SE for 422 (RFC 4028 §7.4).
import type { ActionOf } from '../policy/action.js';
import { readContacts, withContactExpires } from '../sip/contact.js';
import { readDeltaSeconds } from '../sip/delta-seconds.js';
import { allHeaders, firstHeader, replaceHeaders, setHeader } from '../sip/header-list.js';
import type { Header, SipRequest } from '../sip/message.js';
import { readMinSe, readSessionExpires } from '../sip/session-interval.js';
import { splitOutside } from '../sip/split-outside.js';

/** Raises what is below the minimum; nothing is ever lowered. */
export function raiseInterval(request: SipRequest, action: ActionOf<'raiseInterval'>): SipRequest {
  const { header, seconds, minSe = seconds } = action;
  const headers =
    header === 'Expires'
      ? raiseExpires(raiseContacts(request.headers, seconds), seconds)
      : raiseSessionExpires(raiseMinSe(request.headers, minSe), Math.max(seconds, minSe));
  return { ...request, headers };
}

/** An Expires of 0 removes, and stays. Where a contact, or the whole request, names no interval, one is added. */
function raiseExpires(headers: readonly Header[], seconds: number): readonly Header[] {
  const sent = firstHeader(headers, 'Expires');
  if (sent === undefined) {
    const contacts = readContacts(allHeaders(headers, 'Contact'));
    const isAsked = contacts.length === 0 || contacts.some(({ expires }) => expires === undefined);
    return isAsked ? setHeader(headers, 'Expires', String(seconds)) : headers;
  }
  const asked = readDeltaSeconds(sent);
  return asked === 0 || (asked !== undefined && asked >= seconds)
    ? headers
    : setHeader(headers, 'Expires', String(seconds));
}

// RFC 3261 §10.2.8: "making the expiration interval of all contact addresses in the REGISTER request equal to or
// greater than the expiration interval within the Min-Expires header field".
function raiseContacts(headers: readonly Header[], seconds: number): readonly Header[] {
  const rows = allHeaders(headers, 'Contact');
  const raised = rows.map((row) =>
    splitOutside(row, ',')
      .map((contact) => raiseContact(contact, seconds))
      .join(','),
  );
  return raised.every((row, index) => row === rows[index]) ? headers : replaceHeaders(headers, 'Contact', raised);
}

/** A contact with an expires of 0 is removed, and `withContactExpires` leaves it so. */
function raiseContact(contact: string, seconds: number): string {
  const [asked = seconds] = readContacts([contact]).map(({ expires }) => expires);
  return asked < seconds ? withContactExpires(contact, seconds) : contact;
}

function raiseMinSe(headers: readonly Header[], minSe: number): readonly Header[] {
  const sent = readMinSe(allHeaders(headers, 'Min-SE')) ?? 0;
  return sent >= minSe ? headers : setHeader(headers, 'Min-SE', String(minSe));
}

/** Where a session interval is asked for, it must not be below Min-SE (RFC 4028 §7.1); who asks for none still does not. */
function raiseSessionExpires(headers: readonly Header[], seconds: number): readonly Header[] {
  const sent = firstHeader(headers, 'Session-Expires');
  if (sent === undefined || (readSessionExpires([sent])?.seconds ?? 0) >= seconds) return headers;
  return setHeader(headers, 'Session-Expires', sent.replace(/^[^;]*/, String(seconds)));
}
