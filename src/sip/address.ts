// From, To and their like: name-addr or addr-spec with parameters (RFC 3261 §20.10, §20.20, §20.39). What is not
// changed stays as it was, octet for octet.

import { endOfQuoted } from './enclosure.js';
import { paramBehind } from './param-behind.js';
import { splitOutside } from './split-outside.js';

/** The tag of a From or To value, or undefined. */
export function tagOf(headerValue: string): string | undefined {
  return paramBehind(headerValue, 'tag');
}

/** The value without its tag parameter. */
export function withoutTag(headerValue: string): string {
  const [address = '', ...params] = splitOutside(headerValue, ';');
  return [address, ...params.filter((param) => !isTag(param))].join(';');
}

/** The value with this tag in place of the one it has, else with the tag as its last parameter. */
export function withTag(headerValue: string, tag: string): string {
  const [address = '', ...params] = splitOutside(headerValue, ';');
  const at = params.findIndex(isTag);
  if (at < 0) return `${headerValue.trimEnd()};tag=${tag}`;
  return [address, ...params.slice(0, at), `tag=${tag}`, ...params.slice(at + 1).filter((param) => !isTag(param))].join(
    ';',
  );
}

/** The URI: what is between the angle brackets, else everything before the first semicolon (§20.10). */
export function uriOf(nameAddr: string): string {
  const brackets = angleBracketsOf(nameAddr);
  if (brackets !== undefined) return nameAddr.slice(brackets.open + 1, brackets.close).trim();
  const [addrSpec = ''] = splitOutside(nameAddr, ';');
  return addrSpec.trim();
}

/** The value with another URI. An addr-spec gets angle brackets where the URI needs them (§20). */
export function withUri(headerValue: string, uri: string): string {
  const brackets = angleBracketsOf(headerValue);
  if (brackets !== undefined) return headerValue.slice(0, brackets.open + 1) + uri + headerValue.slice(brackets.close);
  const params = splitOutside(headerValue, ';').slice(1);
  return [/[,;?]/.test(uri) ? `<${uri}>` : uri, ...params].join(';');
}

/** Where the angle brackets stand that are not inside a quoted display name; undefined for an addr-spec. */
export function angleBracketsOf(value: string): { readonly open: number; readonly close: number } | undefined {
  const quoted = value.indexOf('"');
  const first = value.indexOf('<');
  // A quoted display name is passed over, so that a bracket in it opens nothing.
  const from = quoted >= 0 && quoted < first ? endOfQuoted(value, quoted) + 1 : 0;
  const open = value.indexOf('<', from);
  const close = value.indexOf('>', open);
  return open < 0 || close < 0 ? undefined : { open, close };
}

function isTag(param: string): boolean {
  return /^\s*tag\s*(?:=|$)/i.test(param);
}
