// A server's look at credentials: the digest computed anew, with Node's own hashes.
import { createHash } from 'node:crypto';
import { firstHeader } from '../../../src/sip/header-list.js';
import type { SipRequest } from '../../../src/sip/message.js';

/** What a header field with credentials holds, and whether its response is right for the password (RFC 7616 §3.4). */
export function authorizationOf(request: SipRequest | undefined, name: string, password: string) {
  const value = request === undefined ? undefined : firstHeader(request.headers, name);
  if (request === undefined || value === undefined) return undefined;
  const params = Object.fromEntries(
    [...value.matchAll(/(\w+)=(?:"([^"]*)"|([^\s,]+))/g)].map(([, key = '', quoted, plain]) => [
      key,
      quoted ?? plain ?? '',
    ]),
  );
  const hash = (text: string): string =>
    createHash(params.algorithm === 'SHA-256' ? 'sha256' : 'md5')
      .update(text)
      .digest('hex');
  const ha1 = hash(`${params.username}:${params.realm}:${password}`);
  const ha2 = hash(`${request.method}:${params.uri}`);
  const expected = hash([ha1, params.nonce, params.nc, params.cnonce, params.qop, ha2].join(':'));
  return {
    isRight: params.response === expected,
    realm: params.realm,
    nonce: params.nonce,
    algorithm: params.algorithm,
  };
}
