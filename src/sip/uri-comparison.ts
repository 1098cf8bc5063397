// Whether two SIP URIs are the same (RFC 3261 §19.1.4).

import type { SipUri } from './uri.js';

/** Compares two SIP or two SIPS URIs. "A SIP and SIPS URI are never equivalent" is for the caller to see to. */
export function sameSipUri(left: SipUri, right: SipUri): boolean {
  return (
    left.host.toLowerCase() === right.host.toLowerCase() &&
    left.port === right.port &&
    decoded(left.user) === decoded(right.user) &&
    decoded(left.password) === decoded(right.password) &&
    sameParams(left, right) &&
    sortedHeaders(left) === sortedHeaders(right)
  );
}

/** "never matches" when in one only: user, ttl, method, maddr; transport by "omitting any component with a default value". */
const NEVER_IGNORED = ['user', 'ttl', 'method', 'maddr', 'transport'];

function sameParams(left: SipUri, right: SipUri): boolean {
  const ours = paramMap(left);
  const theirs = paramMap(right);
  for (const name of NEVER_IGNORED) if (ours.has(name) !== theirs.has(name)) return false;
  for (const [name, value] of ours) if (theirs.has(name) && theirs.get(name) !== value) return false;
  return true;
}

function paramMap(uri: SipUri): ReadonlyMap<string, string> {
  return new Map(uri.params.map(([name, value]) => [lower(name), lower(value ?? '')]));
}

/** "URI header components are never ignored"; their order says nothing. */
function sortedHeaders(uri: SipUri): string {
  return (uri.headers ?? '').split('&').map(lower).sort().join('&');
}

function lower(text: string): string {
  return decode(text).toLowerCase();
}

function decoded(text: string | undefined): string | undefined {
  return text === undefined ? undefined : decode(text);
}

/** Reserved characters keep their escapes, all others mean the same with and without (§19.1.4). */
function decode(text: string): string {
  return text.replace(/%([0-9a-f]{2})/gi, (escape, hex: string) => {
    const character = String.fromCharCode(Number.parseInt(hex, 16));
    return /[;/?:@&=+$,%]/.test(character) || character > '~' ? escape.toUpperCase() : character;
  });
}
