// From a tel URI to a SIP URI (RFC 3261 §19.1.6, RFC 3966).

import { escapeUser } from './user-escape.js';

/**
 * The SIP URI for a tel URI at this domain: the whole telephone-subscriber with its parameters becomes the user part,
 * in lower case, and `;user=phone` says so. Undefined when the argument is no tel URI.
 */
export function telToSip(telUri: string, domain: string): string | undefined {
  const match = /^tel:([^;]+)([^]*)$/i.exec(telUri.trim());
  if (match === null) return undefined;
  const [, number = '', tail = ''] = match;
  const params = tail
    .split(';')
    .map((param) => param.trim().toLowerCase())
    .filter((param) => param !== '')
    .sort(byParameterName);
  return `sip:${escapeUser([number.trim().toLowerCase(), ...params].join(';'))}@${domain};user=phone`;
}

/** "lexically by parameter name, excepting isdn-subaddress and post-dial, which occur first and in that order". */
function byParameterName(a: string, b: string): number {
  const left = sortKey(a);
  const right = sortKey(b);
  return left < right ? -1 : left > right ? 1 : 0;
}

function sortKey(param: string): string {
  const name = param.replace(/=[^]*$/, '');
  const first = ['isub', 'postd'].indexOf(name);
  return first < 0 ? `2${name}` : `${first}${name}`;
}
