// Contact (RFC 3261 §20.10, §10.2): lists of addresses with q and expires.

import { angleBracketsOf, uriOf } from './address.js';
import { readDeltaSeconds } from './delta-seconds.js';
import { paramBehind } from './param-behind.js';
import { paramOf, readParams, writeParams, type Param } from './params.js';
import { readQValue } from './q-value.js';
import { quote, unquote } from './quoted-string.js';
import { splitOutside } from './split-outside.js';
import { readTokenList } from './token-list.js';

/** One address of a Contact header field. */
export interface Contact {
  /** `*` for the star that stands for all bindings (§10.2.2). */
  readonly uri: string;
  /** The display name without quotes and escapes. */
  readonly display?: string;
  /** From 0 to 1; absent also when malformed. */
  readonly q?: number;
  /** Seconds; 3600 when malformed (§10.2); absent when there is no such parameter. */
  readonly expires?: number;
  /** All parameters of the header field as written, q and expires among them. */
  readonly params: readonly Param[];
}

/** The addresses of all rows, in order. */
export function readContacts(values: readonly string[]): readonly Contact[] {
  return readTokenList(values).map(readContact);
}

/** What `expires` says of each address, in order; `undefined` where there is no such parameter. */
export function readContactExpires(values: readonly string[]): readonly (number | undefined)[] {
  return readTokenList(values).map((text) => secondsOf(paramBehind(text, 'expires')));
}

/** Writes an address with its parameters in their order. `q` and `expires` are written as they stand in `params`. */
export function writeContact(contact: Contact): string {
  if (contact.uri === '*') return '*';
  const display = contact.display === undefined ? '' : `${quote(contact.display)} `;
  return `${display}<${contact.uri}>${writeParams(contact.params)}`;
}

/**
 * A Contact value, which may be a list, with every `;expires=` that is not 0 set to so many seconds. All else stays as
 * it was: a 0 removes a binding, and a contact without expires follows the Expires header field (§10.2.1.1).
 */
export function withContactExpires(value: string, seconds: number): string {
  return splitOutside(value, ',')
    .map((contact) => {
      const [address = '', ...params] = splitOutside(contact, ';');
      return [address, ...params.map((param) => withExpires(param, seconds))].join(';');
    })
    .join(',');
}

function readContact(text: string): Contact {
  const params = paramsOf(text);
  const display = displayOf(text);
  const q = readQValue(paramOf(params, 'q') ?? '');
  const expires = secondsOf(paramOf(params, 'expires'));
  const contact: ContactInTheMaking = { uri: uriOf(text), params };
  if (display !== '') contact.display = display;
  if (q !== undefined) contact.q = q;
  if (expires !== undefined) contact.expires = expires;
  return contact;
}

type ContactInTheMaking = { -readonly [K in keyof Contact]: Contact[K] };

function displayOf(text: string): string {
  return unquote(text.slice(0, angleBracketsOf(text)?.open ?? 0));
}

function paramsOf(text: string): readonly Param[] {
  return readParams(splitOutside(text, ';').slice(1));
}

/** "Malformed values SHOULD be treated as equivalent to 3600", those larger than 2**32-1 as that (RFC 3261 §10.2). */
function secondsOf(written: string | undefined): number | undefined {
  return written === undefined ? undefined : Math.min(readDeltaSeconds(written) ?? 3600, 4_294_967_295);
}

function withExpires(param: string, seconds: number): string {
  const match = /^(\s*expires\s*=\s*)(\S.*)$/is.exec(param);
  if (match === null) return param;
  const [, before = '', value = ''] = match;
  if (readDeltaSeconds(unquote(value)) === 0) return param;
  return before + String(seconds) + value.slice(value.trimEnd().length);
}
