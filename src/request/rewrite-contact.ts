// Contact without the parameters of an extension: outbound (RFC 5626 §4.2.1), push notification (RFC 8599 §4.1).
import { angleBracketsOf } from '../sip/address.js';
import { allHeaders, replaceHeaders } from '../sip/header-list.js';
import type { Header } from '../sip/message.js';
import { splitOutside } from '../sip/split-outside.js';
import { parseUri, writeUri } from '../sip/uri.js';

/** The rows with those parameters left out of every Contact, inside its URI and behind it. */
export function withoutContactParams(
  headers: readonly Header[],
  isDropped: (name: string) => boolean,
): readonly Header[] {
  const rows = allHeaders(headers, 'Contact');
  const stripped = rows.map((row) =>
    splitOutside(row, ',')
      .map((contact) => withoutParams(contact, isDropped))
      .join(','),
  );
  return stripped.every((row, index) => row === rows[index]) ? headers : replaceHeaders(headers, 'Contact', stripped);
}

/** What `reg-id` asks for. `+sip.instance` stays: it also means something without outbound (RFC 5627 §4.1). */
export function isOutboundParam(name: string): boolean {
  return name === 'reg-id' || name === 'ob';
}

/** `pn-provider`, `pn-prid`, `pn-param` and what else the extension defines. */
export function isPushParam(name: string): boolean {
  return name.startsWith('pn-');
}

function withoutParams(contact: string, isDropped: (name: string) => boolean): string {
  const [address = '', ...params] = splitOutside(contact, ';');
  const kept = params.filter((param) => !isDropped(nameOf(param)));
  return [withoutUriParams(address, isDropped), ...kept].join(';');
}

function withoutUriParams(address: string, isDropped: (name: string) => boolean): string {
  const brackets = angleBracketsOf(address);
  if (brackets === undefined) return address;
  const uri = parseUri(address.slice(brackets.open + 1, brackets.close));
  const params = uri?.params.filter(([name]) => !isDropped(name.toLowerCase()));
  if (uri === undefined || params === undefined || params.length === uri.params.length) return address;
  return address.slice(0, brackets.open + 1) + writeUri({ ...uri, params }) + address.slice(brackets.close);
}

function nameOf(param: string): string {
  return param
    .replace(/=[^]*$/, '')
    .trim()
    .toLowerCase();
}
