// Whether a request carries the right digest credentials, as SIPp's <verifyauth> asks.
import { digestResponse } from '../../digest/digest.js';
import { nobleHashes } from '../../digest/hash.js';
import { Secret } from '../../digest/secret.js';
import { readAlgorithm } from '../../sip/digest-algorithm.js';
import { readChallengeRow } from '../../sip/challenge-row.js';
import { allHeaders } from '../../sip/header-list.js';
import type { Received } from './received.js';

/** Verifies the first credentials of the request, for a server or a proxy (RFC 7616 §3.4.1). */
export function verifies(message: Received | undefined, username: string, password: string): boolean {
  if (message?.method === undefined) return false;
  const rows = ['Authorization', 'Proxy-Authorization'].flatMap((name) => allHeaders(message.headers, name));
  const given = rows.flatMap((row) => readChallengeRow(row))[0]?.params;
  const algorithm = readAlgorithm(given?.get('algorithm'));
  const qop = given?.get('qop');
  if (given === undefined || algorithm === undefined || given.get('username') !== username) return false;
  if (qop !== undefined && qop !== 'auth' && qop !== 'auth-int') return false;
  const expected = digestResponse({
    hash: nobleHashes,
    algorithm,
    nonce: given.get('nonce') ?? '',
    ...(qop === undefined ? {} : { qop, nc: given.get('nc') }),
    cnonce: given.get('cnonce'),
    method: message.method,
    uri: given.get('uri') ?? '',
    body: message.body,
    username,
    realm: given.get('realm') ?? '',
    password: new Secret(password),
  });
  return given.get('response') === expected;
}
