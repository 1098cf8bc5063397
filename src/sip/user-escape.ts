// The user part of a SIP URI: which characters it may hold, and how the others are escaped (RFC 3261 §19.1.2, §25.1).

import { octetsOf } from './octets.js';

/** Escapes what the user rule does not hold (§19.1.2, §25.1); escapes that are there stay. */
export function escapeUser(user: string): string {
  return user.replace(/%(?![0-9a-f]{2})|[^A-Za-z0-9\-_.!~*'()&=+$,;?/%]/giu, (character) => escapeCharacter(character));
}

function escapeCharacter(character: string): string {
  return [...octetsOf(character)].map((octet) => `%${octet.toString(16).toUpperCase().padStart(2, '0')}`).join('');
}
