// SIP and SIPS URIs (RFC 3261 §19.1): taking them apart and putting them together.

import { readParams, writeParams, type Param } from './params.js';
import { sameSipUri } from './uri-comparison.js';
import { escapeUser } from './user-escape.js';

/** A URI. Of schemes other than sip and sips, everything behind the colon is in `host`. */
export interface SipUri {
  /** In lower case. */
  readonly scheme: string;
  /** As written: escapes and user parameters (`alice;day=tuesday`) are kept. */
  readonly user?: string;
  readonly password?: string;
  /** As written; an IPv6 reference with its brackets. */
  readonly host: string;
  readonly port?: number;
  readonly params: readonly Param[];
  /** What follows the question mark. */
  readonly headers?: string;
}

/** Reads a URI; undefined when it has no scheme or, as a SIP URI, no valid host or port. */
export function parseUri(text: string): SipUri | undefined {
  const trimmed = text.trim();
  const colon = trimmed.indexOf(':');
  const scheme = trimmed.slice(0, Math.max(0, colon)).toLowerCase();
  if (!/^[a-z][a-z0-9+.-]*$/.test(scheme)) return undefined;
  const rest = trimmed.slice(colon + 1);
  return isSipScheme(scheme) ? parseSipUri(scheme, rest) : { scheme, host: rest, params: [] };
}

/** Writes a URI; the inverse of `parseUri`. */
export function writeUri(uri: SipUri): string {
  const password = uri.password === undefined ? '' : `:${uri.password}`;
  const user = uri.user === undefined ? '' : `${uri.user}${password}@`;
  const port = uri.port === undefined ? '' : `:${uri.port}`;
  const headers = uri.headers === undefined ? '' : `?${uri.headers}`;
  return `${uri.scheme}:${user}${uri.host}${port}${writeParams(uri.params)}${headers}`;
}

/**
 * Whether two URIs are the same: SIP and SIPS URIs by the rules of §19.1.4, those of other schemes letter for letter
 * behind the scheme.
 */
export function sameUri(a: string, b: string): boolean {
  return uriTest(a)(b);
}

/** A test for URIs that are the same as this one; it is read once for all of them. */
export function uriTest(uri: string): (other: string) => boolean {
  const wanted = parseUri(uri);
  return (other) => {
    const found = parseUri(other);
    if (wanted === undefined || found === undefined) return uri.trim() === other.trim();
    if (wanted.scheme !== found.scheme) return false;
    return isSipScheme(wanted.scheme) ? sameSipUri(wanted, found) : wanted.host === found.host;
  };
}

/** Whether a URI asks for TLS on every hop (§26.2.2). */
export function isSips(uri: string): boolean {
  return /^sips:/i.test(uri);
}

/** The user part of a SIP URI as written, or undefined. */
export function userPart(uri: string): string | undefined {
  return parseUri(uri)?.user;
}

/** The SIP URI with another user part; nothing else changes. Characters that a user part may not hold are escaped. */
export function withUser(uri: string, user: string): string {
  const colon = uri.indexOf(':');
  const scheme = uri.slice(0, Math.max(0, colon)).trim().toLowerCase();
  if (!isSipScheme(scheme)) return uri;
  const rest = uri.slice(colon + 1);
  const at = rest.indexOf('@');
  const userinfo = rest.slice(0, Math.max(0, at));
  const password = userinfo.includes(':') ? userinfo.slice(userinfo.indexOf(':')) : '';
  return `${uri.slice(0, colon + 1)}${escapeUser(user)}${password}@${rest.slice(at + 1)}`;
}

function isSipScheme(scheme: string): boolean {
  return scheme === 'sip' || scheme === 'sips';
}

function parseSipUri(scheme: string, rest: string): SipUri | undefined {
  // Neither params nor headers may hold an unescaped "@", so the first one ends the userinfo.
  const at = rest.indexOf('@');
  const userinfo = at < 0 ? undefined : rest.slice(0, at);
  const behind = rest.slice(at + 1);
  const question = behind.indexOf('?');
  const address = question < 0 ? behind : behind.slice(0, question);
  const semicolon = address.indexOf(';');
  const match = HOST_PORT.exec(semicolon < 0 ? address : address.slice(0, semicolon));
  if (match === null || userinfo === '') return undefined;
  const [, host = '', port] = match;
  const params = semicolon < 0 ? [] : readParams(address.slice(semicolon + 1).split(';'));
  const uri: UriInTheMaking = { scheme, host, params };
  if (userinfo !== undefined) addUserinfo(uri, userinfo);
  if (port !== undefined) uri.port = Number(port);
  if (question >= 0) uri.headers = behind.slice(question + 1);
  return uri;
}

/** Filled in step by step: conditional spreads would take several times as long. */
type UriInTheMaking = { -readonly [K in keyof SipUri]: SipUri[K] };

const HOST_PORT = /^(\[[0-9a-f:.]+\]|[^\s:[\]<>"]+)(?::(\d{1,5}))?$/i;

function addUserinfo(uri: UriInTheMaking, userinfo: string): void {
  const colon = userinfo.indexOf(':');
  uri.user = colon < 0 ? userinfo : userinfo.slice(0, colon);
  if (colon >= 0) uri.password = userinfo.slice(colon + 1);
}
