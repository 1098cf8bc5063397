// The number that a Request-URI dials.
import { telToSip } from '../sip/tel-uri.js';
import { parseUri } from '../sip/uri.js';

/** The number of a tel URI, or in the user part of a SIP URI, parameters left out (RFC 3261 §19.1.1, §19.1.6). */
export function dialledOf(uri: string): string | undefined {
  // A SIP URI without a user part is nobody's number, and most REGISTERs go to one.
  if (uri.startsWith('sip:') && !uri.includes('@')) return undefined;
  const number = /^(?:tel:([^;?]+)|sips?:([^;:@?]+)(?:[;:][^@]*)?@)/i.exec(uri);
  const digits = number?.[1] ?? number?.[2] ?? '';
  return NUMBER.test(digits) ? digits : undefined;
}

/** A tel URI as a SIP URI of the domain that the From URI names; a From that is no SIP URI names none (RFC 3261 §19.1.6). */
export function sipUriOf(telUri: string, from: string): string | undefined {
  const parsed = parseUri(from);
  return parsed?.scheme === 'sip' || parsed?.scheme === 'sips' ? telToSip(telUri, parsed.host) : undefined;
}

/** Digits with their separators, `+` first, DTMF letters; a SIP URI writes `#` as `%23` (RFC 3966 §3). */
const NUMBER = /^(?=.*[0-9*#])\+?(?:[0-9*#a-d().-]|%23)+$/i;
